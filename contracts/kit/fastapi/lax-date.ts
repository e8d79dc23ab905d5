import type { Dialect } from './dialect.ts'
import { type Moment, readDate, readDatetime, Unreadable } from './iso-datetime.ts'
import { type Verdict, verdict } from './verdict.ts'

/** What pydantic takes for a `datetime`: ISO text or a Unix timestamp; written back as pydantic writes one. */
export function laxDatetime(value: unknown, dialect: Dialect): string | Verdict {
  if (typeof value === 'string' && WRITTEN.test(value)) return value
  const moment = momentOf(value, dialect)
  if (moment === undefined) return verdict('datetime_type')
  if (!(moment instanceof Unreadable)) return written(moment)
  if (typeof value !== 'string' || dialect === '2.5') return verdict('datetime_parsing', { error: moment.error })
  const date = readDate(value)
  return date instanceof Unreadable ? verdict('datetime_from_date_parsing', { error: date.error }) : `${date}T00:00:00`
}

/** Most are written already as pydantic would write them; on the last days of a month it takes a closer look to tell. */
const WRITTEN = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.(?!000000)\d{6})?Z?$/

/** What pydantic takes for a `date`: ISO text, or anything that it takes for a `datetime` at midnight. */
export function laxDate(value: unknown, dialect: Dialect): string | Verdict {
  const date = typeof value === 'string' ? readDate(value) : undefined
  if (typeof date === 'string') return date
  const moment = momentOf(value, dialect)
  if (moment === undefined) return verdict('date_type')
  if (moment instanceof Unreadable) return verdict('date_from_datetime_parsing', { error: moment.error })
  return moment.hour + moment.minute + moment.second + moment.microsecond === 0 ? moment.date : verdict('date_from_datetime_inexact')
}

function momentOf(value: unknown, dialect: Dialect): Moment | Unreadable | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return ofTimestamp(Number(value), fractionOfNumber(Number(value)))
  if (typeof value !== 'string') return undefined
  if (!/^[+-]?\d+(?:\.\d*)?$/.test(value) || value.length >= 20) return readDatetime(value)
  return ofTimestamp(Number(value), fractionOfText(Number(value), dialect))
}

/** Past this many seconds pydantic takes a timestamp to be in milliseconds. */
const WATERSHED = 2e10
const YEAR_10000 = 253_402_300_800
const YEAR_1600 = -11_676_096_000

function ofTimestamp(stamp: number, microseconds: number): Moment | Unreadable {
  if (Number.isNaN(stamp)) return new Unreadable('NaN values not permitted')
  const whole = Math.floor(stamp)
  const seconds = Math.abs(whole) > WATERSHED ? whole / 1000 : whole
  if (seconds >= YEAR_10000) return new Unreadable('dates after 9999 are not supported as unix timestamps')
  if (seconds < YEAR_1600) return new Unreadable('dates before 1600 are not supported as unix timestamps')
  return ofInstant(Math.round(seconds * 1000), microseconds)
}

/** Microseconds. A fraction counts for a part of a second, even of milliseconds and before 1970: so pydantic has it. */
const fractionOfNumber = (stamp: number): number => Math.round(Math.abs(stamp % 1) * 1e6)

/** Text is read elsewhere: 2.9 does it right there, and for 2.5 no fraction counts before 1970. */
function fractionOfText(stamp: number, dialect: Dialect): number {
  if (dialect === '2.5') return Math.max(0, Math.round((stamp % 1) * 1e6))
  return Math.round((stamp - Math.floor(stamp)) * (Math.abs(stamp) > WATERSHED ? 1e3 : 1e6))
}

function ofInstant(millisecond: number, extra: number): Moment {
  const microseconds = (((millisecond % 1000) + 1000) % 1000) * 1000 + extra
  const second = Math.floor(millisecond / 1000) + Math.floor(microseconds / 1e6)
  const [date = '', time = ''] = new Date(second * 1000).toISOString().split('T')
  const [hour = 0, minute = 0, sixtieth = 0] = time.split(':').map(Number.parseFloat)
  return { date, hour, minute, second: sixtieth, microsecond: microseconds % 1e6, zone: 'Z' }
}

function written({ date, hour, minute, second, microsecond, zone }: Moment): string {
  const fraction = microsecond === 0 ? '' : `.${String(microsecond).padStart(6, '0')}`
  return `${date}T${two(hour)}:${two(minute)}:${two(second)}${fraction}${zone}`
}

const two = (number: number): string => String(number).padStart(2, '0')
