import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from '../house/files.ts'
import { type Block, read } from './markdown.ts'

/** How long the compiler and the tests may take together, in milliseconds. */
const PATIENCE = 240_000

const blocks = read('docs/adding-a-service.md').blocks.flatMap((block) => {
  const file = block.words.find((word) => word.startsWith('file='))?.slice('file='.length)
  return file === undefined ? [] : [{ ...block, path: file }]
})

let project: string

beforeAll(() => {
  project = realpathSync(mkdtempSync(join(tmpdir(), 'mock-suite-guide-')))
  for (const part of ['contracts', 'scenarios', 'mocks', 'bin', 'test', 'docs', 'package.json', 'tsconfig.json', 'vitest.config.ts']) {
    cpSync(join(root, part), join(project, part), { recursive: true })
  }
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'))
  for (const block of blocks) apply(block)
})

afterAll(() => rmSync(project, { recursive: true, force: true }))

test('the page has a contract, a mock, a test, and a line for each index', () => {
  expect(blocks.map(({ path }) => path)).toEqual([
    'contracts/ledger.ts',
    'mocks/ledger.ts',
    'contracts/services.ts',
    'mocks/services.ts',
    'test/services/ledger.test.ts',
  ])
})

test('the service of docs/adding-a-service.md compiles', { timeout: PATIENCE }, async () => {
  writeFileSync(join(project, '.tsconfig.guide.json'), JSON.stringify({ extends: './tsconfig.json', include: [], files: blocks.map(({ path }) => path) }))
  const { output } = await run('tsc', ['-p', '.tsconfig.guide.json', '--pretty', 'false'])
  expect(output.split('\n').filter((line) => line.includes('ledger') || /(?:contracts|mocks)\/services\.ts/.test(line))).toEqual([])
})

test('its own test passes, and so do the tests of the house', { timeout: PATIENCE }, async () => {
  const { output, good } = await run('vitest', ['run', 'test/services/ledger.test.ts', 'test/house/complete.test.ts', 'test/house/layers.test.ts'])
  expect(good, output).toBe(true)
  expect(output).toContain('test/services/ledger.test.ts')
})

test('its examples keep its contract, and generated requests do not bring it down', { timeout: PATIENCE }, async () => {
  const { output, good } = await run('vitest', [
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

test('the style is that of the house', async () => {
  cpSync(join(root, 'biome.json'), join(project, 'biome.json'))
  const { output, good } = await run('biome', ['check', '--vcs-enabled=false', ...blocks.map(({ path }) => path)])
  expect(good, output).toBe(true)
})

/** A block of TypeScript is the file; one of differences goes into it. */
function apply({ path, language, code, line }: Block & { path: string }): void {
  const file = join(project, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, language === 'diff' ? patched(readFileSync(file, 'utf8'), code, line) : code)
}

/** Puts each line that begins with `+` behind the line before it. */
function patched(text: string, difference: string, line: number): string {
  const lines = text.split('\n')
  let at = 0
  for (const [offset, change] of difference.trimEnd().split('\n').entries()) {
    if (change.startsWith('+')) lines.splice(at++, 0, change.slice(1))
    else {
      const found = lines.indexOf(change.slice(1), at)
      if (found === -1) throw new Error(`docs/adding-a-service.md:${line + offset}: there is no line ${JSON.stringify(change.slice(1))}`)
      at = found + 1
    }
  }
  return lines.join('\n')
}

function run(tool: string, words: readonly string[]): Promise<{ output: string; good: boolean }> {
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' }
  return new Promise((resolve) => {
    execFile(join(root, 'node_modules/.bin', tool), words, { cwd: project, env, timeout: PATIENCE, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      resolve({ output: stdout + stderr, good: error === null })
    })
  })
}
