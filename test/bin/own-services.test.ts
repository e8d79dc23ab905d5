import { execFileSync } from 'node:child_process'
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { root } from '../house/files.ts'
import { built } from './built.ts'
import { run, type Started, serve } from './process.ts'
import { pageFiles, project, team } from './team.ts'

beforeAll(built, 120_000)

const HEADERS = { 'x-internal-api-key': 'mock-internal-key-7c3e5a9d1f60', 'content-type': 'application/json' }

async function serving(words: readonly string[], home: string): Promise<Started> {
  const started = await serve([...words, '--ports', 'auto'], {}, home)
  onTestFinished(async () => {
    started.process.kill('SIGTERM')
    await started.process
  })
  return started
}

async function said(words: readonly string[], home: string): Promise<Record<string, unknown>> {
  const { stdout, stderr, exitCode } = await run([...words, '--json'], {}, home)
  if (stdout === '') throw new Error(stderr)
  return { code: exitCode, ...(JSON.parse(stdout) as object) }
}

test('what docs/your-own-services.md writes compiles, against the types that a user gets', () => {
  const home = team()
  const paths = { 'mock-suite': [join(root, 'mocks/index.ts')], 'mock-suite/contracts': [join(root, 'contracts/index.ts')] }
  symlinkSync(join(root, 'node_modules/@types'), join(home, 'node_modules/@types'))
  const files = Object.keys(pageFiles()).filter((file) => file.endsWith('.ts'))
  writeFileSync(join(home, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(home, 'tsconfig.json'), JSON.stringify({ extends: join(root, 'tsconfig.json'), compilerOptions: { paths }, include: [], files }))
  expect(files).toContain('mock-suite.config.ts')
  expect(execFileSync(join(root, 'node_modules/.bin/tsc'), ['-p', home, '--pretty', 'false'], { encoding: 'utf8' })).toBe('')
}, 180_000)

test('a service of one’s own stands beside ours in a suite that runs, and in every command about it', async () => {
  const home = team()
  const { services, control } = await serving(['start-all'], home)
  expect(Object.keys(services)).toEqual(expect.arrayContaining(['alert', 'config', 'ledger']))
  const book = (body: object) => fetch(`${services.ledger}/bookings`, { method: 'POST', headers: HEADERS, body: JSON.stringify(body) })
  const booked = await book({ user_id: 'user_123', amount: '250' })
  expect(booked.status).toBe(201)
  expect(await booked.json()).toMatchObject({ amount: 250, booking_id: expect.stringMatching(/^booking_/) })
  expect((await book({ user_id: 'nobody', amount: 1 })).status).toBe(404)

  const refused = await book({ amount: 'much' })
  expect(refused.status).toBe(422)
  expect(await refused.json()).toMatchObject({ detail: [{ type: 'missing', loc: ['body', 'user_id'] }, { type: 'float_parsing' }] })
  expect((await fetch(`${services.ledger}/bookings/x`)).status).toBe(401)

  const there = ['--url', control]
  expect((await run(['scenario', 'play', 'ledger-down', ...there], {}, home)).exitCode).toBe(0)
  expect((await fetch(`${services.ledger}/health`)).status).toBe(503)
  // By name, through the control API alone: the suite itself knows the folder.
  const played = await fetch(`${control}/v1/playing`, { method: 'POST', body: '{"name":"ledger-down"}', headers: { 'content-type': 'application/json' } })
  expect(played.status).toBe(201)

  expect(await said(['journal', '--service', 'ledger', ...there], home)).toMatchObject({
    entries: expect.arrayContaining([expect.objectContaining({ operation: 'book' })]),
  })
  expect(await said(['world', 'show', 'ledger.bookings', ...there], home)).toMatchObject({ total: 1 })
  expect(await said(['coverage', '--service', 'ledger', ...there], home)).toMatchObject({
    operations: expect.arrayContaining([expect.objectContaining({ service: 'ledger', operation: 'book' })]),
  })
  expect(await said(['env', ...there], home)).toMatchObject({ env: { LEDGER_SERVICE_URL: services.ledger } })
}, 60_000)

test('commands that need no suite know it too', async () => {
  const home = team()
  expect((await run(['contracts', 'show', 'ledger', 'book'], {}, home)).stdout).toContain('POST /bookings')
  const { openapi } = await said(['contracts', 'openapi', 'ledger'], home)
  expect(openapi).toMatchObject({ paths: { '/bookings': { post: { requestBody: expect.anything() } } } })
  expect((await run(['scenario', 'check', 'ledger-down'], {}, home)).exitCode).toBe(0)
  expect((await run(['plan', 'ledger-down'], {}, home)).exitCode).toBe(0)
  expect(await said(['env'], home)).toMatchObject({ source: 'plan', env: { LEDGER_SERVICE_URL: 'http://127.0.0.1:8777' } })
  expect((await run(['doctor'], {}, home)).stdout).toMatch(/✓ services +ledger: yours, beside 7 of ours/)
}, 60_000)

test('what the real service said is recorded, and held against one’s own contract and fake', async () => {
  const home = team()
  const real = await serving(['start', 'ledger'], home)
  const relay = await serve(['record', '--service', 'ledger', '--upstream', real.services.ledger as string, '--ports', 'auto'], {}, home)
  const booked = await fetch(`${relay.services.ledger}/bookings`, { method: 'POST', headers: HEADERS, body: '{"user_id":"user_123","amount":2}' })
  expect(booked.status).toBe(201)
  relay.process.kill('SIGTERM')
  expect((await relay.process).exitCode).toBe(0)
  const drift = await said(['drift', '--service', 'ledger'], home)
  expect(drift).toMatchObject({ code: 0, findings: [], recordings: [{ file: expect.stringContaining('recordings/ledger/') }] })
  expect(drift.coverage).toContainEqual(expect.objectContaining({ service: 'ledger', operation: 'book', state: 'proven' }))
  expect((await run(['trust', 'ledger'], {}, home)).exitCode).toBe(0)
}, 60_000)

test('what is installed beside the file is what it imports; where nothing is, the program lends its own', async () => {
  const config = 'import { table } from "mock-suite"\nif (table === undefined) throw new Error("no table")\nexport default { lanes: 2 }\n'
  for (const home of [team(['zod', 'mock-suite']), project({})]) {
    writeFileSync(join(home, 'mock-suite.config.ts'), config)
    expect(await said(['config'], home)).toMatchObject({ code: 0, file: 'mock-suite.config.ts' })
  }
})

test.each([
  ['mock-suite.config.mts', 'export default { lanes: await Promise.resolve(3) }'],
  ['mock-suite.config.mjs', 'export default { lanes: await Promise.resolve(3) }'],
  ['mock-suite.config.js', 'export default { lanes: 3 }'],
  ['mock-suite.config.js', 'module.exports = { lanes: 3 }'],
  ['mock-suite.config.cjs', 'module.exports = { lanes: 3 }'],
  ['mock-suite.config.ts', 'const lanes: number = 3\nexport default { lanes } satisfies object'],
])('%s may say %s', async (name, text) => {
  const { settings } = await said(['config'], project({ [name]: text }))
  expect(settings).toContainEqual(expect.objectContaining({ name: 'lanes', value: 3, where: expect.stringMatching(new RegExp(`^${name}:[12]$`)) }))
})

test.each([
  ['throws', { 'mock-suite.config.ts': 'type A = string\n\nthrow new Error("no day")\nexport default {}' }, 'mock-suite.config.ts:3: no day'],
  ['does not compile', { 'mock-suite.config.ts': 'const a = 1\nexport default { a: , }' }, 'mock-suite.config.ts:2:20: Unexpected token'],
  ['exports nothing', { 'mock-suite.config.ts': 'export const lanes = 3' }, 'exports nothing by default; write export default defineConfig'],
  ['exports a number', { 'mock-suite.config.ts': 'export default 3' }, 'exports a number'],
  ['wants a package that is missing', { 'mock-suite.config.ts': '\nimport pad from "left-pad"\nexport default pad' }, 'Install left-pad where the file lies'],
  [
    'wants a file that is missing',
    { 'mock-suite.config.ts': '\nimport pad from "./pad.ts"\nexport default pad' },
    "mock-suite.config.ts:2: Cannot find module './pad.ts'",
  ],
  [
    'has a module that throws',
    { 'mock-suite.config.ts': 'import "./a.ts"\nexport default {}', 'a.ts': '\n\nnull.x' },
    'a.ts:3: Cannot read properties of null',
  ],
  [
    'says what no flag takes',
    { 'mock-suite.config.ts': 'export default {\n  seed: 7,\n  lanez: 3,\n}' },
    'mock-suite.config.ts:3: unknown name "lanez". Did you mean "lanes"?',
  ],
  ['gives what is no mock', { 'mock-suite.config.ts': 'export default { services: { a: {} } }' }, 'services.a: this is no mock; give what defineMock made'],
])('a file that %s is told with its line, and nothing starts', async (_, files, message) => {
  const { exitCode, stderr } = await run(['start-all', '--ports', 'auto'], {}, project(files))
  expect(stderr).toContain(message)
  expect(stderr).not.toContain('bug of mock-suite')
  expect(exitCode).toBe(2)
})

/** A mock that does nothing, under another address. */
const mock = (name: string, address: object) =>
  `{ contract: ${JSON.stringify({ service: name, title: name, port: 8777, host: name, env: {}, operations: {}, ...address })}, behaviour: { operations: {} } }`

test.each([
  [`{ ledger: ${mock('ledger', { port: 8085 })} }`, 'ledger beside alert: both listen on port 8085'],
  [`{ ledger: ${mock('ledger', { host: 'alert-service' })} }`, 'ledger beside alert: both are reached as alert-service'],
  [`{ ledger: ${mock('ledger', { env: { ALERT_SERVICE_URL: '' } })} }`, 'ledger beside alert: both say where they are in ALERT_SERVICE_URL'],
  [`{ ledger: ${mock('ledger', { port: 8070 })} }`, 'ledger beside control: both listen on port 8070'],
  [`{ one: ${mock('one', {})}, two: ${mock('two', {})} }`, 'one beside two: both listen on port 8777'],
  [`{ ledger: ${mock('legder', {})} }`, 'could not take ledger in: its contract calls it legder'],
])('services that cannot stand side by side are named: %#', async (services, message) => {
  const home = project({ 'mock-suite.config.mjs': `export default { services: ${services} }` })
  const { exitCode, stderr } = await run(['contracts', 'list'], {}, home)
  expect(stderr).toContain(message)
  expect(exitCode).toBe(2)
})

test('a service that is called like one of ours takes its place, and that is said', async () => {
  const home = team()
  const ours = readFileSync(join(home, 'contracts/ledger.ts'), 'utf8')
  writeFileSync(join(home, 'contracts/ledger.ts'), ours.replace("service: 'ledger'", "service: 'config'"))
  writeFileSync(join(home, 'mock-suite.config.ts'), "import { ledgerMock } from './mocks/ledger.ts'\nexport default { services: { config: ledgerMock } }\n")
  const { services, process } = await serving(['start', 'config'], home)
  expect(await (await fetch(`${services.config}/health`)).json()).toEqual({ status: 'healthy' })
  process.kill('SIGTERM')
  expect((await process).stderr).toContain('config is that of mock-suite.config.ts:2, instead of ours')
})
