import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Copy, copyOfProject, PATIENCE } from '../docs/guide.ts'
import { built } from './built.ts'
import { run } from './process.ts'

let copy: Copy
let files: { path: string; what: string }[]

/** Two, the second before anything was built again: they must not meet. One of them has a name that its own files use. */
beforeAll(async () => {
  await built()
  copy = copyOfProject()
  const said = []
  for (const name of ['order-book', 'entry']) said.push(JSON.parse((await run(['new', 'service', name, '--json'], {}, copy.folder)).stdout))
  files = said.flatMap((one) => one.files)
}, 180_000)

afterAll(() => copy.remove())

const created = () => files.flatMap(({ path, what }) => (what === 'created' ? [path] : []))

test('in our own repository it is the files of the house, and a line in each index', () => {
  expect(files.filter(({ path }) => !path.includes('/entry'))).toEqual(
    expect.arrayContaining([
      { path: 'contracts/order-book.ts', what: 'created' },
      { path: 'mocks/order-book.ts', what: 'created' },
      { path: 'scenarios/order-book/order-book-down.yaml', what: 'created' },
      { path: 'test/services/order-book.test.ts', what: 'created' },
      { path: 'test/scenarios/library/order-book.test.ts', what: 'created' },
      { path: 'contracts/services.ts', what: 'changed' },
      { path: 'mocks/services.ts', what: 'changed' },
    ]),
  )
})

test('they compile', { timeout: PATIENCE }, async () => {
  expect(await copy.compile(created().filter((path) => path.endsWith('.ts')))).toEqual([])
})

test('their style is that of the house', { timeout: PATIENCE }, async () => {
  const paths = files.map(({ path }) => path).filter((path) => path.endsWith('.ts'))
  const { output, good } = await copy.run('biome', ['check', '--vcs-enabled=false', ...new Set(paths)])
  expect(good, output).toBe(true)
})

test('their own tests pass as they stand, and so do those of the house', { timeout: PATIENCE }, async () => {
  const own = created().filter((path) => path.endsWith('.test.ts'))
  const { output, good } = await copy.run('vitest', ['run', ...own, 'test/house', 'test/contracts/contracts.test.ts'])
  expect(good, output).toBe(true)
  for (const path of own) expect(output).toContain(path)
})

test('a fresh suite answers their examples, and generated requests do not bring them down', { timeout: PATIENCE }, async () => {
  const tests = ['test/services/examples.test.ts', 'test/services/properties.test.ts']
  const { output, good } = await copy.run('vitest', ['run', ...tests, '--testNamePattern', 'order-book|entry\\.', '--reporter=verbose'])
  expect(good, output).toBe(true)
  expect(output).toContain('order-book.createEntry')
})

test('a name that a kit speaks of is refused: no kit names a service', async () => {
  const { stderr, exitCode } = await run(['new', 'service', 'delete'], {}, copy.folder)
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringMatching(/delete: .*\/kit\/.*\.ts has that word/) })
})

test('from a folder within, it is the same repository', async () => {
  const { stdout } = await run(['new', 'service', 'ledger', '--dry-run'], {}, join(copy.folder, 'docs'))
  expect(stdout).toContain('created  ../contracts/ledger.ts')
})
