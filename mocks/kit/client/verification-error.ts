import { visible, visibleLines } from '../../../contracts/kit/visible.ts'
import type { Verification, VerificationFinding } from '../../../contracts/verification.ts'

/** The neighbours were not used as agreed; the message tells why, and what would have been taken. */
export class VerificationError extends Error {
  override readonly name = 'VerificationError'
  /** What makes the test fail. */
  readonly findings: readonly VerificationFinding[]
  readonly verification: Verification

  constructor(findings: readonly VerificationFinding[], verification: Verification) {
    super(told(findings))
    this.findings = findings
    this.verification = verification
  }
}

function told(findings: readonly VerificationFinding[]): string {
  const allowances = [...new Set(findings.map(allowanceOf))].map((text) => `'${text}'`)
  return [
    `the neighbours were not used as agreed: ${findings.length === 1 ? '1 finding' : `${findings.length} findings`}`,
    ...findings.map(block),
    `Where it is meant, allow it: await lane.allow(${allowances.join(', ')})`,
  ].join('\n\n')
}

function block({ kind, told, times, request, seq, lane, explanation }: VerificationFinding): string {
  const place = seq === null ? `lane ${lane}` : `number ${seq} of the journal of lane ${lane}`
  return [
    `✗ ${kind}: ${visible(told)}${times > 1 ? `  ×${times}` : ''}`,
    ...(request === null ? [] : [`    first ${visible(`${request.method} ${request.target}`)}, ${place}`]),
    ...(explanation === null
      ? []
      : visibleLines(explanation.text)
          .split('\n')
          .map((line) => `    ${line}`)),
  ].join('\n')
}

/** As narrow as it goes. */
function allowanceOf({ kind, service, operation }: VerificationFinding): string {
  if (service === '*') return kind
  return operation === null ? `${kind}:${service}` : `${kind}:${service}.${operation}`
}
