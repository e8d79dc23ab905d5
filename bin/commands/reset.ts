import type { ResetReport } from '../../contracts/control.ts'
import { control } from '../../contracts/control.ts'
import { defineCommand } from '../kit/command.ts'
import { remote, remoteFlags } from '../kit/remote.ts'

export const reset = defineCommand({
  flags: { ...remoteFlags, lane: { ...remoteFlags.lane, shown: 'all of them' } },
  output: () => control.operations.reset.details().responses[200],
  examples: ['mock-suite reset', 'mock-suite reset --lane 2'],
  async run({ flags, terminal }) {
    const report = await remote(flags).post<ResetReport>('/v1/reset', { lane: flags.lane })
    if (flags.json) terminal.print(terminal.json(report))
    else
      for (const { lane, generation, fenced } of report.lanes)
        terminal.print(`lane ${lane}: as at the start (reset ${generation}); ${fenced} late ones fenced off`)
    return undefined
  },
})
