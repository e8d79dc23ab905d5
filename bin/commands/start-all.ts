import { defineCommand } from '../kit/command.ts'
import { lifecycleFlags } from '../kit/lifecycle-flags.ts'
import { starterFlags } from '../kit/starter.ts'
import { addressInfo } from '../reports/addresses.ts'

export const startAll = defineCommand({
  flags: { ...starterFlags, ...lifecycleFlags },
  output: addressInfo,
  examples: [
    'mock-suite start-all',
    'mock-suite start-all --lanes 4 --seed random',
    'mock-suite start-all --ports auto --json',
    'mock-suite start-all --detach',
  ],
  run: async ({ flags, terminal }) => (await import('../kit/run-suite.ts')).runSuite(undefined, flags, terminal),
})
