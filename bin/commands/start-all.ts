import { defineCommand } from '../kit/command.ts'
import { starterFlags } from '../kit/starter.ts'

export const startAll = defineCommand({
  flags: starterFlags,
  examples: ['mock-suite start-all', 'mock-suite start-all --lanes 4 --seed random', 'mock-suite start-all --ports auto --json'],
  run: async ({ flags, terminal }) => (await import('../kit/run-suite.ts')).runSuite(undefined, flags, terminal),
})
