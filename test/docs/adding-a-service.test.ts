import { afterAll, beforeAll, expect, test } from 'vitest'
import { follow, type Guide, PATIENCE } from './guide.ts'

let guide: Guide

beforeAll(() => {
  guide = follow('docs/adding-a-service.md')
})

afterAll(() => guide.remove())

test('the page has a contract, a mock, a test, and a line for each index', () => {
  expect(guide.paths).toEqual(['contracts/ledger.ts', 'mocks/ledger.ts', 'contracts/services.ts', 'mocks/services.ts', 'test/services/ledger.test.ts'])
})

test('the service of docs/adding-a-service.md compiles', { timeout: PATIENCE }, async () => {
  expect(await guide.compile()).toEqual([])
})

test('its own test passes, and so do the tests of the house', { timeout: PATIENCE }, async () => {
  const { output, good } = await guide.run('vitest', ['run', 'test/services/ledger.test.ts', 'test/house/complete.test.ts', 'test/house/layers.test.ts'])
  expect(good, output).toBe(true)
  expect(output).toContain('test/services/ledger.test.ts')
})

test('its examples keep its contract, and generated requests do not bring it down', { timeout: PATIENCE }, async () => {
  const { output, good } = await guide.run('vitest', [
    'run',
    'test/contracts/contracts.test.ts',
    'test/services/properties.test.ts',
    '--testNamePattern',
    'ledger',
    '--reporter=verbose',
  ])
  expect(good, output).toBe(true)
  expect(output).toContain('ledger.getBalance')
})

test('the style is that of the house', { timeout: PATIENCE }, async () => {
  const { output, good } = await guide.run('biome', ['check', '--vcs-enabled=false', ...guide.paths])
  expect(good, output).toBe(true)
})
