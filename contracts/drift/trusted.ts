import type { Finding } from './finding.ts'
import type { DriftReport } from './report.ts'

const DAY = 86_400_000

export interface TrustLimits {
  services: readonly string[]
  /** How old the youngest recording of a service may be, in milliseconds. */
  maxAge: number
  /** Percent of its operations that must be proven. @default 0 */
  minCoverage?: number
}

/** Whether a fake is backed by what was recorded of the real service. */
export interface TrustedService {
  service: string
  trusted: boolean
  /** Why not; nothing when it is. */
  why: readonly string[]
  /** When one of them was last recorded answering as it promises, ISO; nothing when none ever was. */
  lastRecorded: string | null
  operations: number
  /** So many of them were recorded answering as they promise, not too long ago. */
  proven: number
}

/** Which fakes can be trusted: recorded not too long ago, enough of them proven, and no breaking finding that nobody accepted. */
export function trusted(report: DriftReport, { services, maxAge, minCoverage = 0 }: TrustLimits): TrustedService[] {
  return services.map((service) => {
    const covered = report.coverage.filter((one) => one.service === service)
    const lastRecorded = covered.flatMap(({ lastRecorded }) => lastRecorded ?? []).sort((one, other) => Date.parse(other) - Date.parse(one))[0] ?? null
    const proven = covered.filter(({ state }) => state === 'proven').length
    const open = report.findings.filter((finding) => finding.service === service && finding.severity === 'breaking' && finding.accepted === null)
    const why = [
      ...(lastRecorded === null ? [unbacked(report, service, covered)] : tooOld(lastRecorded, Date.parse(report.at), maxAge)),
      ...(lastRecorded === null ? [] : tooLittle(proven, covered.length, minCoverage)),
      ...(open.length === 0 ? [] : [told(open)]),
    ]
    return { service, trusted: why.length === 0, why, lastRecorded, operations: covered.length, proven }
  })
}

/** Why nothing is known of a service: nobody recorded it, or what was recorded says nothing. */
function unbacked({ recordings }: DriftReport, service: string, covered: DriftReport['coverage']): string {
  const statuses = [...new Set(covered.flatMap((one) => Object.keys(one.statuses)))]
  if (statuses.length > 0) return `it was recorded with ${statuses.join(', ')} alone, which proves nothing`
  return recordings.some(({ services }) => services.includes(service)) ? 'what was recorded of it is for none of its operations' : 'there is no recording of it'
}

function tooOld(lastRecorded: string, now: number, maxAge: number): string[] {
  const age = now - Date.parse(lastRecorded)
  return age > maxAge ? [`last recorded ${lastRecorded.slice(0, 10)}, ${days(age)} ago: more than ${days(maxAge)}`] : []
}

function tooLittle(proven: number, of: number, minCoverage: number): string[] {
  // Never rounded up: a gate does not pass by rounding.
  const percent = of === 0 ? 0 : Math.floor((proven * 100) / of)
  return percent >= minCoverage ? [] : [`${proven} of ${of} operations proven: ${percent} %, under ${minCoverage} %`]
}

function told(open: readonly Finding[]): string {
  const places = [...new Set(open.map(({ operation, pointer }) => `${operation}${pointer === '' ? '' : ` ${pointer}`}`))]
  const more = places.length > 3 ? ` and ${places.length - 3} more` : ''
  return `open breaking drift: ${places.slice(0, 3).join(', ')}${more}`
}

function days(milliseconds: number): string {
  const count = Number((milliseconds / DAY).toFixed(milliseconds < DAY ? 2 : 0))
  return `${count} ${count === 1 ? 'day' : 'days'}`
}
