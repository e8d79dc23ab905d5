import { type Verdict, verdict } from './verdict.ts'

const CANONICAL = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const GROUPS = [8, 4, 4, 4, 12] as const

/** What pydantic takes for a `UUID`: hyphenated or not, in braces or as a URN; written back hyphenated in lower case. */
export function laxUuid(value: unknown): string | Verdict {
  if (typeof value !== 'string') return verdict('uuid_type')
  if (CANONICAL.test(value)) return value
  const { digits, wrapped } = unwrapped(value)
  const error = complaint(value, digits, wrapped)
  return error === undefined ? hyphenated(digits.replaceAll('-', '').toLowerCase()) : verdict('uuid_parsing', { error })
}

function unwrapped(text: string): { digits: string; wrapped: boolean } {
  if (text.startsWith('{') && text.endsWith('}')) return { digits: text.slice(1, -1), wrapped: true }
  if (text.startsWith('urn:uuid:')) return { digits: text.slice(9), wrapped: true }
  return { digits: text, wrapped: false }
}

/** In the words of Rust's `uuid` crate, which does the reading for pydantic. */
function complaint(text: string, digits: string, wrapped: boolean): string | undefined {
  const stranger = /[^0-9a-fA-F-]/u.exec(digits)
  if (stranger !== null) return strange(stranger[0], text.indexOf(stranger[0], text.length > digits.length ? text.indexOf(digits) : 0))
  const groups = digits.split('-')
  if (groups.length === 1 && !wrapped) return digits.length === 32 ? undefined : `invalid length: expected length 32 for simple format, found ${digits.length}`
  if (groups.length !== 5) return `invalid group count: expected 5, found ${groups.length}`
  const at = GROUPS.findIndex((length, index) => groups[index]?.length !== length)
  return at < 0 ? undefined : `invalid group length in group ${at}: expected ${GROUPS[at]}, found ${groups[at]?.length}`
}

const strange = (character: string, at: number): string =>
  `invalid character: expected an optional prefix of \`urn:uuid:\` followed by [0-9a-fA-F-], found \`${character}\` at ${at + 1}`

const hyphenated = (hex: string): string => `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
