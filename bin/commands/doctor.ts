import { defineCommand } from '../kit/command.ts'
import { EXIT } from '../kit/exit.ts'
import { remoteFlags } from '../kit/remote.ts'
import { starterFlags } from '../kit/starter.ts'
import { json } from '../reports/json.ts'

const { url, instance, token } = remoteFlags
const { portOffset, lanes } = starterFlags

export const doctor = defineCommand({
  flags: { url, instance, token, portOffset, lanes },
  configuration: 'perhaps broken',
  examples: ['mock-suite doctor', 'mock-suite doctor --port-offset 1000 --lanes 4'],
  async run({ flags, terminal }) {
    const { examine } = await import('../kit/examine.ts')
    const findings = await examine(flags)
    const { findingsText } = await import('../reports/findings.ts')
    terminal.print(flags.json ? json({ healthy: findings.every(({ verdict }) => verdict !== 'bad'), findings }) : findingsText(findings, terminal))
    return findings.some(({ verdict }) => verdict === 'bad') ? EXIT.findings : EXIT.good
  },
})
