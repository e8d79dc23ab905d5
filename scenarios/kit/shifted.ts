const DATE_TIME = /^(\d{4}-\d\d-\d\d)([T ])(\d\d:\d\d)(:\d\d)?(?:([.,])(\d{1,9}))?(Z|[+-]\d\d(?::?\d\d)?)?$/i

const EARLIEST = Date.parse('0001-01-01T00:00:00Z')
const LATEST = Date.parse('9999-12-31T23:59:59Z')

/**
 * A date-time of ISO 8601 moved by so many milliseconds and written as it was: with or without a zone, with as many digits of a second. Any other text
 * stays as it is, and so does an instant that would leave the years that Python knows.
 *
 * @example
 * import { shifted } from './shifted.ts'
 *
 * shifted('2026-01-17T09:15:30.123456', -300_000) // '2026-01-17T09:10:30.123456'
 */
export function shifted(text: string, by: number): string {
  const [, date, between, minutes, seconds = '', point = '', fraction = '', zone = ''] = DATE_TIME.exec(text) ?? []
  if (date === undefined || minutes === undefined) return text
  const wall = Date.parse(`${date}T${minutes}${seconds || ':00'}Z`)
  // `Date.parse` rolls the 30th of February over to March: no date of a calendar.
  if (Number.isNaN(wall) || new Date(wall).toISOString().slice(0, 10) !== date) return text
  const nanos = Number(fraction.padEnd(9, '0')) + (by % 1000) * 1e6
  const at = wall + Math.trunc(by / 1000) * 1000 + Math.floor(nanos / 1e9) * 1000
  if (at < EARLIEST || at > LATEST) return text
  const moved = new Date(at).toISOString()
  const left = String(((nanos % 1e9) + 1e9) % 1e9).padStart(9, '0')
  return moved.slice(0, 10) + between + moved.slice(11, seconds === '' ? 16 : 19) + point + left.slice(0, fraction.length) + zone
}
