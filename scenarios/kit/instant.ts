import { MockSuiteError } from '../../contracts/kit/error.ts'

/** What Python's `datetime` can hold. */
const EARLIEST = Date.parse('0001-01-01T00:00:00Z')
export const LATEST = Date.parse('9999-12-31T23:59:59.999Z')

/** ISO 8601 alone: what else `Date.parse` takes means something different on every machine. */
const ISO = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/i

/** Milliseconds since 1970 of an instant as people write it, or as they count it. @throws MockSuiteError `bad-instant` */
export function instant(at: string | number): number {
  const milliseconds = typeof at === 'number' ? at : parsed(at)
  if (milliseconds >= EARLIEST && milliseconds <= LATEST) return Math.floor(milliseconds)
  throw new MockSuiteError('bad-instant', `could not read the instant ${JSON.stringify(at)}: it is not a date. Write it like 2026-01-17T09:15:30Z.`)
}

function parsed(at: string): number {
  const match = ISO.exec(at.trim())
  if (match === null) return Number.NaN
  return Date.parse(match[1] === undefined && /[T ]/i.test(match[0]) ? `${match[0]}Z` : match[0])
}
