import { type Code, call, type LeafCode, list, object } from './code.ts'
import { isName } from './identifier.ts'

/** A JSON value as TypeScript, with every `bigint` to the digit. */
export function literal(value: unknown): Code {
  if (typeof value === 'bigint') return leaf(`${value}n`, value)
  if (typeof value === 'string') return leaf(quoted(value), value)
  if (Array.isArray(value)) return list(value.map(literal))
  if (typeof value === 'object' && value !== null) return object(Object.entries(value).map(([name, member]) => ({ name, value: literal(member) })))
  const text = JSON.stringify(value)
  return text === undefined ? leaf('null', null) : leaf(text.replace('e+', 'e'), value)
}

const leaf = (text: string, value: unknown): LeafCode => ({ kind: 'leaf', text, value })

/** A text in quotes, with nothing in it that would hide from whoever reads the code. */
export function quoted(text: string): string {
  const inner = visible(text.replaceAll('\\', '\\\\'))
  const quote = count(text, "'") > count(text, '"') ? '"' : "'"
  return quote + inner.replaceAll(quote, `\\${quote}`) + quote
}

/** A member's name as an object of TypeScript has it. `__proto__: …` would be the prototype, not a member. */
export function keyOf(name: string): string {
  if (name === '__proto__') return "['__proto__']"
  if (/^(?:0|[1-9]\d{0,14})$/.test(name)) return name
  return isName(name) ? name : quoted(name)
}

/** A pattern as a literal, or spelt out where the compiler might know better than the engine; nothing when it is none. */
export function regex(pattern: string): Code | undefined {
  const flags = /\\[pP]\{|\\u\{/.test(pattern) && compiled(pattern, 'u') !== undefined ? 'u' : ''
  const made = compiled(pattern, flags)
  if (made === undefined) return undefined
  const plain = visible(made.source) === made.source && !SPELT_OUT.test(made.source)
  if (plain) return leaf(`/${made.source}/${flags}`, made)
  return call('RegExp', ...[pattern, flags].filter((text, at) => at === 0 || text !== '').map(literal))
}

/** Escapes, groups and braces of which the compiler may think otherwise than the engine. A backslash that is escaped itself escapes nothing. */
const SPELT_OUT = /(?<!\\)(?:\\\\)*(?:\\(?:[0-9kcqpP]|x(?![\da-f]{2})|u(?![\da-f]{4}))|\{\D)|\(\?[^:=!]/i

/** Words for a comment: on one line, and unable to end it. */
export function spoken(text: string): string {
  return visible(text.replace(/\s+/g, ' ').trim()).replaceAll('*/', '*\\/')
}

/** Control characters, line separators, marks that turn the direction of reading, and halves of pairs are spelt out. */
function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu, (character) => NAMED[character] ?? escaped(character.codePointAt(0) ?? 0))
}

const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function escaped(point: number): string {
  const hex = point.toString(16)
  return hex.length <= 4 ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`
}

const count = (text: string, what: string): number => text.split(what).length - 1

function compiled(pattern: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(pattern, flags)
  } catch {
    return undefined
  }
}
