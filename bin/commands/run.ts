import { defineCommand } from '../kit/command.ts'
import { runFlags } from '../kit/run/run-flags.ts'
import { runInfo } from '../kit/run/run-info.ts'

export const run = defineCommand({
  flags: runFlags,
  output: runInfo,
  args: [{ name: 'command', summary: 'what to run beside the fakes, e.g. pytest tests/integration', verbatim: true }],
  examples: [
    'mock-suite run --ports auto -- pytest tests/integration',
    'mock-suite run --ports auto --lanes 4 -- pytest -n 4',
    'mock-suite run --services alert,config --report junit=verify.xml -- npm test',
  ],
  run: async ({ flags, args, terminal }) => (await import('../kit/run/run-command.ts')).runCommand(args, flags, terminal),
})
