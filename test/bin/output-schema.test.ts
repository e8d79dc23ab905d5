import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { code, expectPart, tableOf } from '../docs/generated.ts'
import { files, root } from '../house/files.ts'
import { allCommands, defOf, OUTPUT_SCHEMA, outputSchema } from './output-schema.ts'
import { mockSuite } from './recorder.ts'

test(`${OUTPUT_SCHEMA} is what the commands declare`, async () => {
  const wanted = `${JSON.stringify(await outputSchema(), null, 2)}\n`
  if (process.env.UPDATE_DOCS) writeFileSync(join(root, OUTPUT_SCHEMA), wanted)
  expect(readFileSync(join(root, OUTPUT_SCHEMA), 'utf8') === wanted, `${OUTPUT_SCHEMA} is stale: run UPDATE_DOCS=1 npx vitest run test/bin`).toBe(true)
})

test('it is a JSON Schema, and names every command', async () => {
  const schema = JSON.parse(readFileSync(join(root, OUTPUT_SCHEMA), 'utf8')) as { $defs: Record<string, object> }
  expect(() => new Ajv2020({ validateFormats: false }).compile(schema)).not.toThrow()
  expect(Object.keys(schema.$defs)).toEqual([...(await allCommands()).map(([words]) => defOf(words)), 'error', 'version'])
})

test('every command declares what --json prints', async () => {
  const silent = (await allCommands()).filter(([, { output }]) => typeof output !== 'function')
  expect(silent.map(([words]) => words)).toEqual([])
})

test('docs/cli.md names the schema of each command, and its shapes', async () => {
  const { $defs } = (await outputSchema()) as { $defs: Record<string, { title: string; anyOf?: { description?: string }[] }> }
  const rows = Object.entries($defs).map(([name, { title, anyOf = [] }]) => {
    return [title.replace(/^mock-suite .*$/, code), code(`#/$defs/${name}`), anyOf.flatMap(({ description }) => description ?? []).join('; ')]
  })
  expectPart('docs/cli.md', 'json', tableOf(['printed by', 'schema', 'shapes of its own'], rows))
})

test('nothing is made into JSON past the compiler: a terminal takes what its command declares', () => {
  const users = files('bin')
    .filter((file) => file.endsWith('.ts') && readFileSync(join(root, file), 'utf8').includes("reports/json.ts'"))
    .sort()
  expect(users).toEqual(['bin/kit/run/judge.ts', 'bin/kit/terminal.ts'])
})

test('no schema is built where nobody asks for one', async () => {
  const built: string[] = []
  for (const [words, command] of await allCommands()) {
    const { output } = command
    command.output = () => {
      built.push(words)
      return output()
    }
  }
  await mockSuite(['scenario', 'list', '--json'])
  await mockSuite(['contracts', 'list'])
  expect(built).toEqual([])
})

test('mock-suite schema prints the published file, or the part of one command', async () => {
  const published = JSON.parse(readFileSync(join(root, OUTPUT_SCHEMA), 'utf8')) as { $defs: Record<string, object> }
  expect(JSON.parse((await mockSuite(['schema'])).out)).toEqual(published)
  expect(JSON.parse((await mockSuite(['schema', 'clock', 'now'])).out)).toEqual({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    ...published.$defs['clock-now'],
  })
  expect((await mockSuite(['schema', 'error', '--json'])).json()).toMatchObject({ schemaVersion: 1, schema: published.$defs.error as object })
})

test('mock-suite schema knows which command was meant', async () => {
  const { code, err } = await mockSuite(['schema', 'clock', 'nwo'])
  expect(code).toBe(2)
  expect(err).toContain('there is no schema "clock-nwo". Did you mean "clock-now"?')
})
