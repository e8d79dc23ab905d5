import * as z from 'zod'
import { idleAcceptances } from '../../contracts/drift/accepted.ts'
import { samplesFor } from '../../contracts/drift/propose/samples.ts'
import { isProposable, propose } from '../../contracts/drift/propose.ts'
import type { DriftReport } from '../../contracts/drift/report.ts'
import { didYouMean } from '../../contracts/kit/nearest.ts'
import { appendAccepted } from '../kit/accepted-file.ts'
import { defineCommand } from '../kit/command.ts'
import { contractSources } from '../kit/contract-sources.ts'
import { age, knownServices, noRecordings, readDrift, recordingFlags, recordingsFor } from '../kit/drift-flags.ts'
import { entryLines } from '../kit/entry-lines.ts'
import { EXIT } from '../kit/exit.ts'
import { choice, list, text, toggle } from '../kit/flag.ts'
import { projectContracts } from '../kit/project-contracts.ts'
import { saveReport } from '../kit/save-report.ts'
import { appendStepSummary } from '../kit/step-summary.ts'
import type { Terminal } from '../kit/terminal.ts'
import { UsageError } from '../kit/usage-error.ts'
import { driftSummary, driftText } from '../reports/drift.ts'
import { type AcceptanceData, acceptanceOutput, type DriftData, driftOutput, type ProposalsData, proposalsOutput } from '../reports/drift-data.ts'
import { driftMarkdown } from '../reports/drift-markdown.ts'
import { driftOutcome, type FailOn, failsRun } from '../reports/drift-outcome.ts'
import { github } from '../reports/github.ts'
import { junit } from '../reports/junit.ts'
import { proposalsText } from '../reports/proposal.ts'
import type { Outcome } from '../reports/result.ts'
import { sarif } from '../reports/sarif.ts'
import { version } from '../version.ts'

const FORMATS = ['text', 'json', 'junit', 'sarif', 'github', 'markdown'] as const
type Format = (typeof FORMATS)[number]

export const drift = defineCommand({
  flags: {
    service: list('only this one; may be given more than once', { value: 'NAME', names: 'service', initial: [], shown: 'all of them' }),
    ...recordingFlags,
    maxAge: age('what was recorded longer ago is stale', { initial: undefined, shown: 'nothing is too old' }),
    failOn: choice('exit 1 when there is a finding of this severity or above', { words: ['breaking', 'warning', 'information', 'none'], initial: 'breaking' }),
    format: choice('how to write it', { words: FORMATS, initial: 'text' }),
    output: text('write the report to a file', { value: 'FILE', initial: undefined, shown: 'standard output' }),
    propose: toggle('print the changes to the contracts that would make them true, as patches to read; nothing is applied'),
    accept: text('live with a finding: append its id to the file of accepted ones', { value: 'ID', initial: undefined, shown: 'none' }),
    reason: text('why it is accepted', { value: 'TEXT', initial: undefined, shown: 'none' }),
    until: text('the last day on which it is accepted', { value: 'DATE', initial: undefined, shown: 'none' }),
  },
  output: () => z.union([driftOutput(), proposalsOutput().describe('With --propose'), acceptanceOutput().describe('With --accept')]),
  examples: [
    'mock-suite drift',
    'mock-suite drift --service alert --max-age 30d --fail-on warning',
    'mock-suite drift --format sarif --output drift.sarif',
    'mock-suite drift --propose',
    "mock-suite drift --accept 'alert.getAlert 200 body /status value' --reason 'ALERT-123' --until 2026-12-31",
  ],
  async run({ flags, terminal }) {
    const services = knownServices(flags.service)
    const recordings = recordingsFor(flags.recordings, services)
    if (recordings.length === 0) throw noRecordings(flags.recordings, services)
    const { report, accepted, now } = await readDrift({ ...flags, accepted: flags.accept === undefined ? flags.accepted : undefined, recordings, services })
    if (flags.accept !== undefined) return acceptOne(flags.accept, flags, report, terminal)
    const notes = idleAcceptances(report.findings, accepted.list, now).map(({ index, message }) => `${accepted.place(index)}: ${message}`)
    const failed = report.findings.some((finding) => failsRun(finding, flags.failOn))
    if (flags.propose) {
      await proposeTo(terminal, report, recordings, flags.json)
      return failed ? EXIT.findings : EXIT.good
    }
    const format = flags.json ? 'json' : flags.format
    const written = await write(format, report, notes, flags.failOn, flags.output === undefined ? terminal : { ...PLAIN, json: terminal.json })
    if (flags.output !== undefined) saveReport(flags.output, written)
    else if (written !== '') terminal.print(written)
    if (format === 'github') appendStepSummary(driftMarkdown(report, notes), terminal)
    if (flags.output !== undefined) terminal.warn(`mock-suite: drift: ${driftSummary(report)}; the report is in ${flags.output}`)
    return failed ? EXIT.findings : EXIT.good
  },
})

/** Files have no colour. */
const PLAIN: Pick<Terminal, 'paint'> = { paint: (_style, text) => text }

async function write(
  format: Format,
  report: DriftReport,
  notes: readonly string[],
  failOn: FailOn,
  terminal: Pick<Terminal<DriftData>, 'paint' | 'json'>,
): Promise<string> {
  switch (format) {
    case 'text':
      return driftText(report, notes, terminal)
    case 'markdown':
      return driftMarkdown(report, notes)
    case 'json':
      return terminal.json({ ...report, notes, failed: report.findings.some((finding) => failsRun(finding, failOn)) })
    case 'junit':
      return junit(await outcomeOf(report, failOn))
    case 'sarif':
      return sarif(await outcomeOf(report, failOn), { version })
    case 'github':
      return github(await outcomeOf(report, failOn))
  }
}

async function outcomeOf(report: DriftReport, failOn: FailOn): Promise<Outcome> {
  const lineOf = await entryLines([...report.findings.map(({ example }) => example), ...report.unmatched])
  return driftOutcome(report, { failOn, lineOf, root: process.env.GITHUB_WORKSPACE || process.cwd() })
}

async function proposeTo(terminal: Terminal<ProposalsData>, { findings }: DriftReport, recordings: readonly string[], asJson: boolean): Promise<void> {
  const open = findings.filter((finding) => finding.accepted === null && isProposable(finding))
  const all = Object.values(projectContracts())
  const samples = await samplesFor(open, recordings, all)
  const proposals = propose(open, { contracts: all, written: contractSources(open.map(({ service }) => service)), samples })
  if (asJson) terminal.print(terminal.json({ proposals }))
  else if (proposals.length > 0) terminal.print(proposalsText(proposals))
  else terminal.tell('There is nothing to propose: no finding would be settled by another contract.')
}

interface Acceptance {
  accepted: string | undefined
  reason: string | undefined
  until: string | undefined
  json: boolean
}

function acceptOne(id: string, { accepted, reason, until, json }: Acceptance, { findings }: DriftReport, terminal: Terminal<AcceptanceData>): undefined {
  if (reason === undefined || until === undefined) throw new UsageError('an acceptance needs a reason and an end: --reason TEXT --until DATE')
  const ids = findings.map((finding) => finding.id)
  if (!ids.includes(id)) throw new UsageError(`there is no finding ${JSON.stringify(id)}.${didYouMean(id, ids)}`)
  const file = appendAccepted(accepted, { finding: id, reason, until })
  if (json) terminal.print(terminal.json({ accepted: { finding: id, reason, until }, file }))
  else terminal.tell(`${file} accepts ${id} until ${until}`)
}
