import type { Finding, Verdict } from '../../contracts/drift/finding.ts'
import type { DriftReport } from '../../contracts/drift/report.ts'
import { visible } from '../../contracts/kit/visible.ts'
import { driftSummary } from './drift.ts'
import { CHANGES, placeOf, VERDICTS } from './drift-words.ts'
import { span, table } from './markdown.ts'
import { unread } from './unread.ts'

/** A page of a pull request is no place for more; its size has a limit too. */
const ROWS = 100

/** Drift for the page of a pull request. */
export function driftMarkdown(report: DriftReport, notes: readonly string[]): string {
  const open = report.findings.filter(({ accepted }) => accepted === null)
  return [
    `## Drift: ${driftSummary(report)}`,
    ...unreadSection(report),
    ...(Object.keys(VERDICTS) as Verdict[]).flatMap((verdict) => section(verdict, open)),
    ...acceptedSection(report.findings),
    ...coverageSection(report),
    ...(notes.length === 0 ? [] : [notes.map((note) => `- ${span(note)}`).join('\n')]),
  ].join('\n\n')
}

function unreadSection({ recordings }: DriftReport): string[] {
  const all = unread(recordings).map((one) => `- ${span(one)}`)
  const more = all.length > ROWS ? [`- and ${all.length - ROWS} more`] : []
  return all.length === 0 ? [] : [[...all.slice(0, ROWS), ...more].join('\n')]
}

function section(verdict: Verdict, findings: readonly Finding[]): string[] {
  const own = findings.filter((finding) => finding.verdict === verdict)
  if (own.length === 0) return []
  const { title, act } = VERDICTS[verdict]
  const who = [...new Set(own.map(({ service }) => service))].map((service) => act(visible(service).replace(/[^\w .-]/g, '')))
  const rows = own
    .slice(0, ROWS)
    .map((finding) => [
      `${finding.severity}<br>${span(`${finding.service}.${placeOf(finding)}`)} ${CHANGES[finding.change]}`,
      span(finding.contractSays),
      span(finding.realSays),
      finding.fakeSays === null ? '–' : span(finding.fakeSays),
      `${finding.seen.times} of ${finding.seen.of}, first ${finding.firstSeen}`,
      `${span(finding.example.recording)} entry ${finding.example.entry}<br>${span(finding.id)}`,
    ])
  const more = own.length > ROWS ? [`and ${own.length - ROWS} more`] : []
  return [`### ${title}: ${who.join('; ')}`, table(['', 'contract says', 'real says', 'fake says', 'seen', 'recorded in'], rows), ...more]
}

function acceptedSection(findings: readonly Finding[]): string[] {
  const rows = findings.flatMap(({ accepted, ...finding }) =>
    accepted === null
      ? []
      : [
          [
            `${span(`${finding.service}.${placeOf({ ...finding, accepted })}`)} ${CHANGES[finding.change]}`,
            span(accepted.reason),
            accepted.until,
            span(finding.id),
          ],
        ],
  )
  return rows.length === 0 ? [] : ['### Accepted', table(['', 'reason', 'until', 'finding'], rows.slice(0, ROWS))]
}

function coverageSection({ coverage }: DriftReport): string[] {
  const services = [...new Set(coverage.map(({ service }) => service))]
  const rows = services.map((service) => {
    const names = (state: string) => coverage.filter((one) => one.service === service && one.state === state).map(({ operation }) => operation)
    const of = coverage.filter((one) => one.service === service).length
    return [span(service), `${names('proven').length} of ${of}`, ...(['stale', 'unproven'] as const).map((state) => names(state).map(span).join(', ') || '–')]
  })
  return rows.length === 0 ? [] : ['### Coverage', table(['service', 'proven', 'stale', 'unproven'], rows)]
}
