/** Names that a module cannot give: the language's words, and what a contract imports. */
const WORDS: ReadonlySet<string> = new Set(
  `abstract any arguments as async await boolean break case catch class const constructor continue debugger declare default delete do else enum eval export extends false finally for from
  function get globalThis hasOwnProperty if implements import in infer instanceof interface is isPrototypeOf keyof let module never new null number object of package private propertyIsEnumerable
  protected public return satisfies set static string super switch symbol this throw toLocaleString toString true try type typeof undefined unique unknown using valueOf var void while with yield
  NaN Infinity Object RegExp z py once get post put patch del defineContract fastapi problemJson wiremock apiKey bearerToken anyOf allOf lenient`.split(/\s+/),
)

/** A name in camel case, whatever the text: `create_alert` gives `createAlert`, `2fa` gives `_2fa`. */
export function identifier(text: string, otherwise: string): string {
  const words = text
    .normalize('NFKC')
    .split(UNKNOWN)
    .filter((part) => part !== '')
  const [first = '', ...rest] = words
  const name = lowered(first) + rest.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('')
  if (name === '') return otherwise
  return isName(name) ? name : `_${name}`
}

/** Gives each name once, and none that is reserved: the second `order` is `order2`. */
export function namer(reserved: ReadonlySet<string> = WORDS): (wanted: string) => string {
  const given = new Set<string>()
  return (wanted) => {
    const base = reserved.has(wanted) ? `${wanted}_` : wanted
    let name = base
    for (let number = 2; given.has(name); number += 1) name = `${base}${number}`
    given.add(name)
    return name
  }
}

/** `ORDERS_SERVICE`: how the environment names things. */
export function constantCase(text: string): string {
  const words = text
    .normalize('NFKD')
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .split(/[^a-zA-Z\d]+/)
    .filter((word) => word !== '')
  return words.join('_').toUpperCase()
}

/** `HTTPValidationError` begins in lower case like `httpValidationError`, `ID` like `id`. */
function lowered(word: string): string {
  return word.replace(/^\p{Lu}+(?=\p{Lu}\p{Ll})|^\p{Lu}+(?!\p{Ll})|^\p{Lu}/u, (capitals) => capitals.toLowerCase())
}

/** Letters that every compiler of today knows: the newest of Unicode it may not. */
const LETTERS = 'A-Za-zÀ-ÖØ-öø-ƺΑ-ΡΣ-Ϋα-ωЀ-ҁ\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fa5\uac00-\ud7a3'
const UNKNOWN = new RegExp(`[^${LETTERS}0-9]+`, 'u')
const NAME = new RegExp(`^[${LETTERS}_$][${LETTERS}0-9_$]*$`, 'u')

/** Whether a text can stand as a name wherever it goes. */
export const isName = (text: string): boolean => NAME.test(text)
