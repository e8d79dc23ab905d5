import type { Dialect } from './dialect.ts'
import { type Verdict, verdict } from './verdict.ts'

const CANONICAL = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** What pydantic takes for a `UUID`: hyphenated or not, in braces or as a URN; written back hyphenated in lower case. */
export function laxUuid(value: unknown, dialect: Dialect): string | Verdict {
  if (typeof value !== 'string') return verdict('uuid_type')
  if (CANONICAL.test(value)) return value
  const text = unwrapped(value)
  const hex = text.replaceAll('-', '')
  const wellFormed = CANONICAL.test(text.toLowerCase()) || (text === value && /^[0-9a-f]{32}$/i.test(text))
  return wellFormed ? hyphenated(hex.toLowerCase()) : verdict('uuid_parsing', { error: complaint(dialect === '2.9' ? text : value) })
}

/** Braces and URN are seen only round a text that is as long as a UUID; 2.9 then complains about that alone. */
function unwrapped(text: string): string {
  const length = Buffer.byteLength(text)
  if (length === 38 && text.startsWith('{') && text.endsWith('}')) return text.slice(1, -1)
  return length === 45 && text.startsWith(URN) ? text.slice(URN.length) : text
}

const URN = 'urn:uuid:'

/** In the words of Rust's `uuid` crate, which does the reading for pydantic. */
function complaint(text: string): string {
  const { digits, offset } = inside(text)
  const stranger = /[^0-9a-fA-F-]/u.exec(digits)
  if (stranger !== null) {
    return `invalid character: expected an optional prefix of \`urn:uuid:\` followed by [0-9a-fA-F-], found \`${stranger[0]}\` at ${stranger.index + offset + 1}`
  }
  const groups = digits.split('-')
  if (groups.length === 1 && offset === 0) return `invalid length: expected length 32 for simple format, found ${text.length}`
  if (groups.length !== 5) return `invalid group count: expected 5, found ${groups.length}`
  const at = [8, 4, 4, 4].findIndex((length, index) => groups[index]?.length !== length)
  if (at < 0) return `invalid group length in group 4: expected 12, found ${text.length - 24}`
  return `invalid group length in group ${at}: expected ${at === 0 ? 8 : 4}, found ${groups[at]?.length}`
}

function inside(text: string): { digits: string; offset: number } {
  if (text.length > 1 && text.startsWith('{') && text.endsWith('}')) return { digits: text.slice(1, -1), offset: 1 }
  return text.startsWith(URN) ? { digits: text.slice(URN.length), offset: URN.length } : { digits: text, offset: 0 }
}

const hyphenated = (hex: string): string => `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
