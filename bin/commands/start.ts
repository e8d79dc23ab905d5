import { defineCommand } from '../kit/command.ts'
import { lifecycleFlags } from '../kit/lifecycle-flags.ts'
import { starterFlags } from '../kit/starter.ts'
import { addressInfo } from '../reports/addresses.ts'

export const start = defineCommand({
  flags: { ...starterFlags, ...lifecycleFlags },
  output: addressInfo,
  args: [{ name: 'service', names: 'service', summary: 'which fakes to start, e.g. alert comms', many: true }],
  examples: ['mock-suite start alert comms', 'mock-suite start config --port-offset 1000'],
  run: async ({ flags, args, terminal }) => (await import('../kit/run-suite.ts')).runSuite(args, flags, terminal),
})
