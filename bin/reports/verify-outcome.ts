import { FINDING_KINDS, type Verification, type VerificationFinding } from '../../contracts/verification.ts'
import { withAllOf } from './outcome.ts'
import { plural } from './plural.ts'
import type { Case, Outcome, Result } from './result.ts'
import { firstOf, KINDS } from './verify-words.ts'

/** Where rules are judged: one may be about several services. */
const SCENARIOS = 'scenarios'

/** A verification, in the words that every format of CI has: a case for each service and each thing that is to hold of it. */
export function verificationOutcome({ findings, services }: Verification): Outcome {
  const results = findings.map(resultOf)
  const kinds = FINDING_KINDS.filter((kind) => kind !== 'rule-never-met')
  const looked = services.flatMap(({ service, requests }) =>
    kinds.map((kind): Case => ({ suite: service, name: KINDS[kind].check, ...(requests === 0 ? { skipped: 'never called' } : {}) })),
  )
  const rules = FINDING_KINDS.map((id) => ({ id, summary: KINDS[id].title, help: KINDS[id].help }))
  return { name: 'verify', rules, results, cases: withAllOf(results, [...looked, { suite: SCENARIOS, name: KINDS['rule-never-met'].check }]) }
}

function resultOf(finding: VerificationFinding): Result {
  const { id, kind, fails, allowed, service, told, times } = finding
  return {
    ...{ id, rule: kind, level: fails ? 'error' : 'note', fails, title: told, message: messageOf(finding) },
    ...{ suite: kind === 'rule-never-met' ? SCENARIOS : service, case: KINDS[kind].check },
    ...(allowed === null ? {} : { accepted: `allowed by ${allowed}, ${plural(times, 'time')}` }),
    properties: { ...finding },
  }
}

function messageOf(finding: VerificationFinding): string {
  const { kind, times, times_allowed: meant, fails, explanation } = finding
  const allowed = fails && meant > 0 ? `, ${meant} of them allowed` : ''
  const first = firstOf(finding)
  const lines = [...(first === undefined ? [] : [`${plural(times, 'time')}${allowed}, ${first}`]), KINDS[kind].help].map((line) => line.replaceAll('\n', '\\n'))
  return [...lines, ...(explanation === null ? [] : [explanation.text])].join('\n')
}
