import type { Finding, Verdict } from '../../contracts/drift/finding.ts'
import type { CoveredOperation, DriftReport } from '../../contracts/drift/report.ts'
import { visible } from '../../contracts/kit/visible.ts'
import type { Terminal } from '../kit/terminal.ts'
import { columns } from './columns.ts'
import { CHANGES, countsOf, factsOf, MARKS, placeOf, VERDICTS } from './drift-words.ts'
import { plural } from './plural.ts'
import { unread } from './unread.ts'
import { WIDTH, wrapped } from './wrapped.ts'

type Paint = Terminal['paint']

/** Drift for a person: what changed and who must act, then where, then what is proven at all. */
export function driftText(report: DriftReport, notes: readonly string[], { paint }: { paint: Paint }): string {
  const open = report.findings.filter(({ accepted }) => accepted === null)
  const accepted = report.findings.filter(({ accepted }) => accepted !== null)
  const parts = [
    [paint('bold', driftSummary(report)), ...looked(report)].join('\n'),
    ...(open.length === 0 ? [] : [whoMustAct(open)]),
    ...verdictsIn(open).map((verdict) => section(verdict, open, paint)),
    ...(accepted.length === 0 ? [] : [acceptedText(accepted, paint)]),
    ...(report.unmatched.length === 0 ? [] : [unmatchedText(report, paint)]),
    coverageText(report.coverage, paint),
    ...(notes.length === 0 ? [] : [notes.map((note) => `${paint('yellow', '!')} ${visible(note)}`).join('\n')]),
  ]
  return parts.join('\n\n')
}

/** All of it in one line. */
export function driftSummary({ findings }: DriftReport): string {
  const open = findings.filter(({ accepted }) => accepted === null)
  const accepted = findings.length - open.length
  return `${countsOf(open) || 'No drift'}${accepted === 0 ? '' : `; ${accepted} accepted`}`
}

function looked({ counts, recordings }: DriftReport): string[] {
  const passed = [
    [counts.unmatched, 'for which no contract has an operation'],
    [counts.unanswered, 'without a whole reply'],
    [counts.incomparable, 'in a state that the fake could not be brought into'],
  ] as const
  const told = passed.filter(([count]) => count > 0).map(([count, why]) => `${count} ${why}`)
  return [
    `${plural(counts.exchanges, 'exchange')} in ${plural(recordings.length, 'recording')}, ${counts.compared} compared`,
    ...told.map((one) => `  ${one}`),
    ...unread(recordings).map((one) => `  ${visible(one)}`),
  ]
}

/** A line for every service and verdict. */
function whoMustAct(findings: readonly Finding[]): string {
  const rows = verdictsIn(findings).flatMap((verdict) => {
    const { title, act } = VERDICTS[verdict]
    return servicesIn(findings, verdict).map((service, at) => [at === 0 ? title : '', act(visible(service)), countsOf(of(findings, verdict, service))])
  })
  return columns(rows)
}

function section(verdict: Verdict, findings: readonly Finding[], paint: Paint): string {
  const services = servicesIn(findings, verdict)
  const { help } = VERDICTS[verdict]
  const blocks = services.flatMap((service) =>
    of(findings, verdict, service).map((finding) => block(finding, finding.advice === help ? [] : [finding.advice], paint)),
  )
  const head = paint('bold', `${VERDICTS[verdict].title}: ${services.map((service) => VERDICTS[verdict].act(visible(service))).join('; ')}`)
  return [[head, ...wrapped(help, '', '')].join('\n'), ...blocks].join('\n\n')
}

/** Advice that holds for all of a section is told above them. */
function block(finding: Finding, advice: readonly string[], paint: Paint): string {
  const [colour, mark] = MARKS[finding.severity]
  const head = `${paint(colour, mark)} ${paint('bold', visible(`${finding.service}.${placeOf(finding)}`))} ${CHANGES[finding.change]}  ${paint(colour, finding.severity)}`
  const facts = factsOf(finding).map(([label, words]) => [label, clipped(visible(words), label)])
  return [head, columns(facts, { indent: '    ' }), ...advice.flatMap((one) => wrapped(visible(one), '    → ', '      '))].join('\n')
}

/** A value may be a whole body; a path is told to its end. */
function clipped(words: string, label: string): string {
  return words.length <= 2 * WIDTH || label === 'recorded in' ? words : `${words.slice(0, 2 * WIDTH)}…`
}

function acceptedText(findings: readonly Finding[], paint: Paint): string {
  const lines = findings.map((finding) => {
    const { reason, until } = finding.accepted ?? { reason: '', until: '' }
    return `  ${visible(`${finding.service}.${placeOf(finding)}`)} ${CHANGES[finding.change]}: until ${until}, ${visible(reason)}  ${visible(finding.id)}`
  })
  return [paint('bold', 'Accepted'), ...lines].join('\n')
}

function unmatchedText({ unmatched }: DriftReport, paint: Paint): string {
  const rows = unmatched.map(({ service, method, path, times, recording, entry }) =>
    [`${service} ${method} ${path}`, `×${times}`, `${recording} entry ${entry}`].map(visible),
  )
  return [paint('bold', 'Recorded, and no contract has an operation for it'), columns(rows)].join('\n')
}

/** How much is known of each service, and the names of what is not. */
function coverageText(coverage: readonly CoveredOperation[], paint: Paint): string {
  const services = [...new Set(coverage.map(({ service }) => service))]
  const names = (service: string, state: CoveredOperation['state']) =>
    coverage.filter((one) => one.service === service && one.state === state).map(({ operation }) => operation)
  const lines = services.flatMap((service) => {
    const [proven, stale, unproven] = (['proven', 'stale', 'unproven'] as const).map((state) => names(service, state)) as [string[], string[], string[]]
    const of = proven.length + stale.length + unproven.length
    return [
      `  ${paint(proven.length === of ? 'green' : 'yellow', visible(service))}  ${proven.length} of ${plural(of, 'operation')} proven${stale.length === 0 ? '' : `, ${stale.length} stale`}`,
      ...named('stale', stale),
      ...named('unproven', unproven),
    ]
  })
  return [paint('bold', 'Coverage'), ...(lines.length === 0 ? ['  no operation was looked at'] : lines)].join('\n')
}

function named(state: string, operations: readonly string[]): string[] {
  const label = `    ${state}: `
  return operations.length === 0 ? [] : wrapped(operations.map(visible).join(', '), label, ' '.repeat(label.length))
}

const verdictsIn = (findings: readonly Finding[]): Verdict[] =>
  (Object.keys(VERDICTS) as Verdict[]).filter((verdict) => findings.some((finding) => finding.verdict === verdict))

const servicesIn = (findings: readonly Finding[], verdict: Verdict): string[] => [
  ...new Set(findings.filter((finding) => finding.verdict === verdict).map(({ service }) => service)),
]

const of = (findings: readonly Finding[], verdict: Verdict, service: string): Finding[] =>
  findings.filter((finding) => finding.verdict === verdict && finding.service === service)
