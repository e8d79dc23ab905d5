/** A calendar date and a time of day as they were written, with no thought of zones. */
export interface Moment {
  date: string
  hour: number
  minute: number
  second: number
  microsecond: number
  /** `''` when none was named, `Z`, or `+05:30`. */
  zone: string
}

/** Why a text is no date or time, in the words of Rust's `speedate`, which does the reading for pydantic. */
export class Unreadable {
  readonly error: string

  constructor(error: string) {
    this.error = error
  }
}

/** `2026-01-17`, and nothing behind it. */
export function readDate(text: string): string | Unreadable {
  const date = dateAtStart(text)
  return date instanceof Unreadable || text.length === 10 ? date : new Unreadable('unexpected extra characters at the end of the input')
}

/** `2026-01-17T09:15`, with seconds, a fraction and a zone if there are any. */
export function readDatetime(text: string): Moment | Unreadable {
  const date = dateAtStart(text)
  if (date instanceof Unreadable) return date
  if (!/^[Tt_ ]$/.test(text.charAt(10))) return new Unreadable('invalid datetime separator, expected `T`, `t`, `_` or space')
  return withTime(date, text.slice(11))
}

const twoDigits = (text: string, at: number): number => (/^\d\d$/.test(text.slice(at, at + 2)) ? Number(text.slice(at, at + 2)) : Number.NaN)

function dateAtStart(text: string): string | Unreadable {
  if (text.length < 10) return new Unreadable('input is too short')
  if (!/^\d{4}/.test(text)) return new Unreadable('invalid character in year')
  if (text[4] !== '-') return new Unreadable('invalid date separator, expected `-`')
  const month = twoDigits(text, 5)
  if (Number.isNaN(month)) return new Unreadable('invalid character in month')
  if (text[7] !== '-') return new Unreadable('invalid date separator, expected `-`')
  const day = twoDigits(text, 8)
  if (Number.isNaN(day)) return new Unreadable('invalid character in day')
  if (month < 1 || month > 12) return new Unreadable('month value is outside expected range of 1-12')
  if (day < 1 || day > daysIn(Number(text.slice(0, 4)), month)) return new Unreadable('day value is outside expected range')
  return text.slice(0, 10)
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

function withTime(date: string, time: string): Moment | Unreadable {
  if (time.length < 5) return new Unreadable('input is too short')
  const hour = twoDigits(time, 0)
  if (Number.isNaN(hour)) return new Unreadable('invalid character in hour')
  if (time[2] !== ':') return new Unreadable('invalid time separator, expected `:`')
  const minute = twoDigits(time, 3)
  if (Number.isNaN(minute)) return new Unreadable('invalid character in minute')
  if (hour > 23) return new Unreadable('hour value is outside expected range of 0-23')
  if (minute > 59) return new Unreadable('minute value is outside expected range of 0-59')
  return withSeconds({ date, hour, minute, second: 0, microsecond: 0, zone: '' }, time.slice(5))
}

function withSeconds(moment: Moment, rest: string): Moment | Unreadable {
  if (rest[0] !== ':') return withZone(moment, rest)
  const second = twoDigits(rest, 1)
  if (Number.isNaN(second)) return new Unreadable('invalid character in second')
  if (second > 59) return new Unreadable('second value is outside expected range of 0-59')
  const fraction = /^[.,](\d*)/.exec(rest.slice(3))
  if (fraction === null) return withZone({ ...moment, second }, rest.slice(3))
  if (fraction[1] === '') return new Unreadable('second fraction digits missing after `.`')
  const microsecond = Number(fraction[1]?.slice(0, 6).padEnd(6, '0'))
  return withZone({ ...moment, second, microsecond }, rest.slice(3 + fraction[0].length))
}

function withZone(moment: Moment, rest: string): Moment | Unreadable {
  if (rest === '') return moment
  if (rest === 'Z' || rest === 'z') return { ...moment, zone: 'Z' }
  if (/^[Zz]/.test(rest)) return new Unreadable('unexpected extra characters at the end of the input')
  if (!/^[+\-\u2212]/.test(rest)) return new Unreadable('invalid timezone sign')
  return withOffset(moment, rest[0] === '+' ? '+' : '-', rest.slice(1))
}

function withOffset(moment: Moment, sign: string, offset: string): Moment | Unreadable {
  const hours = twoDigits(offset, 0)
  if (Number.isNaN(hours)) return new Unreadable('invalid timezone hour')
  const at = offset[2] === ':' ? 3 : 2
  const minutes = twoDigits(offset, at)
  if (Number.isNaN(minutes)) return new Unreadable('invalid timezone minute')
  if (minutes > 59) return new Unreadable('timezone minute value is outside expected range of 0-59')
  if (hours > 23) return new Unreadable('timezone offset must be less than 24 hours')
  if (offset.length > at + 2) return new Unreadable('unexpected extra characters at the end of the input')
  const zone = hours === 0 && minutes === 0 ? 'Z' : `${sign}${offset.slice(0, 2)}:${offset.slice(at, at + 2)}`
  return { ...moment, zone }
}
