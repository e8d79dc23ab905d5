import { control } from '../../contracts/control.ts'
import type { Coverage } from '../../scenarios/kit/coverage.ts'
import { defineCommand } from '../kit/command.ts'
import { EXIT } from '../kit/exit.ts'
import { choice, text, whole } from '../kit/flag.ts'
import { remote, remoteFlags } from '../kit/remote.ts'
import { coverageMarkdown, coverageText } from '../reports/coverage.ts'

const { lane: _, ...suiteFlags } = remoteFlags

export const coverage = defineCommand({
  flags: {
    ...suiteFlags,
    service: text('only failures of this fake', { value: 'NAME', names: 'service', initial: undefined }),
    format: choice('how to write it', { words: ['text', 'json', 'markdown'], initial: 'text' }),
    failUnder: whole('exit 1 when fewer percent were met', { value: 'PERCENT', min: 0, max: 100, initial: undefined, shown: 'never' }),
  },
  output: () => control.operations.getCoverage.details().responses[200],
  examples: ['mock-suite coverage', 'mock-suite coverage --service alert --fail-under 80', 'mock-suite coverage --format markdown >> "$GITHUB_STEP_SUMMARY"'],
  async run({ flags, terminal }) {
    const { service, failUnder, format } = flags
    const coverage = await remote(flags).get<Coverage>('/v1/coverage', { service })
    if (flags.json || format === 'json') terminal.print(terminal.json(coverage))
    else terminal.print(format === 'markdown' ? coverageMarkdown(coverage) : coverageText(coverage, terminal))
    if (failUnder === undefined || coverage.percent >= failUnder) return EXIT.good
    terminal.warn(`mock-suite: ${coverage.percent} % is under ${failUnder} %`)
    return EXIT.findings
  },
})
