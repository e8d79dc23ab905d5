import type { Contract } from '../../kit/contract.ts'
import type { Seen } from '../evidence/sightings.ts'
import type { Evidence } from '../evidence.ts'
import type { Finding } from '../finding.ts'
import type { CoveredOperation } from '../report.ts'
import { ADVICE } from './verdict.ts'

/** Which operations are known to behave as agreed, which were known to too long ago, and which nobody has ever recorded. */
export function freshness(
  contracts: readonly Contract[],
  evidence: ReadonlyMap<string, Evidence>,
  { now, maxAge = Number.POSITIVE_INFINITY }: { now: number; maxAge?: number | undefined },
): { coverage: CoveredOperation[]; stale: Finding[] } {
  const stale: Finding[] = []
  const coverage = contracts.flatMap(({ service, operations }) =>
    Object.keys(operations).map((operation): CoveredOperation => {
      const known = evidence.get(`${service}.${operation}`)
      const { exchanges, statuses, provenAt } = known ?? { exchanges: 0, statuses: {} }
      if (known === undefined || provenAt === undefined) return { service, operation, state: 'unproven', exchanges, statuses, lastRecorded: null }
      const old = now - provenAt > maxAge
      if (old) stale.push(staleFinding(known, provenAt, maxAge))
      return { service, operation, state: old ? 'stale' : 'proven', exchanges, statuses, lastRecorded: new Date(provenAt).toISOString() }
    }),
  )
  return { coverage, stale }
}

function staleFinding({ contract, name, exchanges, sightings }: Evidence, provenAt: number, maxAge: number): Finding {
  const last = sightings.all.at(-1) as Seen
  const at = new Date(provenAt).toISOString()
  return {
    id: `${contract.service}.${name} recording / stale`,
    verdict: 'recording-stale',
    severity: 'warning',
    ...{ service: contract.service, operation: name, direction: 'reply', part: 'recording', change: 'stale', status: null, pointer: '' },
    example: last.example,
    contractSays: `recorded within ${Math.round(maxAge / 86_400_000)} days`,
    realSays: `last recorded ${at.slice(0, 10)}`,
    fakeSays: null,
    seen: { times: exchanges, of: exchanges },
    ...{ firstSeen: at, lastSeen: at, lastAgreed: null, mended: null, versions: { before: null, after: last.session.version }, readBy: [] },
    advice: ADVICE['recording-stale'],
    accepted: null,
  }
}
