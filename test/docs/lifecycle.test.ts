import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { defineContract, fastapi, get } from '../../contracts/index.ts'
import { defineMock, suiteOf } from '../../mocks/index.ts'
import { world } from '../../mocks/world/index.ts'
import { root } from '../house/files.ts'
import { read } from './markdown.ts'

const page = 'docs/lifecycle.md'
const FILE = /\b(?:contracts|scenarios|mocks|bin|test)\/[\w./-]+\.ts\b/g
const [picture] = read(page).blocks

test('every file that docs/lifecycle.md names exists', () => {
  const named = readFileSync(join(root, page), 'utf8').match(FILE) ?? []
  expect(named.length).toBeGreaterThan(20)
  expect(named.filter((file) => !existsSync(join(root, file)))).toEqual([])
})

test('a request really passes through the files of the picture, in their order', async () => {
  await using suite = await startThrowing()
  await fetch(`${suite.url('throwing')}/`)
  const frames = (suite.journal.entries()[0]?.failure ?? '').match(FILE) ?? []
  const passed = [...new Set(frames.filter((file) => !file.startsWith('test/')).reverse())]
  const way = (picture?.code ?? '').split('\n').filter((line) => line.includes('▼'))
  const drawn = way.map((line) => line.match(FILE)?.[0])
  expect(drawn[0]).toBe('mocks/kit/transports/ports.ts')
  expect(passed).toEqual(drawn.slice(1, -1))
})

const throwing = defineContract({
  service: 'throwing',
  title: 'Throwing service',
  port: 8123,
  host: 'throwing-service',
  env: {},
  errors: fastapi({ version: '0.115.0' }),
  operations: {
    fail: get('/', () => ({
      summary: 'Shows the way that led to it.',
      responses: { 200: z.null() },
      evidence: 'test',
      source: 'docs/lifecycle.md',
      examples: {},
    })),
  },
})

function startThrowing() {
  const mock = defineMock(throwing)({
    operations: {
      fail() {
        Error.stackTraceLimit = 50
        throw new Error('this way')
      },
    },
  })
  return suiteOf({ mocks: { throwing: mock }, world })({ ports: 'auto', complain: () => {} })
}
