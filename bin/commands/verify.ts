import { control } from '../../contracts/control.ts'
import type { Verification } from '../../contracts/verification.ts'
import { defineCommand } from '../kit/command.ts'
import { EXIT } from '../kit/exit.ts'
import { choice, text, toggle } from '../kit/flag.ts'
import { laneFlag } from '../kit/lane-flag.ts'
import { remote, remoteFlags } from '../kit/remote.ts'
import { saveReport } from '../kit/save-report.ts'
import { appendStepSummary } from '../kit/step-summary.ts'
import { judgedBy, verifyFlags } from '../kit/verify-flags.ts'
import { verificationMarkdown } from '../reports/verify-markdown.ts'
import { VERIFICATION_FORMATS, verificationReport } from '../reports/verify-report.ts'
import { verificationSummary } from '../reports/verify-words.ts'

export const verify = defineCommand({
  flags: {
    ...remoteFlags,
    lane: { ...laneFlag, shown: 'all of them' },
    since: choice('what is looked at: all since the suite started, or what came after the last reset', { words: ['start', 'reset'], initial: 'start' }),
    ...verifyFlags,
    gaps: toggle('list what is called and no fake has, and what is never called'),
    format: choice('how to write it', { words: VERIFICATION_FORMATS, initial: 'text' }),
    output: text('write the report to a file', { value: 'FILE', initial: undefined, shown: 'standard output' }),
  },
  output: () => control.operations.verify.details().responses[200],
  examples: [
    'mock-suite verify',
    'mock-suite verify --lane 2 --since reset',
    'mock-suite verify --allow violation:alert.createAlert --strict',
    'mock-suite verify --format junit --output verify.xml',
    'mock-suite verify --gaps',
  ],
  async run({ flags, terminal }) {
    const { lane, since, gaps, output } = flags
    const { allow, failOn } = judgedBy(flags)
    const query = { lane, since, allow: allow.join(',') || undefined, fail_on: failOn.join(',') }
    const verification = await remote(flags).get<Verification>('/v1/verification', query)
    const format = flags.json ? 'json' : flags.format
    const written = verificationReport(format, verification, {
      gaps,
      json: terminal.json,
      paint: output === undefined ? terminal.paint : (_style, words) => words,
    })
    if (output !== undefined) saveReport(output, written)
    else if (written !== '') terminal.print(written)
    if (format === 'github') appendStepSummary(verificationMarkdown(verification), terminal)
    if (output !== undefined) terminal.warn(`mock-suite: verify: ${verificationSummary(verification)}; the report is in ${output}`)
    return verification.passed ? EXIT.good : EXIT.findings
  },
})
