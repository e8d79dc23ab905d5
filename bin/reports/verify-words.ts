import type { FindingKind, Verification, VerificationFinding } from '../../contracts/verification.ts'
import { plural } from './plural.ts'

interface KindWords {
  /** As a heading. */
  title: string
  /** What is checked, as what holds where nothing is found. */
  check: string
  /** What to do about it. */
  help: string
}

/** Every kind of finding. */
export const KINDS: Readonly<Record<FindingKind, KindWords>> = {
  unmatched: {
    title: 'Requests that no operation takes',
    check: 'every request meets an operation',
    help: 'Correct the address or the method that the client uses; or write the operation into the contract, if the real service has it.',
  },
  violation: {
    title: 'Requests that break their contract',
    check: 'every request keeps its contract',
    help: 'Correct what the client sends: the real service would refuse it too. A test that sends it on purpose allows it.',
  },
  refused: {
    title: 'Credentials that were refused',
    check: 'every credential is taken',
    help: 'Give the client the credential that the fakes know: mock-suite env prints them.',
  },
  'rule-never-met': {
    title: 'Rules of scenarios that were never met',
    check: 'every rule of a scenario is met',
    help: 'No request was what the rule waits for: correct its when, or the test that was to meet it.',
  },
  'handler-failure': {
    title: 'Failures of ours',
    check: 'no handler fails',
    help: 'The client was told of a failure that no service made: correct the mock, or bring up what stands behind the relay.',
  },
  'off-contract': {
    title: 'Answers of ours that break their contract',
    check: 'every answer keeps its contract',
    help: 'The client was shown what the real service never says: correct the mock, or the contract.',
  },
}

/** All of it in one line: `3 findings fail: 2 unmatched, 1 violation; 1 more told`. */
export function verificationSummary({ findings }: Pick<Verification, 'findings'>): string {
  const failing = findings.filter(({ fails }) => fails)
  const others = findings.length - failing.length
  const head = failing.length === 0 ? 'All as agreed' : `${failing.length === 1 ? '1 finding fails' : `${failing.length} findings fail`}: ${countsOf(failing)}`
  return others === 0 ? head : `${head}; ${others} told that ${others === 1 ? 'fails' : 'fail'} nothing`
}

function countsOf(findings: readonly VerificationFinding[]): string {
  const kinds = [...new Set(findings.map(({ kind }) => kind))]
  return kinds.map((kind) => `${findings.filter((finding) => finding.kind === kind).length} ${kind}`).join(', ')
}

/** `6 requests in 2 lanes since the start`. */
export function lookedAt({ lanes, since }: Verification): string {
  const requests = lanes.reduce((sum, lane) => sum + lane.requests, 0)
  const [only] = lanes
  const where = lanes.length === 1 && only !== undefined ? `lane ${only.lane}` : plural(lanes.length, 'lane')
  return `${plural(requests, 'request')} in ${where} since the ${since === 'start' ? 'start' : 'last reset'}`
}

/** Where a finding was met first: `first POST /api/v1/alerts, number 7 of the journal of lane 0`; nothing for a rule. */
export function firstOf({ request, seq, lane }: VerificationFinding): string | undefined {
  if (request === null) return undefined
  const place = seq === null ? `lane ${lane}, before the last reset` : `number ${seq} of the journal of lane ${lane}`
  return `first ${request.method} ${request.target}, ${place}`
}

/** What the client never called, a service at a time: `alert: 24 of 25 operations`. */
export function uncalledOf({ services, gaps }: Verification): { service: string; told: string; operations: readonly string[] }[] {
  return services.flatMap(({ service, requests, operations: of }) => {
    const operations = gaps.uncalled.filter((one) => one.service === service).map(({ operation }) => operation)
    if (requests === 0) return [{ service, told: `was never called at all, and has ${plural(of, 'operation')}`, operations: [] }]
    return operations.length === 0 ? [] : [{ service, told: `${operations.length} of ${plural(of, 'operation')}`, operations }]
  })
}
