import { type Moment, parseMoment } from './moment.ts'

/** A moment as a pattern of Java's SimpleDateFormat writes it; `epoch` and `unix` are WireMock's own. */
export function formatDate(moment: Moment, pattern?: string): string {
  if (pattern === 'epoch') return String(moment.ms)
  if (pattern === 'unix') return String(Math.floor(moment.ms / 1000))
  return formatted(moment, pattern ?? "yyyy-MM-dd'T'HH:mm:ssXXX")
}

/** What a pattern reads in a text: numbers, names of months and zones. */
export function parseDate(text: string, pattern?: string): Moment | undefined {
  if (pattern === undefined) return parseMoment(text)
  if (pattern === 'epoch' || pattern === 'unix') return /^-?\d+$/.test(text) ? { ms: Number(text) * (pattern === 'unix' ? 1000 : 1), zone: 'UTC' } : undefined
  const letters: string[] = []
  const source = pattern.replaceAll(TOKEN, (token) => {
    if (token.startsWith("'")) return quoted(token).replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
    if (!/[A-Za-z]/.test(token)) return token.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
    letters.push(token)
    return /^(?:[aEGz]|MMM|LLL)/.test(token)
      ? '([A-Za-z]+)'
      : /^[XZ]/.test(token)
        ? '(Z|[+-]\\d\\d:?\\d\\d)'
        : `(\\d{${token.length > 1 ? token.length : '1,4'}})`
  })
  const found = new RegExp(`^${source}$`).exec(text)
  if (found === null) return undefined
  return assembled(Object.fromEntries(letters.map((token, at) => [token[0] as string, found[at + 1] as string])))
}

const TOKEN = /'(?:[^']|'')*'|([A-Za-z])\1*|[^A-Za-z']+/g

function assembled(part: Readonly<Record<string, string>>): Moment {
  const month = part.M ?? part.L ?? '1'
  const index = /\d/.test(month) ? Number(month) - 1 : MONTHS.findIndex((name) => name.toLowerCase().startsWith(month.toLowerCase()))
  const half = part.a?.toLowerCase() === 'pm' ? 12 : 0
  const hour = part.H ?? part.k ?? String((Number(part.h ?? part.K ?? 0) % 12) + half)
  const year = Number(part.y ?? part.u ?? 1970)
  const local = Date.UTC(
    year < 100 ? year + 2000 : year,
    index,
    Number(part.d ?? 1),
    Number(hour) % 24,
    Number(part.m ?? 0),
    Number(part.s ?? 0),
    Number(part.S ?? 0),
  )
  const zone = part.X ?? part.Z ?? 'Z'
  return zone === 'Z' ? { ms: local, zone: 'UTC' } : { ms: local - offsetMinutes(local, zone) * 60_000, zone }
}

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

function formatted({ ms, zone }: Moment, pattern: string): string {
  const offset = offsetMinutes(ms, zone)
  const local = new Date(ms + offset * 60_000)
  return pattern.replaceAll(TOKEN, (token) => (token.startsWith("'") ? quoted(token) : /^[A-Za-z]/.test(token) ? field(token, local, offset, zone) : token))
}

const quoted = (token: string): string => (token === "''" ? "'" : token.slice(1, -1).replaceAll("''", "'"))

function field(token: string, at: Date, offset: number, zone: string): string {
  const pad = (value: number) => String(value).padStart(token.length, '0')
  const hour = at.getUTCHours()
  switch (token[0]) {
    case 'G':
      return 'AD'
    case 'y':
    case 'Y':
    case 'u':
      if (token[0] === 'u') return pad(at.getUTCDay() === 0 ? 7 : at.getUTCDay())
      return token.length === 2 ? String(at.getUTCFullYear()).slice(-2) : pad(at.getUTCFullYear())
    case 'M':
    case 'L': {
      const name = MONTHS[at.getUTCMonth()] as string
      return token.length >= 4 ? name : token.length === 3 ? name.slice(0, 3) : pad(at.getUTCMonth() + 1)
    }
    case 'E': {
      const name = DAYS[at.getUTCDay()] as string
      return token.length >= 4 ? name : name.slice(0, 3)
    }
    case 'd':
      return pad(at.getUTCDate())
    case 'D':
      return pad(dayOfYear(at))
    case 'w':
      return pad(Math.ceil((dayOfYear(at) + new Date(Date.UTC(at.getUTCFullYear(), 0, 1)).getUTCDay()) / 7))
    case 'W':
    case 'F':
      return pad(Math.ceil((at.getUTCDate() + (token[0] === 'W' ? new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1)).getUTCDay() : 0)) / 7))
    case 'a':
      return hour < 12 ? 'AM' : 'PM'
    case 'H':
      return pad(hour)
    case 'k':
      return pad(hour === 0 ? 24 : hour)
    case 'K':
      return pad(hour % 12)
    case 'h':
      return pad(hour % 12 === 0 ? 12 : hour % 12)
    case 'm':
      return pad(at.getUTCMinutes())
    case 's':
      return pad(at.getUTCSeconds())
    case 'S':
      return pad(at.getUTCMilliseconds())
    case 'z':
      return zoneName(at.getTime() - offset * 60_000, zone, token.length >= 4 ? 'long' : 'short')
    case 'Z':
      return told(offset, '')
    case 'X':
      return offset === 0 ? 'Z' : token.length === 1 ? told(offset, '').slice(0, 3) : told(offset, token.length === 2 ? '' : ':')
    default:
      return token
  }
}

const dayOfYear = (at: Date): number => Math.floor((at.getTime() - Date.UTC(at.getUTCFullYear(), 0, 1)) / 86_400_000) + 1

function told(offset: number, colon: string): string {
  const minutes = Math.abs(offset)
  return `${offset < 0 ? '-' : '+'}${String(Math.floor(minutes / 60)).padStart(2, '0')}${colon}${String(minutes % 60).padStart(2, '0')}`
}

function zoneName(ms: number, zone: string, style: 'long' | 'short'): string {
  if (/^[+-]/.test(zone)) return `GMT${zone}`
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: style }).formatToParts(ms)
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? zone
}

/** How far a zone is ahead of UTC at an instant. A zone that nobody knows is UTC, as in Java. */
function offsetMinutes(ms: number, zone: string): number {
  const [, sign, hours, minutes] = /^(?:GMT)?([+-])(\d\d?):?(\d\d)$/.exec(zone) ?? []
  if (sign !== undefined) return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
  try {
    const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(ms)
    const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT'
    return name === 'GMT' ? 0 : offsetMinutes(ms, name)
  } catch {
    return 0
  }
}
