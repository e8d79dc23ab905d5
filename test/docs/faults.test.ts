import { expect, test } from 'vitest'
import * as z from 'zod'
import { type AnyFault, PLACES } from '../../scenarios/kit/fault.ts'
import { faults } from '../../scenarios/kit/faults/index.ts'
import { code, expectPart, tableOf } from './generated.ts'
import { type JsonSchema, typeOf } from './json-type.ts'
import { read } from './markdown.ts'

const page = 'docs/faults.md'
const catalogue = Object.entries(faults as Readonly<Record<string, AnyFault>>)
const STRUCK = { in: 'requests', out: 'callbacks' } as const
const REQUESTS: NonNullable<AnyFault['strikes']> = ['in']
const TOOLS = { toxiproxy: 'Toxiproxy', wiremock: 'WireMock', mockserver: 'MockServer', mountebank: 'mountebank', mockttp: 'mockttp' } as const

test('docs/faults.md tells what every fault does, where it stands, what it strikes and what it needs', () => {
  const rows = catalogue.map(([name, { summary, place, strikes = REQUESTS, needs }]) => [
    code(name),
    summary,
    place,
    strikes.map((direction) => STRUCK[direction]).join(', '),
    needs ?? '–',
  ])
  expectPart(page, 'catalogue', tableOf(['fault', 'what it does', 'place', 'strikes', 'needs'], rows))
})

test('docs/faults.md tells every option of every fault', () => {
  const rows = catalogue.flatMap(([name, { options }]) => {
    const { properties = {}, required = [] } = z.toJSONSchema(z.object(options()), { io: 'input' }) as JsonSchema
    return Object.entries(properties).map(([option, schema]) => [
      code(name),
      code(option),
      typeOf(schema),
      required.includes(option) ? 'yes' : 'no',
      schema.description ?? '',
    ])
  })
  expectPart(page, 'options', tableOf(['fault', 'option', 'type', 'needed', 'what it says'], rows))
})

test('docs/faults.md tells what other tools call each fault', () => {
  const tools = Object.keys(TOOLS) as (keyof typeof TOOLS)[]
  const rows = catalogue
    .filter(([, { knownAs = {} }]) => Object.keys(knownAs).length > 0)
    .map(([name, { knownAs = {} }]) => [code(name), ...tools.map((tool) => code(knownAs[tool]))])
  expectPart(page, 'elsewhere', tableOf(['fault', ...Object.values(TOOLS)], rows))
})

test('docs/faults.md explains every place, from the outside in', () => {
  const explained = read(page).prose.flatMap((line) => /^\| `(\w+)` \| \d \|/.exec(line)?.[1] ?? [])
  expect(explained).toEqual([...PLACES])
})
