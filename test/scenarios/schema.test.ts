import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { faults } from '../../scenarios/kit/faults/index.ts'
import { scenario } from '../../scenarios/kit/scenario.ts'
import { files, root } from '../house/files.ts'

const file = 'scenarios/kit/scenario.schema.json'
const SCHEMA_LINE = /^# yaml-language-server: \$schema=(\S+)\n/

/** What editors read. `starts_with` is no format that they know, and the pattern beside it says the same. */
const schema = z.toJSONSchema(scenario(), {
  io: 'input',
  override({ jsonSchema }) {
    if (jsonSchema.format === 'starts_with') delete jsonSchema.format
  },
}) as Schema

interface Schema {
  const?: string
  description?: string
  properties?: Record<string, Schema>
  items?: Schema
  oneOf?: Schema[]
  additionalProperties?: unknown
}

const branches = schema.properties?.rules?.items?.properties?.inject?.items?.oneOf ?? []

test(`${file} is the language as the code reads it`, () => {
  const wanted = `${JSON.stringify(schema, null, 2)}\n`
  if (process.env.UPDATE_DOCS) writeFileSync(join(root, file), wanted)
  expect(readFileSync(join(root, file), 'utf8') === wanted, `${file} is stale: run UPDATE_DOCS=1 npx vitest run test/scenarios/schema.test.ts`).toBe(true)
})

test('an editor offers every fault of the catalogue, each with what it does', () => {
  const offered = branches.map(({ properties }) => [properties?.fault?.const, properties?.fault?.description])
  expect(offered).toEqual(Object.entries(faults).map(([name, { summary }]) => [name, summary]))
})

test('an editor tells what each option of each fault means, and refuses others', () => {
  expect(branches.length).toBe(Object.keys(faults).length)
  for (const { properties = {}, additionalProperties } of branches) {
    const name = properties.fault?.const
    expect(additionalProperties, name).toBe(false)
    for (const [option, { description }] of Object.entries(properties)) expect(description, `${name} tells what ${option} means`).toBeTruthy()
  }
})

test('an editor tells what each condition and each member of a scenario means', () => {
  const { properties: rule = {} } = schema.properties?.rules?.items ?? {}
  for (const part of [rule.when, rule.during]) {
    const untold = Object.entries(part?.properties ?? {}).filter(([, { description }]) => !description)
    expect(untold.map(([member]) => member)).toEqual([])
  }
  expect(rule.chance?.description).toContain('drawn from the seed')
})

test('every scenario of the library tells editors where the language is', () => {
  const library = files('scenarios').filter((path) => path.endsWith('.yaml'))
  const lost = library.filter((path) => {
    const told = SCHEMA_LINE.exec(readFileSync(join(root, path), 'utf8'))?.[1]
    return told === undefined || !existsSync(join(root, dirname(path), told))
  })
  expect(lost).toEqual([])
})
