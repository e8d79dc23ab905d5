import * as z from 'zod'
import { defineCommand } from '../kit/command.ts'
import { EXIT } from '../kit/exit.ts'
import { remoteFlags } from '../kit/remote.ts'
import { starterFlags } from '../kit/starter.ts'

const { url, instance, token } = remoteFlags
const { portOffset, lanes } = starterFlags

export const doctor = defineCommand({
  flags: { url, instance, token, portOffset, lanes },
  output: () =>
    z.strictObject({
      healthy: z.boolean(),
      findings: z.array(z.strictObject({ about: z.string(), verdict: z.enum(['good', 'note', 'bad']), told: z.string() })),
    }),
  configuration: 'perhaps broken',
  examples: ['mock-suite doctor', 'mock-suite doctor --port-offset 1000 --lanes 4'],
  async run({ flags, terminal }) {
    const { examine } = await import('../kit/examine.ts')
    const findings = await examine(flags)
    const { findingsText } = await import('../reports/findings.ts')
    terminal.print(flags.json ? terminal.json({ healthy: findings.every(({ verdict }) => verdict !== 'bad'), findings }) : findingsText(findings, terminal))
    return findings.some(({ verdict }) => verdict === 'bad') ? EXIT.findings : EXIT.good
  },
})
