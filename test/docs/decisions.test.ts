import { expect, test } from 'vitest'
import type * as z from 'zod'
import { defineContract, fastapi, get } from '../../contracts/index.ts'
import { defineMock, suiteOf, table } from '../../mocks/index.ts'
import { world } from '../../mocks/world/index.ts'
import { files } from '../house/files.ts'
import { read } from './markdown.ts'

const folder = 'docs/decisions'
const decisions = files(folder).filter((file) => /\/\d{4}-[\w-]+\.md$/.test(file))

test('decisions are numbered without a gap, and each stands in the list', () => {
  const numbers = decisions.map((file) => Number(file.slice(folder.length + 1, folder.length + 5))).toSorted((a, b) => a - b)
  const listed = read(`${folder}/README.md`).prose.flatMap((line) => /\]\((\d{4}-[\w-]+\.md)\)/.exec(line)?.[1] ?? [])
  expect(numbers).toEqual(numbers.map((_, at) => at + 1))
  expect(listed.map((name) => `${folder}/${name}`).toSorted()).toEqual(decisions.toSorted())
})

test.each(decisions)('%s tells the context, the decision and what follows', (file) => {
  const text = read(file).prose.join('\n')
  for (const part of ['**Context.**', '**Decision.**', '**Consequence.**']) expect(text).toContain(part)
})

test('0003: a suite opens its ports without having built a schema', async () => {
  await using suite = await suiteOf({ mocks: { untouched }, world })({ ports: 'auto' })
  expect(suite.services).toEqual(['untouched'])
})

function neverBuilt(): never {
  throw new Error('nobody has asked for it yet')
}

const untouched = defineMock(
  defineContract({
    service: 'untouched',
    title: 'Untouched service',
    port: 8123,
    host: 'untouched-service',
    env: {},
    errors: fastapi({ version: '0.115.0' }),
    operations: { never: get('/', neverBuilt) },
  }),
)({
  tables: { rows: table(neverBuilt as () => z.ZodType<{ id: string }>, { key: 'id' }) },
  operations: { never: neverBuilt },
})
