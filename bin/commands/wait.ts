import * as z from 'zod'
import { defineCommand } from '../kit/command.ts'
import { durationFlag } from '../kit/duration-flag.ts'
import { remoteFlags } from '../kit/remote.ts'
import { waitForSuite } from '../kit/wait-for-suite.ts'

const { url, instance, token, portOffset } = remoteFlags

export const wait = defineCommand({
  flags: { url, instance, token, portOffset, timeout: durationFlag('how long', { initial: '30s' }) },
  output: () => z.strictObject({ url: z.string(), services: z.array(z.strictObject({ service: z.string(), lane: z.int(), url: z.string().nullable() })) }),
  args: [{ name: 'service', names: 'service', summary: 'fakes that must answer; all of them when none is named', many: true, optional: true }],
  examples: ['mock-suite wait', 'mock-suite wait alert config --timeout 10s', 'mock-suite wait --url http://mock-suite:8070'],
  async run({ flags, args, terminal }) {
    const ready = await waitForSuite(args, flags)
    if (flags.json) terminal.print(terminal.json(ready))
    else
      terminal.tell(
        `mock-suite: ready at ${ready.url}: ${ready.services.map(({ service, lane }) => (lane === 0 ? service : `${service} (lane ${lane})`)).join(', ')}`,
      )
    return undefined
  },
})
