import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { commands } from '../../bin/commands.ts'
import type { Command } from '../../bin/kit/command.ts'
import { parse } from '../../bin/kit/parse.ts'
import { built, PROGRAM } from '../bin/built.ts'
import { root } from '../house/files.ts'
import { code, expectPart, tableOf } from './generated.ts'
import { read } from './markdown.ts'
import { callsOf } from './shell.ts'

beforeAll(built, 120_000)

const { blocks } = read('docs/ci.md')
const recipes = blocks.filter(({ words }) => words.includes('recipe'))

test.each(recipes)(
  'the recipe at docs/ci.md:$line does its work',
  async ({ code }) => {
    const { exitCode, stdout, all } = await execa('sh', ['-eu', '-c', code], {
      cwd: project(),
      env: { PATH: withProgram(), GITHUB_ACTIONS: '' },
      all: true,
      reject: false,
      timeout: 60_000,
    })
    expect(exitCode, all).toBe(0)
    expect(stdout).toContain('1 passed')
  },
  60_000,
)

test('what the action takes and tells is on the page', () => {
  const { inputs, outputs } = parseYaml(readFileSync(join(root, 'action.yml'), 'utf8')) as Record<
    string,
    Record<string, { description: string; default?: string }>
  >
  const rows = (of: typeof inputs, what: string) =>
    Object.entries(of ?? {}).map(([name, { description, default: initial }]) => [code(name), what, description, code(initial)])
  expectPart('docs/ci.md', 'action', tableOf(['name', '', 'is', 'default'], [...rows(inputs, 'input'), ...rows(outputs, 'output')]))
})

test('there are recipes', () => {
  expect(recipes.length).toBeGreaterThan(3)
})

test('what is not run is well formed, and calls mock-suite as it wants to be called', async () => {
  for (const { code } of blocks.filter(({ language }) => language === 'yaml')) expect(parseYaml(code)).toBeTypeOf('object')
  const { run } = commands
  const command = (await run?.load()) as Command
  const calls = blocks.filter(({ language }) => ['yaml', 'groovy', 'make'].includes(language)).flatMap(callsOf)
  expect(calls.map(({ words: [first] }) => first)).toEqual(['run', 'verify', 'stop', 'run', 'run', 'run'])
  for (const { words } of calls.filter(({ words: [first] }) => first === 'run')) expect(parse(words.slice(1), command, {}).args.length).toBeGreaterThan(0)
})

/** A folder with the files that the page writes. */
function project(): string {
  const folder = temporary()
  for (const { words, code } of blocks) {
    const file = words.find((word) => word.startsWith('file='))?.slice('file='.length)
    if (file !== undefined) writeFileSync(join(folder, file), code)
  }
  return folder
}

/** A PATH on which `mock-suite` is the one that was built here. */
function withProgram(): string {
  const folder = temporary()
  writeFileSync(join(folder, 'mock-suite'), `#!/bin/sh\nexec '${process.execPath}' '${join(root, PROGRAM)}' "$@"\n`)
  chmodSync(join(folder, 'mock-suite'), 0o755)
  return `${folder}:${process.env.PATH}`
}

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mock-suite-recipe-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
