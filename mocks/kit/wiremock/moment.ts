/** An instant, and the zone in which it is told. */
export interface Moment {
  readonly ms: number
  /** An IANA name, or an offset such as `+01:00`. */
  readonly zone: string
}

export const momentOf = (ms: number, zone = 'UTC'): Moment => ({ ms, zone })

/** ISO 8601 with or without a zone, RFC 1123, RFC 1036 and asctime. */
export function parseMoment(text: string): Moment | undefined {
  const iso = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(Z|[+-]\d\d:?\d\d)?)?$/.exec(text.trim())
  if (iso !== null) {
    const [, day, time = '00:00', zone = 'Z'] = iso
    return valid(Date.parse(`${day}T${time.replace(/(\.\d{3})\d+$/, '$1')}${zone.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2')}`), zone === 'Z' ? 'UTC' : zone)
  }
  const [, day, month = '', year = '', time, other = ''] = /^\w+,\s+(\d{1,2})[ -](\w{3})[ -](\d{2,4}) (\d\d:\d\d:\d\d) GMT()$/.exec(text) ?? asctime(text) ?? []
  if (day === undefined) return undefined
  const full = year.length === 2 ? `20${year}` : year || other
  return valid(Date.parse(`${day} ${month} ${full} ${time} GMT`), 'UTC')
}

/** `Tue Jun 15 15:16:17 2021`, its parts in the order of the others. */
function asctime(text: string): string[] | undefined {
  const found = /^\w{3} (\w{3}) +(\d{1,2}) (\d\d:\d\d:\d\d) (\d{4})$/.exec(text)
  return found === null ? undefined : [text, found[2] as string, found[1] as string, '', found[3] as string, found[4] as string]
}

const valid = (ms: number, zone: string): Moment | undefined => (Number.isNaN(ms) ? undefined : { ms, zone })

const UNITS: Readonly<Record<string, number>> = { seconds: 1000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 }

/** Moved by `3 days` or `-24 seconds`; WireMock knows seconds, minutes, hours, days, months and years, in the plural. */
export function shifted(moment: Moment, offset: string): Moment | undefined {
  const [, amount, unit = ''] = /^([+-]?\d+)\s+(\w+)$/.exec(offset.trim()) ?? []
  const count = Number(amount)
  const length = UNITS[unit.toLowerCase()]
  if (length !== undefined) return { ...moment, ms: moment.ms + count * length }
  if (!/^(?:months|years)$/i.test(unit)) return undefined
  return { ...moment, ms: inMonths(moment.ms, unit.toLowerCase() === 'years' ? count * 12 : count) }
}

/** The same day so many months on, or the last one of a month that is shorter. */
function inMonths(ms: number, count: number): number {
  const date = new Date(ms)
  const day = date.getUTCDate()
  date.setUTCDate(1)
  date.setUTCMonth(date.getUTCMonth() + count)
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  date.setUTCDate(Math.min(day, last))
  return date.getTime()
}

/** `first day of month` and its like; as it is for what WireMock has no word for. */
export function truncated({ ms, zone }: Moment, to: string): Moment {
  const date = new Date(ms)
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()]
  const cut: Readonly<Record<string, () => number>> = {
    'first second of minute': () => Math.floor(ms / 60_000) * 60_000,
    'first minute of hour': () => Math.floor(ms / 3_600_000) * 3_600_000,
    'first hour of day': () => Date.UTC(year, month, day),
    'first day of month': () => Date.UTC(year, month, 1),
    'first day of next month': () => Date.UTC(year, month + 1, 1),
    'last day of month': () => Date.UTC(year, month + 1, 0),
    'first day of year': () => Date.UTC(year, 0, 1),
    'first day of next year': () => Date.UTC(year + 1, 0, 1),
    'last day of year': () => Date.UTC(year, 11, 31),
  }
  return { ms: cut[to.toLowerCase()]?.() ?? ms, zone }
}
