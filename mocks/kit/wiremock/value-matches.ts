import type { Asked } from './asked.ts'
import { javaRegex } from './java-regex.ts'
import { type JsonEquality, jsonEqual } from './json-equal.ts'
import { jsonPath } from './json-path.ts'
import { momentOf, parseMoment, shifted } from './moment.ts'

/** What one value has to be, in WireMock's own words; all that is said must hold. */
export interface ValuePattern extends JsonEquality {
  equalTo?: string
  /** Of `equalTo`. */
  caseInsensitive?: boolean
  contains?: string
  doesNotContain?: string
  /** A Java regular expression that all of the value must match. */
  matches?: string
  doesNotMatch?: string
  absent?: boolean
  /** A JSON value, or a text of it. */
  equalToJson?: unknown
  matchesJsonPath?: string | ({ expression: string } & ValuePattern)
  /** In base 64. */
  binaryEqualTo?: string
  /** A date, or `now +3 days`. */
  before?: string
  after?: string
  equalToDateTime?: string
  and?: readonly ValuePattern[]
  or?: readonly ValuePattern[]
  not?: ValuePattern
}

/** Whether one value, or the lack of it, is what a pattern asks for. */
export function valueMatches(pattern: ValuePattern, value: string | undefined, request: Asked): boolean {
  const { equalTo, contains, doesNotContain, matches, doesNotMatch, equalToJson, matchesJsonPath, binaryEqualTo, and, or, not } = pattern
  if (pattern.absent !== undefined && pattern.absent !== (value === undefined)) return false
  if (equalTo !== undefined && !(value !== undefined && equal(equalTo, value, pattern.caseInsensitive))) return false
  if (contains !== undefined && !(value?.includes(contains) ?? false)) return false
  if (doesNotContain !== undefined && value?.includes(doesNotContain)) return false
  if (matches !== undefined && !(value !== undefined && javaRegex(matches).test(value))) return false
  if (doesNotMatch !== undefined && value !== undefined && javaRegex(doesNotMatch).test(value)) return false
  if (equalToJson !== undefined && !isJsonEqual(equalToJson, value, pattern)) return false
  if (matchesJsonPath !== undefined && !(value !== undefined && jsonPathMatches(matchesJsonPath, value, request))) return false
  if (binaryEqualTo !== undefined && !request.bytes.equals(Buffer.from(binaryEqualTo, 'base64'))) return false
  if (!dateMatches(pattern, value, request)) return false
  if (and !== undefined && !and.every((one) => valueMatches(one, value, request))) return false
  if (or !== undefined && !or.some((one) => valueMatches(one, value, request))) return false
  return not === undefined || !valueMatches(not, value, request)
}

function equal(expected: string, value: string, caseInsensitive = false): boolean {
  return caseInsensitive ? expected.toLowerCase() === value.toLowerCase() : expected === value
}

function isJsonEqual(expected: unknown, value: string | undefined, options: JsonEquality): boolean {
  const actual = parsed(value)
  const wanted = typeof expected === 'string' ? parsed(expected) : { value: expected }
  return actual !== undefined && wanted !== undefined && jsonEqual(wanted.value, actual.value, options)
}

/** With a pattern behind it a path's value is judged as text, each one that an open path finds. */
function jsonPathMatches(pattern: string | ({ expression: string } & ValuePattern), text: string, request: Asked): boolean {
  const document = parsed(text)
  if (document === undefined || typeof document.value !== 'object' || document.value === null) return false
  const { expression, ...inner } = typeof pattern === 'string' ? { expression: pattern } : pattern
  const found = jsonPath(document.value, expression)
  if (typeof pattern === 'string') return found !== undefined && isThere(found.value)
  const value = found?.value ?? undefined
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return inner.absent === true
  const whole = [typeof value === 'object' ? JSON.stringify(value) : String(value)]
  return [...whole, ...(Array.isArray(value) ? value.map(asText) : [])].some((one) => valueMatches(inner, one, request))
}

function isThere(value: unknown): boolean {
  if (value === null || value === undefined) return false
  return typeof value !== 'object' || Object.keys(value).length > 0
}

const asText = (value: unknown): string => (typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value))

function dateMatches({ before, after, equalToDateTime }: ValuePattern, value: string | undefined, request: Asked): boolean {
  if (before === undefined && after === undefined && equalToDateTime === undefined) return true
  const actual = value === undefined ? undefined : parseMoment(value)?.ms
  if (actual === undefined) return false
  const expected = (text: string) => instantOf(text, request.clock.now())
  if (before !== undefined && !(actual < (expected(before) ?? Number.NEGATIVE_INFINITY))) return false
  if (after !== undefined && !(actual > (expected(after) ?? Number.POSITIVE_INFINITY))) return false
  return equalToDateTime === undefined || actual === expected(equalToDateTime)
}

function instantOf(text: string, now: number): number | undefined {
  const [relative, offset] = /^now(?:\s+(.+))?$/.exec(text.trim()) ?? []
  if (relative === undefined) return parseMoment(text)?.ms
  return offset === undefined ? now : shifted(momentOf(now), offset)?.ms
}

function parsed(text: string | undefined): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text ?? '') }
  } catch {
    return undefined
  }
}
