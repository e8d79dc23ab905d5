import type { Contract } from '../../contracts/kit/contract.ts'
import { FAILING_KINDS, FINDING_KINDS, type FindingKind, type Verification, type VerificationFinding } from '../../contracts/verification.ts'
import type { Lane } from './lane.ts'
import type { Asked, AskedOf } from './tally.ts'
import { allows, type Found, readAllowance, readKind } from './verify/allowance.ts'
import { gapsOf } from './verify/gaps.ts'
import type { Account, Since } from './verify/ledger.ts'
import { type NeverMet, neverMet } from './verify/never-met.ts'
import { told } from './verify/told.ts'

export interface VerifyOptions {
  /** Counted from 0. @default all of them */
  lane?: number
  /** All since the suite started, or what came after the last reset of each lane. @default 'start' */
  since?: Since
  /** What is told and fails nothing: a kind of finding, in one service or one operation: `violation:alert.createAlert`. @default nothing */
  allow?: readonly string[]
  /** The kinds of findings that fail. @default all but `refused` */
  failOn?: readonly FindingKind[]
}

/** Whether these lanes were used as agreed. @throws MockSuiteError `bad-option`, `unknown-service`, `unknown-operation` */
export function verify(lanes: readonly Lane[], contracts: readonly Contract[], options: Omit<VerifyOptions, 'lane'>): Verification {
  const { since = 'start', allow = [], failOn = FAILING_KINDS } = options
  const judge = judgeOf(
    allow.map((text) => readAllowance(text, contracts)),
    failOn.map((kind) => readKind(kind, 'fail on')),
  )
  const accounts = lanes.map((lane) => ({ lane, accounts: lane.journal.ledger.accounts(since) }))
  const asked = lanes.map((lane) => askedIn(lane, since))
  const observed = merged(accounts.flatMap(({ lane, accounts }) => accounts.map((account) => observedIn(lane, account))))
  const findings = [...observed, ...neverMet(lanes, contracts, since).map(ofRule)].map((found) => judge(found)).toSorted(byWeight)
  return {
    passed: !findings.some(({ fails }) => fails),
    since,
    lanes: lanes.map(({ index }, at) => ({ lane: index, requests: sum([...(asked[at] as Asked).values()].map(({ requests }) => requests)) })),
    services: contracts.map(({ service, operations }) => ({
      service,
      requests: sum(asked.map((lane) => lane.get(service)?.requests ?? 0)),
      operations: Object.keys(operations).length,
    })),
    findings,
    gaps: gapsOf(
      accounts.flatMap(({ accounts }) => accounts),
      asked,
      contracts,
    ),
  }
}

/** A finding before it is judged, and what an allowance looks at. */
type Unjudged = Omit<VerificationFinding, 'fails' | 'allowed'> & Pick<Found, 'services' | 'operations'>

function judgeOf(allowances: readonly ReturnType<typeof readAllowance>[], failOn: readonly FindingKind[]) {
  return ({ services, operations, ...finding }: Unjudged): VerificationFinding => {
    const allowed = allowances.find((one) => allows(one, { kind: finding.kind, services, operations }))?.text ?? null
    const { id, kind, ...rest } = finding
    return { id, kind, fails: allowed === null && failOn.includes(kind), allowed, ...rest }
  }
}

function observedIn({ index, journal }: Lane, account: Account): Unjudged {
  const { kind, service, operation, problem, place, times, seq, generation, request, more } = account
  return {
    id: [kind, operation === undefined ? service : `${service}.${operation}`, more ? '(more)' : [problem, place].filter(Boolean).join(' ')].join(' ').trim(),
    kind,
    lane: index,
    service,
    operation: operation ?? null,
    told: told(account),
    times,
    seq: generation === journal.ledger.generation ? seq : null,
    request,
    rule: null,
    explanation: null,
    services: [service],
    operations: operation === undefined ? [] : [operation],
  }
}

/** What came in several lanes is one finding: which worker had which test is chance. */
function merged(findings: readonly Unjudged[]): Unjudged[] {
  const known = new Map<string, Unjudged>()
  for (const finding of findings) {
    const first = known.get(finding.id)
    if (first === undefined) known.set(finding.id, { ...finding })
    else first.times += finding.times
  }
  return [...known.values()]
}

function ofRule({ scenario, label, lane, told, services, operations }: NeverMet): Unjudged {
  return {
    id: `rule-never-met ${scenario}, ${label}: ${told}`,
    kind: 'rule-never-met',
    lane,
    service: services.join(', ') || '*',
    operation: operations.length === 1 ? (operations[0] as string) : null,
    told: `${label} of ${scenario} was never met: ${told}`,
    times: 0,
    seq: null,
    request: null,
    rule: { scenario, rule: label },
    explanation: null,
    services,
    operations,
  }
}

/** How often each service of a lane was asked. */
function askedIn({ journal }: Lane, since: Since): Asked {
  const all = journal.tally.asked
  if (since === 'start') return all
  return new Map([...all].map(([service, now]) => [service, less(now, journal.askedBefore.get(service))]))
}

function less(now: AskedOf, before: AskedOf | undefined): AskedOf {
  if (before === undefined) return now
  const operations = new Map([...now.operations].map(([operation, calls]) => [operation, calls - (before.operations.get(operation) ?? 0)]))
  return { requests: now.requests - before.requests, operations }
}

function byWeight(one: VerificationFinding, other: VerificationFinding): number {
  const order = (finding: VerificationFinding) => (finding.fails ? 0 : FINDING_KINDS.length) + FINDING_KINDS.indexOf(finding.kind)
  return order(one) - order(other) || other.times - one.times
}

const sum = (counts: readonly number[]): number => counts.reduce((all, one) => all + one, 0)
