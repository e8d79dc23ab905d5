import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { beforeAll, expect, test } from 'vitest'
import type { Inbox } from '../../contracts/control.ts'
import type { RecordedExchange } from '../../contracts/kit/recording/exchange.ts'
import { harText } from '../../contracts/kit/recording/write-har.ts'
import { contracts } from '../../contracts/services.ts'
import { type Suite, startSuite } from '../../mocks/index.ts'
import { exchange, head } from '../contracts/recording.ts'
import { root } from '../house/files.ts'
import { built } from './built.ts'
import { folder } from './folder.ts'
import { machine } from './instance.ts'
import { allCommands, defOf, OUTPUT_SCHEMA } from './output-schema.ts'
import { run, serve } from './process.ts'
import { mockSuite } from './recorder.ts'

beforeAll(built, 120_000)

const published = JSON.parse(readFileSync(join(root, OUTPUT_SCHEMA), 'utf8')) as { $defs: Record<string, object> }
const ajv = new Ajv2020({ validateFormats: false, allErrors: true })

/** Holds everything that a command printed, a line at a time, against what is published of it. */
function expectPublished(words: string, out: string): void {
  const lines = out.split('\n').filter((line) => line !== '')
  expect(lines.length, `${words} prints something`).toBeGreaterThan(0)
  const validate = ajv.compile(published.$defs[defOf(words)] ?? {})
  for (const line of lines) expect({ line, errors: validate(JSON.parse(line)) ? [] : validate.errors }).toEqual({ line, errors: [] })
}

/** A command, the words that follow it, and the code with which it ends; null where that is up to the machine. */
type Situation = readonly [command: string, words: readonly string[], code?: number | null]

async function expectAll(situations: readonly Situation[], env: NodeJS.ProcessEnv = {}, cwd = folder()): Promise<string[]> {
  for (const [command, words, wanted = 0] of situations) {
    const { code, err, out } = await mockSuite([...command.split(' '), ...words, '--json'], env, cwd)
    expect({ command, words, code, err: code === 0 ? '' : err }).toEqual({ command, words, code: wanted ?? code, err: code === 0 ? '' : err })
    expectPublished(command, out)
  }
  return situations.map(([command]) => command)
}

const looked: string[] = []

/** A test that looks at what these commands print, and says afterwards at which it did. */
function about(commands: readonly string[], name: string, look: () => Promise<readonly string[]>): void {
  looked.push(...commands)
  test(`${name}: ${commands.join(', ')}`, async () => expect(new Set(await look())).toEqual(new Set(commands)), 60_000)
}

const headers = { 'x-internal-api-key': 'mock-internal-key-7c3e5a9d1f60', 'content-type': 'application/json' }

/** A suite on which a day has left its traces: what was refused, what went astray, what a scenario struck, mail. */
async function busySuite() {
  const suite = await startSuite({ services: ['alert', 'config', 'comms'], ports: 'auto', lanes: 2, control: true, clock: '2026-01-17T09:15:30Z' })
  await fetch(`${suite.url('config')}/api/v1/config/CACHE_TTL_SECONDS`, { headers })
  await fetch(`${suite.url('config')}/nowhere`)
  await fetch(`${suite.url('alert')}/api/v1/alerts`, { method: 'POST', headers, body: '{"alert_type":7}' })
  await fetch(`${suite.url('alert')}/api/v1/alerts`, { method: 'POST', headers, body: '{"alert_type":"signal","user_id":"user_123"}' })
  const mail = contracts.comms.operations.sendDocumentEmail.details().examples
  for (const { body } of Object.values(mail).slice(0, 1))
    await fetch(`${suite.url('comms')}/email/send`, { method: 'POST', headers, body: JSON.stringify(body) })
  suite.lane(0).clock.advance('1m')
  await suite.play('config-bad-value')
  await fetch(`${suite.url('config')}/api/v1/config/CACHE_TTL_SECONDS`, { headers })
  return suite
}

/** Which message a mail program is to open. */
async function mailIn(suite: Suite): Promise<string> {
  const { messages } = (await (await fetch(`${suite.control?.url}/v1/inbox`)).json()) as Inbox
  return messages[0]?.message_id ?? 'nothing was sent'
}

const ASKING = ['status', 'wait', 'env', 'journal', 'inbox', 'reset', 'verify', 'coverage', 'bundle', 'replay']
const GROUPS = ['clock now', 'clock advance', 'clock freeze', 'clock resume', 'world show', 'world set', 'scenario play', 'scenario playing', 'scenario stop']

about([...ASKING, ...GROUPS], 'what asks and changes a suite that runs', async () => {
  await using suite = await busySuite()
  const place = folder()
  return await expectAll(
    [
      ['status', []],
      ['wait', []],
      ['wait', ['alert']],
      ['env', []],
      ['journal', []],
      ['journal', ['--refused']],
      ['journal', ['--limit', '1', '--explain', '--verbose']],
      ['inbox', []],
      ['inbox', ['--eml', await mailIn(suite)]],
      ['clock now', []],
      ['clock advance', ['61s']],
      ['clock freeze', ['2026-03-01T00:00:00Z']],
      ['clock resume', []],
      ['world show', []],
      ['world show', ['users', '--limit', '2']],
      ['world show', ['settings', 'CACHE_TTL_SECONDS']],
      ['world set', ['settings', 'CACHE_TTL_SECONDS', 'value=60']],
      ['world set', ['settings', 'NEW_ONE', '{"key":"NEW_ONE","value":"1"}']],
      ['scenario play', ['alert-down']],
      ['scenario playing', []],
      ['scenario stop', ['alert-down']],
      ['scenario stop', ['--all']],
      ['scenario playing', []],
      ['verify', [], 1],
      ['verify', ['--lane', '1', '--since', 'reset'], null],
      ['verify', ['--allow', 'violation,unmatched', '--format', 'json'], null],
      ['coverage', []],
      ['coverage', ['--fail-under', '100'], 1],
      ['bundle', ['--out', join(place, 'bundle')]],
      ['replay', [join(place, 'bundle')]],
      ['reset', []],
      ['reset', ['--lane', '1']],
    ],
    { MOCK_SUITE_URL: suite.control?.url },
  )
})

test('what is answered about others while the journal is followed', async () => {
  const suite = await busySuite()
  const following = run(['journal', '--follow', '--json'], { MOCK_SUITE_URL: suite.control?.url })
  await once(following.stdout, 'data')
  await suite.stop()
  expectPublished('journal', (await following).stdout)
})

const READING = ['scenario list', 'scenario show', 'scenario check', 'plan', 'contracts list', 'contracts show', 'contracts openapi', 'contracts diff']
const WRITING = ['import openapi', 'import har', 'import wiremock', 'new service', 'config', 'schema', 'completion']

about([...READING, ...WRITING], 'what needs no suite', async () => {
  const own = folder()
  writeFileSync(join(own, 'mine.yaml'), 'name: mine\nstory: Mine.\nrules: []\n')
  const openapi = join(root, 'test/contracts/fixtures/openapi/pets.yaml')
  const mappings = join(own, 'ticker-service/mappings')
  mkdirSync(mappings, { recursive: true })
  writeFileSync(join(mappings, 'a.json'), '{"request":{"method":"GET","urlPath":"/prices"},"response":{"jsonBody":{"price":1}}}')
  const har = recordingIn(own, [exchange()])
  return await expectAll([
    ['scenario list', []],
    ['scenario show', ['alert-down']],
    ['scenario check', ['alert-down']],
    ['scenario check', ['alert-down', join(own, 'mine.yaml')], 2],
    ['plan', ['config-flapping', '--requests', '3']],
    ['contracts list', []],
    ['contracts show', ['alert']],
    ...Object.keys(contracts.config.operations).map((name): Situation => ['contracts show', ['config', name]]),
    ['contracts openapi', ['alert']],
    ['contracts diff', ['alert', 'alert']],
    ['contracts diff', ['alert', 'config'], 1],
    ['import openapi', [openapi]],
    ['import openapi', [openapi, '--out', join(own, 'pets/')]],
    ['import har', [har]],
    ['import wiremock', [join(own, 'ticker-service')]],
    ['import wiremock', [join(own, 'ticker-service'), '--out', join(own, 'out')]],
    ['new service', ['ledger', '--dry-run']],
    ['config', []],
    ['config', ['--explain', '--lanes', '8']],
    ['schema', []],
    ['schema', ['clock', 'now']],
    ['completion', ['bash']],
  ])
})

about(['doctor'], 'whatever is found', async () => {
  await expectAll([['doctor', ['--port-offset', '31000'], null]])
  const broken = folder()
  writeFileSync(join(broken, 'mock-suite.config.json'), '{"lanes":')
  return await expectAll([['doctor', ['--port-offset', '31000'], 1]], {}, broken)
})

about(['drift', 'trust'], 'what recordings say', async () => {
  const own = folder()
  const healthy = contracts.alert.operations.health.details().examples.healthy.reply.body
  const said = (at: string, body: object): RecordedExchange => ({
    ...exchange({ at: Date.parse(at), operation: 'health', version: at }),
    request: { method: 'GET', url: 'https://alert.example/health', headers: [], body: Buffer.alloc(0) },
    reply: { status: 200, headers: ['content-type', 'application/json'], body: Buffer.from(JSON.stringify(body)) },
  })
  const good = said('2026-10-01T09:00:00Z', healthy)
  recordingIn(own, [good, said('2026-11-15T09:00:00Z', { ...healthy, status: null })])
  const files = ['--now', '2026-11-22T00:00:00Z', '--recordings', own, '--accepted', join(own, 'accepted.yaml')]
  const id = 'alert.health 200 body /status null'
  writeFileSync(join(own, 'accepted.yaml'), '')
  return await expectAll([
    ['drift', files, 1],
    ['drift', [...files, '--propose'], 1],
    ['trust', ['alert', ...files], 1],
    ['drift', [...files, '--accept', id, '--reason', 'ALERT-123', '--until', '2026-12-31']],
    ['drift', files],
    ['trust', ['alert', ...files]],
  ])
})

about(['start', 'start-all', 'status', 'logs', 'stop'], 'what starts and stops suites', async () => {
  const own = machine()
  const situations: Situation[] = [
    ['start', ['config', '--ports', 'auto', '--detach']],
    ['start-all', ['--ports', 'auto', '--detach', '--instance', 'all', '--lanes', '2']],
    ['status', ['--all']],
    ['logs', []],
    ['stop', ['--all']],
  ]
  for (const [command, words] of situations) {
    const { stdout, exitCode, stderr } = await own.mockSuite(command, ...words, '--json')
    expect({ command, exitCode, stderr: exitCode === 0 ? '' : stderr }).toEqual({ command, exitCode: 0, stderr: '' })
    expectPublished(command, stdout)
  }
  return situations.map(([command]) => command)
})

about(['start', 'replay', 'record'], 'what stays in the foreground', async () => {
  const own = folder()
  const situations: Situation[] = [
    ['start', ['config', '--ports', 'auto', '--instance', 'shape']],
    ['replay', [recordingIn(own, [exchange()]), '--ports', 'auto']],
    ['record', ['--service', 'alert', '--upstream', 'http://127.0.0.1:9', '--out', join(own, 'out'), '--ports', 'auto', '--no-control']],
  ]
  for (const [command, words] of situations) {
    const { process: child, services } = await serve([command, ...words], { CI: '', XDG_STATE_HOME: own })
    if (command === 'record') await fetch(`${services.alert}/health`).catch(() => undefined)
    child.kill('SIGTERM')
    expectPublished(command, (await child).stdout as unknown as string)
  }
  return situations.map(([command]) => command)
})

about(['run'], 'what becomes of a command', async () => {
  for (const [script, flags, code] of [
    ['true', [], 0],
    ['exit 3', ['--no-verify'], 3],
    ['"$NODE" -e "fetch(process.env.CONFIG_SERVICE_URL + \'/nowhere\')"', ['--bundle', 'bundle'], 1],
  ] as const) {
    const words = ['run', '--services', 'config', '--ports', 'auto', '--json', ...flags, '--', 'sh', '-c', script]
    const { stdout, exitCode, stderr } = await run(words, { NODE: process.execPath }, folder())
    expect({ script, exitCode, stderr: exitCode === code ? '' : stderr }).toEqual({ script, exitCode: code, stderr: '' })
    expectPublished('run', stdout)
  }
  return ['run']
})

test.each([
  [['status'], 3],
  [['stop', '--instance', 'nobody'], 3],
  [['logs', '--instance', 'nobody'], 3],
  [['journal', '--limit', 'many'], 2],
  [['contracts', 'show', 'alrt'], 2],
  [['nonsense'], 2],
])('an error is told in one shape: %s', async (words, code) => {
  const said = await mockSuite([...words, '--json'], { MOCK_SUITE_URL: 'http://127.0.0.1:9', XDG_STATE_HOME: folder() })
  expect(said.code).toBe(code)
  expectPublished('error', said.out)
})

test('a refusal of the suite itself is an error of the same shape', async () => {
  await using suite = await startSuite({ services: ['config'], ports: 'auto', control: true })
  const said = await mockSuite(['clock', 'advance', 'soon', '--json'], { MOCK_SUITE_URL: suite.control?.url })
  expectPublished('error', said.out)
})

test('--version', async () => {
  expectPublished('version', (await mockSuite(['--version', '--json'])).out)
})

test('every command is looked at', async () => {
  expect((await allCommands()).map(([words]) => words).filter((words) => !looked.includes(words))).toEqual([])
})

/** A file of recorded exchanges in a folder. */
function recordingIn(place: string, exchanges: readonly RecordedExchange[]): string {
  mkdirSync(join(place, 'alert'), { recursive: true })
  const file = join(place, 'alert/recorded.har')
  writeFileSync(file, harText(head, exchanges))
  return file
}
