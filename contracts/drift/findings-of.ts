import type { Break } from './breaks/break.ts'
import { type Seen, type Session, Sightings } from './evidence/sightings.ts'
import { type BreakEvidence, EITHER, type Evidence } from './evidence.ts'
import type { Finding, Severity, Verdict } from './finding.ts'
import { ADVICE, historyOf } from './findings/verdict.ts'
import { withinFreedom } from './findings/within-freedom.ts'
import { severityOf } from './severity.ts'

/** Everything that the evidence about one operation comes to. */
export function findingsOf(evidence: Evidence): Finding[] {
  return [
    ...[...evidence.breaks.values()].map((one) => broken(evidence, one)),
    ...[...evidence.fakeBreaks.values()].map((one) => ours(evidence, one, 'fake-wrong', 'breaking', 'fake-wrong')),
    ...[...evidence.otherStatuses.values()].map((one) => ours(evidence, one, 'fake-unfaithful', 'warning', 'unfaithful')),
    ...withinFreedom(evidence),
  ]
}

function broken(evidence: Evidence, one: BreakEvidence): Finding {
  const { found, sightings } = one
  const history = historyOf(sightings, visitsFor(evidence, one), bySignature(one.found) ? onTop(evidence, one) : undefined)
  const severity = severityOf(found, one.status)
  return {
    ...about(evidence, one),
    verdict: history.verdict,
    // What a later recording no longer shows is over.
    severity: history.mended === undefined ? severity : 'information',
    example: history.first.example,
    seen: { times: history.times, of: history.of },
    firstSeen: iso(history.first.firstAt),
    lastSeen: iso(history.last.lastAt),
    lastAgreed: history.before === undefined ? null : iso(lastBefore(history.before, history.first)),
    mended: history.mended === undefined ? null : iso(history.mended.firstAt),
    versions: { before: history.before?.session.version ?? null, after: history.first.session.version },
    advice: ADVICE[history.verdict],
  }
}

/** Of two versions that answered side by side, the old one's last word may be later than the new one's first. */
const lastBefore = (before: Seen, first: Seen): number => (before.lastAt <= first.firstAt ? before.lastAt : before.firstAt)

/** Whether a status or a request is at odds with the contract shows in requests of its kind, whatever came back. */
const bySignature = ({ direction, part }: Break): boolean => direction === 'request' || part === 'status'

function visitsFor(evidence: Evidence, { found, status, signatures }: BreakEvidence): Sightings {
  if (bySignature(found)) return together(kindsOf(evidence, signatures).flatMap((kind) => [...kind.values()]))
  const reply = evidence.replies.get(status)
  const visits = found.part === 'body' ? reply?.visits.get(found.within) : reply?.sightings
  return visits ?? evidence.sightings
}

const kindsOf = ({ bySignature }: Evidence, signatures: ReadonlySet<string>) => [...signatures].flatMap((signature) => bySignature.get(signature) ?? [])

function together(all: readonly Sightings[]): Sightings {
  const sum = new Sightings()
  for (const seen of all.flatMap((one) => one.all)) sum.absorb(seen)
  return sum
}

/** Whether one session shows every status with which another answered requests of this kind, and the new one besides. */
function onTop(evidence: Evidence, { signatures }: BreakEvidence) {
  const kinds = kindsOf(evidence, signatures)
  return (before: Session, first: Session) =>
    kinds.every((kind) => [...kind.values()].every((sightings) => sightings.in(before) === undefined || sightings.in(first) !== undefined))
}

/** A finding about our own fake: it has no history, since the fake is the one of today. */
function ours(evidence: Evidence, one: BreakEvidence, verdict: Verdict, severity: Severity, mark: string): Finding {
  const [first, ...others] = one.sightings.all
  const seen = first as Seen
  const common = about(evidence, one)
  return {
    ...common,
    ...NO_HISTORY,
    // The real service may break the contract at the same place, and that is another finding.
    id: `${common.id} ${mark}`,
    verdict,
    severity,
    example: seen.example,
    seen: { times: [seen, ...others].reduce((sum, { times }) => sum + times, 0), of: evidence.exchanges },
    firstSeen: iso(seen.firstAt),
    lastSeen: iso((others.at(-1) ?? seen).lastAt),
    advice: ADVICE[verdict],
  }
}

const NO_HISTORY = { lastAgreed: null, mended: null, versions: { before: null, after: null } }

function about(evidence: Evidence, one: BreakEvidence) {
  const { found, status, fakeSays } = one
  const { direction, part, change, pointer, contractSays, realSays, readBy } = found
  const operation = evidence.name
  const { service } = evidence.contract
  const where = [direction === 'request' ? 'request' : status, part, pointer || (part === 'status' ? statusOf(one) : '/'), change]
  return {
    ...{ service, operation, direction, part, change, pointer, contractSays, realSays, fakeSays, readBy },
    id: `${service}.${operation} ${where.join(' ')}`,
    status: direction === 'request' ? null : status,
    accepted: null,
  }
}

/** The status by which a finding about it is known: the real one, or that of a fake that might have answered so as well. */
const statusOf = ({ found, fakeSays }: BreakEvidence): string => (found.contractSays === EITHER ? (fakeSays ?? '') : found.realSays)

const iso = (at: number): string => new Date(at).toISOString()
