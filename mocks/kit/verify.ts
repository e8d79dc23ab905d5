import { setImmediate } from 'node:timers/promises'
import type { Contract } from '../../contracts/kit/contract.ts'
import type { Explanation } from '../../contracts/kit/explanation.ts'
import { FAILING_KINDS, FINDING_KINDS, type FindingKind, type Verification, type VerificationFinding } from '../../contracts/verification.ts'
import { explained } from './explained.ts'
import type { Lane } from './lane.ts'
import { allows, readAllowance, readKind } from './verify/allowance.ts'
import type { Since } from './verify/docket.ts'
import { findingsIn, type Unjudged } from './verify/findings.ts'
import { gapsOf } from './verify/gaps.ts'
import { howAsked } from './verify/how-asked.ts'

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
export async function verify(lanes: readonly Lane[], contracts: readonly Contract[], options: Omit<VerifyOptions, 'lane'>): Promise<Verification> {
  const { since = 'start' } = options
  const judge = judgeOf(options, contracts)
  const judged = findingsIn(lanes, contracts, since)
    .map(judge)
    .toSorted((one, other) => byWeight(one.finding, other.finding))
  const accounts = lanes.flatMap(({ journal, allowances }) => journal.docket.accounts(since, allowances.ofTrouble))
  const asked = lanes.map(({ journal }) => howAsked(journal, since))
  // All is read before anything is waited for: requests may come meanwhile.
  const told: Omit<Verification, 'findings'> = {
    passed: !judged.some(({ finding }) => finding.fails),
    since,
    lanes: lanes.map(({ index }, at) => ({ lane: index, requests: sum([...(asked[at]?.values() ?? [])].map(({ requests }) => requests)) })),
    services: contracts.map(({ service, operations }) => ({
      service,
      requests: sum(asked.map((lane) => lane.get(service)?.requests ?? 0)),
      operations: Object.keys(operations).length,
    })),
    gaps: gapsOf(accounts, asked, contracts),
  }
  return { ...told, findings: await explain(judged) }
}

interface Judged extends Pick<Unjudged, 'origin'> {
  finding: Omit<VerificationFinding, 'explanation'>
}

function judgeOf({ allow = [], failOn = FAILING_KINDS }: VerifyOptions, contracts: readonly Contract[]) {
  const allowances = allow.map((text) => readAllowance(text, contracts))
  const kinds = failOn.map((kind) => readKind(kind, 'fail on'))
  return ({ finding, about, pardon, origin }: Unjudged): Judged => {
    const { kind, times } = finding
    const said = allowances.find((one) => allows(one, { kind, ...about }))?.text
    const allowed = said ?? pardon ?? null
    const timesAllowed = said === undefined ? finding.times_allowed : times
    return { finding: { ...finding, times_allowed: timesAllowed, fails: allowed === null && kinds.includes(kind), allowed }, origin }
  }
}

function byWeight(one: Judged['finding'], other: Judged['finding']): number {
  const order = ({ fails, kind }: Judged['finding']) => (fails ? 0 : FINDING_KINDS.length) + FINDING_KINDS.indexOf(kind)
  return order(one) - order(other) || other.times - one.times
}

/** Nobody reads more of them, and each takes a moment of the thread that answers requests. */
const EXPLAINED = 50

async function explain(judged: readonly Judged[]): Promise<VerificationFinding[]> {
  const findings: VerificationFinding[] = []
  let left = EXPLAINED
  for (const { finding, origin } of judged) {
    const explanation = left > 0 ? await explanationOf(origin) : null
    if (explanation !== null) left -= 1
    findings.push({ ...finding, explanation })
  }
  return findings
}

/** Of the first of its kind, where there was room to keep it. */
async function explanationOf(origin: Unjudged['origin']): Promise<Explanation | null> {
  if (origin === undefined) return null
  const { lane, account } = origin
  const { service, operation, problem, sample, more } = account
  if (problem === undefined || sample === undefined || more) return null
  const explanation = await explained(lane, { contract: { service }, operation, direction: 'in', problem, request: sample })
  await setImmediate()
  return explanation ?? null
}

const sum = (counts: readonly number[]): number => counts.reduce((all, one) => all + one, 0)
