import * as z from 'zod'
import { commands } from '../../bin/commands.ts'
import { type Command, type Group, isGroup } from '../../bin/kit/command.ts'

/** Where what `--json` prints is published. */
export const OUTPUT_SCHEMA = 'bin/kit/output.schema.json'

type Schema = Record<string, unknown>

/** Every command by its words, those under a word too. */
export async function allCommands(group: Group = { commands }, before = ''): Promise<[words: string, command: Command][]> {
  const found = await Promise.all(
    Object.entries(group.commands)
      .filter(([, { hidden }]) => hidden !== true)
      .map(async ([word, { load }]): Promise<[string, Command][]> => {
        const one = await load()
        return isGroup(one) ? allCommands(one, `${before}${word} `) : [[`${before}${word}`, one]]
      }),
  )
  return found.flat()
}

/** `clock now` is `clock-now` in the file. */
export const defOf = (words: string): string => words.replaceAll(' ', '-')

/** One schema for all that `--json` prints, as the commands declare it. */
export async function outputSchema(): Promise<Schema> {
  const own: [string, string, z.ZodType][] = (await allCommands()).map(([words, { output }]) => [defOf(words), `mock-suite ${words} --json`, output()])
  const all = [...own, ...general()].map(([name, title, schema]) => [name, { title, ...versioned(z.toJSONSchema(schema, { override: plain })) }] as const)
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'What mock-suite prints with --json',
    anyOf: all.map(([name]) => ({ $ref: `#/$defs/${name}` })),
    $defs: Object.fromEntries(all),
  }
}

/** What any command may print, and what none does. */
function general(): [string, string, z.ZodType][] {
  return [
    [
      'error',
      'Any command with --json, when it could not do what was asked',
      z.strictObject({ error: z.strictObject({ code: z.string().describe('See docs/errors.md'), message: z.string() }) }),
    ],
    ['version', 'mock-suite --version --json', z.strictObject({ version: z.string() })],
  ]
}

/** That nobody may change a list is nothing to somebody who reads it. */
function plain({ jsonSchema }: { jsonSchema: Schema }): void {
  delete jsonSchema.readOnly
}

/** Every object that is printed says of which version its shape is. */
function versioned({ $schema: _, ...schema }: Schema): Schema {
  if (Array.isArray(schema.anyOf)) return { ...schema, anyOf: schema.anyOf.map(versioned) }
  const { properties, required = [], ...rest } = schema as { properties: Schema; required?: string[] }
  return { ...rest, properties: { schemaVersion: { const: 1 }, ...properties }, required: ['schemaVersion', ...required] }
}
