import * as z from 'zod'
import { defineCommand } from '../kit/command.ts'
import { toggle, whole } from '../kit/flag.ts'
import { linesFrom } from '../kit/instance/lines.ts'
import { logOf } from '../kit/instance/log.ts'
import { DEFAULT_INSTANCE, instanceFlag } from '../kit/instance-flag.ts'

export const logs = defineCommand({
  flags: {
    instance: instanceFlag('of the one of this name'),
    lines: whole('the last so many', { value: 'N', min: 0, max: 1_000_000, initial: undefined, shown: 'all' }),
    follow: toggle('go on with what comes, until it has stopped; with --json one object a line', { short: 'f' }),
  },
  output: () =>
    z.union([
      z.strictObject({ instance: z.string(), log: z.string(), lines: z.array(z.string()) }),
      z.strictObject({ instance: z.string(), line: z.string() }).describe('A line each, with --follow'),
    ]),
  examples: ['mock-suite logs', 'mock-suite logs --instance ci --lines 50', 'mock-suite logs --follow'],
  async run({ flags, terminal }) {
    const name = flags.instance ?? DEFAULT_INSTANCE
    const { file, writer } = logOf(name)
    const { said, goingOn } = linesFrom(file, flags.follow ? writer?.state : undefined)
    const last = flags.lines === undefined ? said : said.slice(Math.max(0, said.length - flags.lines))
    if (flags.json && !flags.follow) terminal.print(terminal.json({ instance: name, log: file, lines: last }))
    const tell = (line: string) => terminal.print(flags.json ? terminal.json({ instance: name, line }) : line)
    if (flags.follow || !flags.json) for (const line of last) tell(line)
    if (flags.follow) for await (const line of goingOn(terminal.unread)) tell(line)
    return undefined
  },
})
