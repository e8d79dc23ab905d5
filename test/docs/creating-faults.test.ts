import { afterAll, beforeAll, expect, test } from 'vitest'
import { follow, type Guide, PATIENCE } from './guide.ts'

let guide: Guide

beforeAll(() => {
  guide = follow('docs/creating-faults.md')
})

afterAll(() => guide.remove())

test('the page has three faults, their lines in the index, and a test', () => {
  expect(guide.paths).toEqual([
    'scenarios/kit/faults/maintenance.ts',
    'scenarios/kit/faults/index.ts',
    'scenarios/kit/faults/hiccup.ts',
    'scenarios/kit/faults/fatigue.ts',
    'test/scenarios/faults/fatigue.test.ts',
  ])
})

test('the faults of docs/creating-faults.md compile', { timeout: PATIENCE }, async () => {
  expect(await guide.compile()).toEqual([])
})

test('their test passes', { timeout: PATIENCE }, async () => {
  const { output, good } = await guide.run('vitest', ['run', 'test/scenarios/faults/fatigue.test.ts', '--reporter=verbose'])
  expect(good, output).toBe(true)
  expect(output).toContain('after a rest')
})

test('the style is that of the house', { timeout: PATIENCE }, async () => {
  const { output, good } = await guide.run('biome', ['check', '--vcs-enabled=false', ...guide.paths])
  expect(good, output).toBe(true)
})
