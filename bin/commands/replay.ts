import { defineCommand } from '../kit/command.ts'
import { replayFlags } from '../kit/replay-flags.ts'

export const replay = defineCommand({
  flags: replayFlags,
  args: [{ name: 'recording', summary: 'HAR files, of any tool, or folders of them', many: true }],
  examples: ['mock-suite replay contracts/recordings/alert --service alert', 'mock-suite replay from-the-browser.har --ports auto'],
  run: async ({ flags, args, terminal }) => (await import('../kit/run-replay.ts')).runReplay(args, flags, terminal),
})
