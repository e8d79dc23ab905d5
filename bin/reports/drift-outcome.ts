import type { Finding, Severity } from '../../contracts/drift/finding.ts'
import type { CoveredOperation, DriftReport } from '../../contracts/drift/report.ts'
import { atLeast } from '../../contracts/drift/severity.ts'
import { CHANGES, factsOf, placeOf, VERDICTS } from './drift-words.ts'
import { LEVELS, withAllOf, within } from './outcome.ts'
import { plural } from './plural.ts'
import type { Case, Outcome, Result } from './result.ts'

export type FailOn = Severity | 'none'

export interface OutcomeOptions {
  failOn: FailOn
  /** Where an entry of a recording begins, counted from 1. */
  lineOf: (recording: string, entry: number) => number
  /** The folder from which CI names files. */
  root: string
}

/** Whether a finding is one that fails the run: at or above the level, and accepted by nobody. */
export function failsRun({ severity, accepted }: Pick<Finding, 'severity' | 'accepted'>, failOn: FailOn): boolean {
  return failOn !== 'none' && accepted === null && atLeast(severity, failOn)
}

/** Drift, in the words that every format of CI has. */
export function driftOutcome({ findings, coverage, unmatched }: DriftReport, options: OutcomeOptions): Outcome {
  const place = (recording: string, entry: number) => ({ file: within(options.root, recording), line: options.lineOf(recording, entry) })
  const found = findings.map((finding) => resultOf(finding, options.failOn, place))
  const strangers = unmatched.map(({ service, method, path, times, recording, entry }): Result => {
    const said = `${method} ${path}`
    const title = `${service}: no operation takes ${said}`
    const message = `The contract has no such operation; recorded ${plural(times, 'time')}.`
    const properties = { service, method, path, times, recording, entry }
    return { id: title, rule: UNMATCHED, level: 'note', fails: false, title, message, where: place(recording, entry), suite: service, case: said, properties }
  })
  const looked = coverage.map((covered): Case => {
    const skipped = whySkipped(covered)
    return { suite: covered.service, name: covered.operation, ...(skipped === undefined ? {} : { skipped }) }
  })
  const results = [...found, ...strangers]
  return { name: 'drift', rules: RULES, results, cases: withAllOf(results, looked) }
}

function whySkipped({ state, lastRecorded, statuses }: CoveredOperation): string | undefined {
  if (state === 'proven') return undefined
  if (state === 'stale') return `recorded too long ago: ${lastRecorded}`
  const answers = Object.keys(statuses)
  return answers.length === 0 ? 'never recorded' : `recorded with ${answers.join(', ')} alone, which proves nothing`
}

const UNMATCHED = 'no-operation'

const RULES = [
  ...Object.entries(VERDICTS).map(([id, { title, help }]) => ({ id, summary: title, help })),
  {
    id: UNMATCHED,
    summary: 'No operation takes a recorded request',
    help: 'The contract lacks an operation, or the request went astray. Write it into the contract.',
  },
]

function resultOf(finding: Finding, failOn: FailOn, place: (recording: string, entry: number) => { file: string; line: number }): Result {
  const { id, verdict, severity, service, operation, change, advice, accepted, example } = finding
  return {
    id,
    rule: verdict,
    level: LEVELS[severity],
    fails: failsRun(finding, failOn),
    title: `${service}.${placeOf(finding)}: ${CHANGES[change]}`,
    message: [advice, ...factsOf(finding).map(([label, words]) => `${label}: ${words.replaceAll('\n', '\\n')}`)].join('\n'),
    where: place(example.recording, example.entry),
    suite: service,
    case: operation,
    ...(accepted === null ? {} : { accepted: `${accepted.reason} (until ${accepted.until})` }),
    properties: { ...finding },
  }
}
