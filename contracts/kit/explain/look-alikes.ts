/** Letters of other alphabets that print like Latin ones. */
const LATIN_OF: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...pairs('аеорсухіјѕԁһԛԝүӏ', 'aeopcyxijsdhqwyl'),
    ...pairs('АВЕКМНОРСТХІЈЅҮ', 'ABEKMHOPCTXIJSY'),
    ...pairs('οναιυρ', 'ovaiup'),
    ...pairs('ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', 'ABEZHIKMNOPTYX'),
    ...pairs('–—‐‑−', '-----'),
    ...pairs('‘’“”', `''""`),
  }),
)

function pairs(foreign: string, latin: string): Record<string, string> {
  return Object.fromEntries([...foreign].map((letter, at) => [letter, latin[at] as string]))
}

/** What nobody sees, or takes for a space. */
const HIDDEN = /(?! )[\p{Cc}\p{Cf}\p{Z}\p{DI}]/gu

/** Text as somebody meant it who typed what it looks like. */
export function meant(text: string): string {
  return [...text.normalize('NFKC').replace(HIDDEN, '')]
    .map((letter) => LATIN_OF.get(letter) ?? letter)
    .join('')
    .trim()
}

/** Text in which letters that pass for Latin ones are written by their number. A word in one foreign alphabet is left alone. */
export function unmasked(text: string): string {
  return text.replace(/[\p{L}\p{N}–—‐‑−‘’“”]+/gu, (word) => {
    const letters = [...word]
    const foreign = letters.filter((letter) => LATIN_OF.has(letter))
    const passes = foreign.length > 0 && letters.every((letter) => LATIN_OF.has(letter) || letter <= '\x7f')
    return passes ? letters.map((letter) => (LATIN_OF.has(letter) ? numbered(letter) : letter)).join('') : word
  })
}

const numbered = (letter: string): string => `\\u${(letter.codePointAt(0) as number).toString(16).padStart(4, '0')}`

const NAMES: Readonly<Record<number, string>> = {
  9: 'a tab',
  10: 'a line feed',
  13: 'a carriage return',
  160: 'a no-break space',
  173: 'a soft hyphen',
  8203: 'a zero-width space',
  8204: 'a zero-width non-joiner',
  8205: 'a zero-width joiner',
  65279: 'a byte-order mark',
}

/** What the eye misses in a text, in words: `holds a zero-width space (U+200B)`; nothing where it misses nothing. */
export function oddities(text: string): string | undefined {
  const told: string[] = []
  if (/^ /.test(text)) told.push('begins with a space')
  if (/ $/.test(text)) told.push('ends with a space')
  for (const letter of new Set(text)) {
    if (HIDDEN.test(letter)) told.push(`holds ${NAMES[letter.codePointAt(0) as number] ?? 'an invisible character'} (${point(letter)})`)
    HIDDEN.lastIndex = 0
    const latin = LATIN_OF.get(letter)
    if (latin !== undefined && unmasked(text) !== text) told.push(`has ${point(letter)} where ${latin} (${point(latin)}) looks the same`)
    if (told.length > 3) break
  }
  return told.length === 0 ? undefined : told.join(', ')
}

const point = (letter: string): string => `U+${(letter.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}`
