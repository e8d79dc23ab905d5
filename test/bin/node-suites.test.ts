import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { beforeAll, expect, test } from 'vitest'
import { root } from '../house/files.ts'
import { built } from './built.ts'
import { filesOf, installed } from './installed.ts'

beforeAll(built, 120_000)

const page = filesOf('docs/vitest.md')
const pageOf = (...beginnings: string[]) =>
  Object.fromEntries(Object.entries(page).filter(([name]) => beginnings.some((beginning) => name.startsWith(beginning))))

/** Nothing of the runner that runs this. */
const OWN = /^(?:VITEST|MOCK_SUITE|TEST$|NODE_ENV$|NODE_TEST)/
const clean = Object.fromEntries(Object.keys(process.env).flatMap((name) => (OWN.test(name) ? [[name, undefined]] : [])))

interface Told {
  name: string
  passed: boolean
  message: string
}

/** What Vitest says of every test of a project, run by three workers. */
async function vitest(home: string, env: NodeJS.ProcessEnv = {}): Promise<{ tests: Map<string, Told>; errors: string }> {
  const words = ['run', '--maxWorkers=3', '--reporter=json', '--outputFile=told.json']
  const { stderr } = await execa(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), ...words], {
    cwd: home,
    env: { ...clean, ...env },
    reject: false,
    timeout: 60_000,
  })
  const { testResults } = JSON.parse(readFileSync(join(home, 'told.json'), 'utf8')) as {
    testResults: { name: string; message: string; assertionResults: { title: string; status: string; failureMessages: string[] }[] }[]
  }
  const tests = testResults.flatMap(({ assertionResults }) =>
    assertionResults.map(({ title, status, failureMessages }): [string, Told] => [
      title,
      { name: title, passed: status === 'passed', message: failureMessages.join('\n') },
    ]),
  )
  return { tests: new Map(tests), errors: [stderr, ...testResults.map(({ message }) => message)].join('\n') }
}

/** Three files, each with a test that asks alert, waits until the others have asked too, and finds nothing but its own in the journal. */
const neighbours = Object.fromEntries(
  ['one', 'two', 'three'].map((name) => [
    `test/${name}.test.ts`,
    `import { existsSync, writeFileSync } from 'node:fs'
import { test } from 'mock-suite/vitest'
import { expect, vi } from 'vitest'

test('${name} is alone', async ({ lane }) => {
  await fetch(process.env.ALERT_SERVICE_URL + '/health?from=${name}')
  writeFileSync('here-${name}', '')
  await vi.waitUntil(() => ['one', 'two', 'three'].every((name) => existsSync('here-' + name)), 20_000)
  expect((await lane.journal()).map(({ request }) => request.target)).toEqual(['/health?from=${name}'])
}, 30_000)
`,
  ]),
)

const verdicts = `import { test } from 'mock-suite/vitest'
import { describe, expect } from 'vitest'

const post = (path: string, body: object) =>
  fetch(process.env.ALERT_SERVICE_URL + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-internal-api-key': process.env.INTERNAL_API_KEY ?? '' },
    body: JSON.stringify(body),
  })

test('a body that breaks the contract', async () => {})
test('breaks the contract', async ({ lane }) => {
  expect(lane.services).toContain('alert')
  await post('/api/v1/alerts', { user_id: 'user_123' })
})
test('asks what no fake has', async ({ lane }) => {
  await lane.fetch('alert', '/api/v1/alrts')
})
test('plays what is never met', async ({ lane }) => {
  await lane.play({ name: 'idle', story: 'Nobody asks.', rules: [{ when: { service: 'config' }, inject: [{ fault: 'reset' }] }] })
})
test('fails by itself', async ({ lane }) => {
  await post('/api/v1/alerts', {})
  expect(lane.index).toBe(99)
})
test('was not to blame for the one before', async ({ lane }) => {
  expect((await lane.verify()).passed).toBe(true)
})
describe('allowed', () => {
  test.override({ mockSuite: { allow: ['violation:alert'] } })
  test('errs on purpose', async ({ lane }) => {
    expect((await post('/api/v1/alerts', { from: lane.index })).status).toBe(422)
  })
})
describe('unjudged', () => {
  test.override({ mockSuite: { verify: false } })
  test('is let alone', async ({ lane }) => {
    await lane.fetch('alert', '/api/v1/alrts')
  })
})
describe('at once', () => {
  test.concurrent('first', async ({ lane }) => {
    await lane.fetch('alert', '/health')
  })
  test.concurrent('second', async ({ lane }) => {
    await lane.fetch('alert', '/health')
  })
})
`

test('what docs/vitest.md writes passes in three workers, files that run at once are alone in their lanes, and a misused neighbour fails a test with the reason', async () => {
  const { tests, errors } = await vitest(installed({ ...pageOf('vitest.config.ts', 'src/', 'test/'), ...neighbours, 'test/verdicts.test.ts': verdicts }))
  const message = (name: string) => tests.get(name)?.message ?? errors
  const failed = [...tests.values()].filter(({ passed }) => !passed).map(({ name }) => name)
  expect(failed, errors + [...tests.values()].map((one) => one.message).join('\n')).toEqual([
    'breaks the contract',
    'asks what no fake has',
    'plays what is never met',
    'fails by itself',
    'second',
  ])
  expect(tests.size).toBe(21)

  expect(message('breaks the contract')).toContain('✗ violation: alert.createAlert')
  expect(message('breaks the contract')).toContain('- /alert_type  is missing')
  expect(message('breaks the contract')).toContain("lane.allow('violation:alert.createAlert')")
  expect(message('asks what no fake has')).toContain('✗ unmatched:')
  expect(message('asks what no fake has')).toContain('/api/v1/alerts')
  expect(message('plays what is never met')).toContain('✗ rule-never-met:')
  expect(message('fails by itself')).toContain('to be 99')
  expect(message('fails by itself')).toContain('✗ violation: alert.createAlert')
  expect(message('second')).toContain('this test and "first" run at once, and would share one lane')
}, 90_000)

test('on one lane the same files get into each other’s way, and it is seen', async () => {
  const { tests } = await vitest(installed({ ...pageOf('vitest.config.ts'), ...neighbours }), { MOCK_SUITE_LANE: '0' })
  expect(tests.size).toBe(3)
  expect([...tests.values()].filter(({ passed }) => !passed).length).toBeGreaterThanOrEqual(2)
}, 90_000)

test('what docs/vitest.md writes for node:test passes there', async () => {
  const home = installed(pageOf('node-test/'))
  const { exitCode, stdout, stderr } = await execa(process.execPath, ['--test', 'node-test/'], { cwd: home, env: clean, reject: false, timeout: 60_000 })
  expect(exitCode, stdout + stderr).toBe(0)
  expect(stdout).toMatch(/pass 2\b/)
}, 90_000)

test('what docs/vitest.md writes compiles, against the types that a user gets', () => {
  const home = installed(pageOf('vitest.config.ts', 'src/', 'test/'))
  const doors = { client: 'mocks/client.ts', vitest: 'mocks/vitest.ts', 'in-process': 'mocks/in-process.ts', 'global-setup': 'bin/global-setup.ts' }
  const paths = Object.fromEntries(Object.entries(doors).map(([door, file]) => [`mock-suite/${door}`, [join(root, file)]]))
  const files = Object.keys(pageOf('vitest.config.ts', 'src/', 'test/'))
  writeFileSync(
    join(home, 'tsconfig.json'),
    JSON.stringify({ extends: join(root, 'tsconfig.json'), compilerOptions: { paths, typeRoots: [join(root, 'node_modules/@types')] }, include: [], files }),
  )
  expect(execFileSync(join(root, 'node_modules/.bin/tsc'), ['-p', home, '--pretty', 'false'], { encoding: 'utf8' })).toBe('')
}, 120_000)

test('CommonJS gets every door but that of worker-env, as Jest and Playwright load them', async () => {
  const home = installed({})
  const script = `for (const door of ['global-setup', 'global-teardown', 'client']) console.log(door, typeof (require('mock-suite/' + door).default ?? require('mock-suite/' + door).joinLane))`
  const { stdout } = await execa(process.execPath, ['--input-type=commonjs', '-e', script], { cwd: home, env: clean })
  expect(stdout).toBe('global-setup function\nglobal-teardown function\nclient function')
}, 60_000)
