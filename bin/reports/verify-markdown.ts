import { visible } from '../../contracts/kit/visible.ts'
import type { Verification, VerificationFinding } from '../../contracts/verification.ts'
import { block, span, table } from './markdown.ts'
import { KINDS, lookedAt, uncalledOf, verificationSummary } from './verify-words.ts'

/** A page of a pull request is no place for more; its size has a limit too. */
const ROWS = 100

/** So many are explained of a kind. */
const EXPLAINED = 10

/** A verification for the page of a pull request. */
export function verificationMarkdown(verification: Verification): string {
  const { findings } = verification
  const kinds = [...new Set(findings.map(({ kind }) => kind))]
  return [
    `## ${verification.passed ? '✅' : '❌'} Verification: ${verificationSummary(verification)}`,
    lookedAt(verification),
    ...kinds.map((kind) => section(kind, findings)),
    gaps(verification),
  ].join('\n\n')
}

function section(kind: VerificationFinding['kind'], findings: readonly VerificationFinding[]): string {
  const own = findings.filter((finding) => finding.kind === kind)
  const rows = own.slice(0, ROWS).map((finding) => [mark(finding), span(finding.told), often(finding), first(finding)])
  const more = own.length > ROWS ? ['', `and ${own.length - ROWS} more`] : []
  return [`### ${KINDS[kind].title}`, '', KINDS[kind].help, '', table(['', '', 'times', 'first'], rows), ...more, ...explained(own)].join('\n')
}

/** Folded up: they are long. */
function explained(findings: readonly VerificationFinding[]): string[] {
  const texts = findings.flatMap(({ fails, explanation }) => (fails && explanation !== null ? [explanation.text] : [])).slice(0, EXPLAINED)
  if (texts.length === 0) return []
  return ['', '<details><summary>What would have been taken</summary>', '', block(texts.join('\n\n')), '', '</details>']
}

function mark({ fails, allowed }: VerificationFinding): string {
  return fails ? '✗' : allowed === null ? 'told' : `allowed by ${span(allowed)}`
}

function often({ times, times_allowed: meant, fails }: VerificationFinding): string {
  if (times === 0) return '–'
  return fails && meant > 0 ? `${times}, ${meant} allowed` : String(times)
}

function first({ request, seq, lane }: VerificationFinding): string {
  return request === null ? '–' : `${span(`${request.method} ${request.target}`)}<br>lane ${lane}${seq === null ? '' : `, number ${seq}`}`
}

/** Folded up: it is for whoever looks for it. */
function gaps(verification: Verification): string {
  const { missing, uncalled } = verification.gaps
  const calls = missing.slice(0, ROWS).map(({ service, method, path, times }) => [span(service), span(`${method} ${path}`), String(times)])
  const more = missing.length > ROWS ? ['', `and ${missing.length - ROWS} more`] : []
  const never = uncalledOf(verification).map(({ service, told, operations }) => {
    return `- ${span(visible(service))}: ${told}${operations.length === 0 ? '' : `: ${operations.map(span).join(', ')}`}`
  })
  return [
    `<details><summary>Gaps: ${missing.length} called and no fake has it, ${uncalled.length} never called</summary>`,
    ...(calls.length === 0 ? [] : [[table(['service', 'called, and no fake has it', 'times'], calls), ...more].join('\n')]),
    ...(never.length === 0 ? [] : [['Never called:', '', ...never].join('\n')]),
    '</details>',
  ].join('\n\n')
}
