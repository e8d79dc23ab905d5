import { expect, test } from 'vitest'
import * as z from 'zod'
import type { Contract } from '../../contracts/kit/contract.ts'
import { contracts } from '../../contracts/services.ts'
import { readScenario } from '../../scenarios/kit/load.ts'
import { scenario } from '../../scenarios/kit/scenario.ts'
import { code, expectPart, tableOf } from './generated.ts'
import { type JsonSchema, typeOf } from './json-type.ts'
import { type Block, pages, read } from './markdown.ts'

const page = 'docs/writing-scenarios.md'
const stage = { contracts: Object.values(contracts) as Contract[] }
const written = pages.flatMap((file) => read(file).blocks).filter(({ language, code }) => language === 'yaml' && /^name: /m.test(code))
/** Those with a file's name are written out and played by who tests their page, beside the services that they are about. */
const standing = written.filter(({ words }) => !words.some((word) => word.startsWith('file=')))
const refused = written.filter(({ words }) => words.some((word) => word.startsWith('refused=')))

const language = z.toJSONSchema(scenario(), { io: 'input' }) as JsonSchema
const rule = itemOf(language.properties?.rules)
const when = rule?.properties?.when
const expected = when?.properties?.body?.additionalProperties?.anyOf?.find(({ properties }) => properties !== undefined)

test.each([
  ['scenario', language],
  ['rule', rule],
  ['when', when],
  ['expected', expected],
  ['during', rule?.properties?.during],
  ['phase', itemOf(language.properties?.phases)],
])(`${page} tells every key of %s as the schema has it`, (part, schema) => {
  const { properties = {}, required = [] } = schema ?? {}
  const rows = Object.entries(properties).map(([key, member]) => [
    code(key),
    told(key, member),
    required.includes(key) ? 'yes' : 'no',
    member.description ?? '',
  ])
  expect(rows.length).toBeGreaterThan(2)
  expectPart(page, part, tableOf(['key', 'value', 'needed', 'what it says'], rows))
})

test('every key has a sentence', () => {
  const keys = [language, rule, when, rule?.properties?.during, itemOf(language.properties?.phases)].flatMap((schema) =>
    Object.entries(schema?.properties ?? {}),
  )
  expect(keys.length).toBeGreaterThan(20)
  expect(keys.filter(([, { description }]) => !description).map(([key]) => key)).toEqual([])
})

test.each(standing.filter((block) => !refused.includes(block)).map((block) => ({ ...block, where: `${block.file}:${block.line}` })))(
  'the scenario at $where is one that plays',
  ({ code, where }) => {
    expect(readScenario(code, where, stage).rules ?? readScenario(code, where, stage).phases).not.toEqual([])
  },
)

test.each(['names', 'grammar'])(`what ${page} shows of a refusal (%s) is what the loader says`, (part) => {
  const block = refused.find(({ words }) => words.includes(`refused=${part}`)) as Block
  expectPart(page, part, ['```text', ...refusal(block).split('\n'), '```'])
})

function refusal({ code }: Block): string {
  try {
    readScenario(code, 'typos.yaml', stage)
  } catch (error) {
    return (error as Error).message
  }
  throw new Error('it was not refused')
}

function itemOf(list: JsonSchema | undefined): JsonSchema | undefined {
  return list?.items
}

/** What is told in a table of its own is only named. */
function told(key: string, schema: JsonSchema): string {
  if (['rules', 'phases', 'inject'].includes(key)) return `list of ${key === 'inject' ? 'faults' : key}`
  if (key === 'until') return '`{ requests: 20 }`'
  return ['when', 'during', 'query', 'headers', 'body'].includes(key) ? 'object' : typeOf(schema)
}
