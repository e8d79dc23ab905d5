import * as z from 'zod'
import { didYouMean } from '../../contracts/kit/nearest.ts'
import { defineCommand } from '../kit/command.ts'
import published from '../kit/output.schema.json' with { type: 'json' }
import { UsageError } from '../kit/usage-error.ts'

export const schema = defineCommand({
  flags: {},
  output: () => z.strictObject({ schema: z.record(z.string(), z.unknown()).describe('A JSON Schema, draft 2020-12') }),
  args: [
    { name: 'command', summary: 'of which command, e.g. status or clock now; or error, or version; all of them when left out', optional: true, many: true },
  ],
  examples: ['mock-suite schema > mock-suite.schema.json', 'mock-suite schema clock now', 'mock-suite schema error --json | jq .schema'],
  configuration: 'none',
  run({ flags, args, terminal }) {
    const found = args.length === 0 ? published : { $schema: published.$schema, ...partOf(args) }
    terminal.print(flags.json ? terminal.json({ schema: found }) : JSON.stringify(found, undefined, 2))
    return undefined
  },
})

function partOf(words: readonly string[]): object {
  const parts: Readonly<Record<string, object>> = published.$defs
  const name = words.join('-')
  const part = Object.hasOwn(parts, name) ? parts[name] : undefined
  if (part !== undefined) return part
  const names = Object.keys(parts)
  throw new UsageError(`there is no schema ${JSON.stringify(name)}.${didYouMean(name, names) || ` There are ${names.join(', ')}.`}`)
}
