import { visible } from '../../contracts/kit/visible.ts'
import type { Verification, VerificationFinding } from '../../contracts/verification.ts'
import type { Terminal } from '../kit/terminal.ts'
import { columns } from './columns.ts'
import { explanationReport } from './explanation.ts'
import { plural } from './plural.ts'
import { firstOf, KINDS, lookedAt, uncalledOf, verificationSummary } from './verify-words.ts'
import { wrapped } from './wrapped.ts'

type Paint = Terminal['paint']

/** A verification for a person: what was found and where it came first, then what is missing on either side. */
export function verificationText(verification: Verification, { paint, gaps = false }: { paint: Paint; gaps?: boolean }): string {
  const { findings } = verification
  const kinds = [...new Set(findings.map(({ kind }) => kind))]
  return [
    [paint('bold', verificationSummary(verification)), lookedAt(verification)].join('\n'),
    ...kinds.map((kind) => section(kind, findings, paint)),
    gaps ? gapsText(verification, paint) : gapsSummary(verification),
  ].join('\n\n')
}

function section(kind: VerificationFinding['kind'], findings: readonly VerificationFinding[], paint: Paint): string {
  const blocks = findings.filter((finding) => finding.kind === kind).map((finding) => block(finding, paint))
  return [paint('bold', KINDS[kind].title), ...wrapped(KINDS[kind].help, '', ''), '', ...blocks].join('\n')
}

function block(finding: VerificationFinding, paint: Paint): string {
  const { fails, allowed, told, id } = finding
  const mark = fails ? paint('red', '✗') : paint('cyan', '·')
  const why = fails && finding.explanation !== null ? [explanationReport(finding.explanation, { paint }, '    ')] : []
  const facts = [firstOf(finding), allowed === null ? undefined : `allowed by ${allowed}`, id].filter((fact) => fact !== undefined)
  return [`${mark} ${paint('bold', visible(told))}${often(finding)}`, ...facts.map((fact) => `    ${visible(fact)}`), ...why].join('\n')
}

function often({ times, times_allowed: meant, fails }: VerificationFinding): string {
  const count = times > 1 ? `  ×${times}` : ''
  return fails && meant > 0 ? `${count}, ${meant} of them allowed` : count
}

function gapsSummary(verification: Verification): string {
  const { missing, uncalled } = verification.gaps
  const called = missing.length === 0 ? '' : `${plural(missing.length, 'call')} that no fake has; `
  const of = verification.services.reduce((sum, { operations }) => sum + operations, 0)
  return `Gaps: ${called}${uncalled.length} of ${plural(of, 'operation')} never called${missing.length + uncalled.length === 0 ? '' : ' (--gaps lists them)'}`
}

function gapsText(verification: Verification, paint: Paint): string {
  const { missing } = verification.gaps
  const rows = missing.map(({ service, method, path, times }) => [service, `${method} ${path}`, `×${times}`].map(visible))
  const uncalled = uncalledOf(verification).flatMap(({ service, told, operations }) => {
    const label = `  ${visible(service)}: ${told}`
    return operations.length === 0 ? [label] : [...wrapped(operations.map(visible).join(', '), `${label}: `, '    ')]
  })
  return [
    paint('bold', 'Called, and no fake has it'),
    rows.length === 0 ? '  nothing' : columns(rows),
    '',
    paint('bold', 'Never called'),
    ...(uncalled.length === 0 ? ['  nothing'] : uncalled),
  ].join('\n')
}
