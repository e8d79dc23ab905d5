import { once } from '../../../contracts/kit/contract.ts'

const known = once(() => new Map<string, RegExp>())

/** A Java regular expression that must match all of a text, as JavaScript runs it. @throws SyntaxError where JavaScript has no such thing. */
export function javaRegex(source: string): RegExp {
  const cache = known()
  const found = cache.get(source)
  if (found !== undefined) return found
  const { flags, rest } = inlineFlags(source)
  const made = new RegExp(`^(?:${translated(rest)})$`, `su${flags}`)
  if (cache.size > 1000) cache.clear()
  cache.set(source, made)
  return made
}

/** `(?i)` at the beginning; a dot takes line ends in any case, since WireMock asks for that. */
function inlineFlags(source: string): { flags: string; rest: string } {
  const [whole = '', letters = ''] = /^\(\?([imsu]+)\)/.exec(source) ?? []
  return { flags: ['i', 'm'].filter((flag) => letters.includes(flag)).join(''), rest: source.slice(whole.length) }
}

const CLASSES: Readonly<Record<string, string>> = {
  Alpha: 'A-Za-z',
  Digit: '0-9',
  Alnum: 'A-Za-z0-9',
  Upper: 'A-Z',
  Lower: 'a-z',
  XDigit: '0-9A-Fa-f',
  Space: '\\s',
  Punct: '!-\\/:-@\\[-`\\{-~',
}

function translated(source: string): string {
  let inClass = false
  return source.replace(
    /\\Q([\s\S]*?)(?:\\E|$)|\\p\{(\w+)\}|\\([\s\S])|([*+?}])\+|[[\]{}]|[\s\S]/g,
    (all, quoted, posix, escaped, possessive, offset: number) => {
      if (quoted !== undefined) return quoted.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
      if (posix !== undefined) return CLASSES[posix] === undefined ? all : inClass ? CLASSES[posix] : `[${CLASSES[posix]}]`
      if (escaped !== undefined) return unescaped(escaped, inClass)
      if (possessive !== undefined && !inClass) return possessive
      if (all === '[') {
        if (inClass) return '\\['
        inClass = true
      } else if (all === ']') inClass = false
      else if ((all === '{' || all === '}') && !inClass) return isQuantifier(source, offset, all) ? all : `\\${all}`
      return all
    },
  )
}

/** The `u` flag wants every brace that is no quantifier escaped. */
function isQuantifier(source: string, at: number, brace: string): boolean {
  return brace === '{' ? /^\{\d+(?:,\d*)?\}/.test(source.slice(at)) : /\{\d+(?:,\d*)?$/.test(source.slice(0, at))
}

/** Java lets any character that is no letter be escaped; the `u` flag does not. */
function unescaped(letter: string, inClass: boolean): string {
  if (letter === 'A') return '^'
  if (letter === 'z' || letter === 'Z') return '$'
  if (letter === 'h') return inClass ? ' \\t' : '[ \\t]'
  if (/[\w^$\\.*+?()[\]{}|/]/.test(letter) || (letter === '-' && inClass)) return `\\${letter}`
  return letter
}
