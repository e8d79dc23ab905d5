import type { Evolution } from '../../contracts/drift/evolution/change.ts'
import { evolution } from '../../contracts/drift/evolution.ts'
import { visible } from '../../contracts/kit/visible.ts'
import type { FailOn } from '../reports/drift-outcome.ts'
import { evolutionSummary, evolutionText } from '../reports/evolution.ts'
import { evolutionOutput } from '../reports/evolution-data.ts'
import { evolutionMarkdown } from '../reports/evolution-markdown.ts'
import { changeFails, evolutionOutcome } from '../reports/evolution-outcome.ts'
import { github } from '../reports/github.ts'
import { junit } from '../reports/junit.ts'
import { sarif } from '../reports/sarif.ts'
import { version } from '../version.ts'
import { type DataOf, defineCommand } from './command.ts'
import { type ContractVersion, contractVersion } from './contract-version.ts'
import { EXIT } from './exit.ts'
import { choice, text } from './flag.ts'
import { saveReport } from './save-report.ts'
import { appendStepSummary } from './step-summary.ts'
import type { Terminal } from './terminal.ts'

const FORMATS = ['text', 'json', 'junit', 'sarif', 'github', 'markdown'] as const
type Format = (typeof FORMATS)[number]

/** For pull requests: the contract of the branch they go to, and theirs. */
export const contractsDiff = defineCommand({
  flags: {
    failOn: choice('exit 1 when there is a change of this severity or above', { words: ['breaking', 'warning', 'information', 'none'], initial: 'breaking' }),
    format: choice('how to write it', { words: FORMATS, initial: 'text' }),
    output: text('write the report to a file', { value: 'FILE', initial: undefined, shown: 'standard output' }),
  },
  output: evolutionOutput,
  args: [
    { name: 'old', names: 'file', summary: 'an OpenAPI 3.0 or 3.1 document, in JSON or YAML; or a service of this build, or all' },
    { name: 'new', names: 'file', summary: 'the same of the newer version' },
  ],
  examples: ['mock-suite contracts diff contracts.openapi.json all', 'mock-suite contracts diff old.yaml new.yaml --fail-on warning'],
  run({ flags, args: [old = '', young = ''], terminal }) {
    const [before, after] = [contractVersion(old), contractVersion(young)]
    const found = evolution(before.document, after.document)
    const failed = found.changes.some((change) => changeFails(change, flags.failOn))
    const format = flags.json ? 'json' : flags.format
    const written = write(format, found, { after, failOn: flags.failOn, terminal: flags.output === undefined ? terminal : { ...PLAIN, json: terminal.json } })
    if (flags.output !== undefined) saveReport(flags.output, written)
    else if (written !== '') terminal.print(written)
    if (format === 'github') appendStepSummary(evolutionMarkdown(found), terminal)
    if (flags.output !== undefined) terminal.warn(`mock-suite: contracts diff: ${evolutionSummary(found)}; the report is in ${visible(flags.output)}`)
    return failed ? EXIT.findings : EXIT.good
  },
})

/** Files have no colour. */
const PLAIN: Pick<Terminal, 'paint'> = { paint: (_style, text) => text }

interface How {
  after: ContractVersion
  failOn: FailOn
  terminal: Pick<Terminal<DataOf<typeof evolutionOutput>>, 'paint' | 'json'>
}

function write(format: Format, found: Evolution, { after, failOn, terminal }: How): string {
  const outcome = () => evolutionOutcome(found, { failOn, whereOf: ({ operation, tag }) => after.whereOf(operation, tag) })
  switch (format) {
    case 'text':
      return evolutionText(found, terminal)
    case 'markdown':
      return evolutionMarkdown(found)
    case 'json':
      return terminal.json({ ...found, failed: found.changes.some((change) => changeFails(change, failOn)) })
    case 'junit':
      return junit(outcome())
    case 'sarif':
      return sarif(outcome(), { version })
    case 'github':
      return github(outcome())
  }
}
