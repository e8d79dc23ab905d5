import * as z from 'zod'
import { defineCommand } from '../command.ts'
import { configuration } from '../configuration/held.ts'
import { toggle, whole } from '../flag.ts'
import { addressOf } from './address.ts'
import { houseAbove, houseChanges, portsWritten } from './house.ts'
import { namesOf } from './names.ts'
import { teamChanges } from './team.ts'
import { writeChanges } from './write-changes.ts'

/** In a repository of a team's own, or in ours. */
export const newService = defineCommand({
  flags: {
    port: whole('the port of the fake', { value: 'N', min: 1, max: 65_535, initial: undefined, shown: 'one that is free in every lane' }),
    dryRun: toggle('write nothing, and tell what would be written'),
  },
  output: () =>
    z.strictObject({
      service: z.string(),
      port: z.int(),
      host: z.string(),
      variable: z.string(),
      files: z.array(z.strictObject({ path: z.string(), what: z.enum(['created', 'changed']) })),
      /** Lines that go into a file which could not be changed safely; null where none is left to do. */
      byHand: z.strictObject({ path: z.string(), lines: z.array(z.string()), why: z.string() }).nullable(),
      /** Command lines to go on with. */
      next: z.array(z.string()),
      written: z.boolean(),
    }),
  args: [{ name: 'name', summary: 'what to call the service: words in lower case with hyphens between them, e.g. order-book' }],
  examples: ['mock-suite new service ledger', 'mock-suite new service order-book --port 8760', 'mock-suite new service ledger --dry-run'],
  async run({ flags, args: [name = ''], terminal }) {
    const house = houseAbove(process.cwd())
    const names = namesOf(name)
    const address = addressOf(names, flags.port, house === undefined ? [] : portsWritten(house))
    const draft = { ...names, ...address }
    const planned = house === undefined ? teamChanges(draft, configuration(), process.cwd()) : houseChanges(draft, house)
    const { files, byHand } = await writeChanges(planned, flags.dryRun)
    if (flags.json) terminal.print(terminal.json({ service: name, ...address, files, byHand, next: planned.next, written: !flags.dryRun }))
    else for (const { path, what } of files) terminal.print(`${what}  ${path}`)
    if (byHand !== null) terminal.warn(`mock-suite: ${byHand.path} is as it was: ${byHand.why}. Add\n${byHand.lines.map((line) => `  ${line}`).join('\n')}`)
    if (flags.dryRun) terminal.tell('nothing is written')
    else terminal.tell(`${name} listens on port ${address.port}. Go on with\n${planned.next.map((line) => `  ${line}`).join('\n')}`)
    return undefined
  },
})
