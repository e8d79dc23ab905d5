import * as z from 'zod'
import { isBundle } from '../kit/bundle/is-bundle.ts'
import { defineCommand } from '../kit/command.ts'
import { replayFlags } from '../kit/replay-flags.ts'
import { UsageError } from '../kit/usage-error.ts'
import { addressInfo } from '../reports/addresses.ts'
import { redoneInfo } from '../reports/redone-info.ts'

export const replay = defineCommand({
  flags: replayFlags,
  output: () => z.union([redoneInfo().describe('Of a bundle'), addressInfo().describe('Of recordings, when it listens')]),
  args: [{ name: 'recording', names: 'file', summary: 'a bundle; or HAR files, of any tool, or folders of them', many: true }],
  examples: ['mock-suite replay bundle', 'mock-suite replay contracts/recordings/alert --service alert', 'mock-suite replay from-the-browser.har --ports auto'],
  async run({ flags, args, terminal }) {
    const bundle = args.find(isBundle)
    if (bundle === undefined) return (await import('../kit/run-replay.ts')).runReplay(args, flags, terminal)
    if (args.length > 1) throw new UsageError(`${bundle} is a bundle: it is done again by itself`)
    return (await import('../kit/bundle/replay-bundle.ts')).replayBundle(bundle, flags, terminal)
  },
})
