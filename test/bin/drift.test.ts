import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { execa } from 'execa'
import { beforeAll, expect, test } from 'vitest'
import { entryLines } from '../../bin/kit/entry-lines.ts'
import type { RecordedExchange } from '../../contracts/kit/recording/exchange.ts'
import { harText } from '../../contracts/kit/recording/write-har.ts'
import { contracts } from '../../contracts/services.ts'
import { built, PROGRAM } from './built.ts'
import { folder } from './folder.ts'
import { mockSuite } from './recorder.ts'

beforeAll(built, 120_000)

const NOW = '2026-11-22T00:00:00Z'
const [OCTOBER, NOVEMBER] = ['2026-10-01T09:00:00Z', '2026-11-15T09:00:00Z']
const healthy = contracts.alert.operations.health.details().examples.healthy.reply.body

/** What a real service said when it was asked how it is. */
function said(at: string, body: object, { version = '1.0', path = '/health' } = {}): RecordedExchange {
  return {
    at: Date.parse(at),
    milliseconds: 12,
    service: 'alert',
    version,
    request: { method: 'GET', url: `https://alert.example${path}`, headers: [], body: Buffer.alloc(0) },
    reply: { status: 200, headers: ['content-type', 'application/json'], body: Buffer.from(JSON.stringify(body)) },
  }
}

/** A folder in which somebody works, with recordings where they lie when nobody says where. */
function project(recordings: Record<string, readonly RecordedExchange[]>): string {
  const root = folder()
  mkdirSync(join(root, 'contracts/recordings/alert'), { recursive: true })
  for (const [name, exchanges] of Object.entries(recordings)) {
    const head = { version: '0.0.0', recordedAt: exchanges[0]?.at ?? 0, services: ['alert'], upstreams: { alert: 'https://alert.example' } }
    writeFileSync(join(root, `contracts/recordings/alert/${name}.har`), harText(head, exchanges))
  }
  return root
}

const unchanged = () => project({ october: [said(OCTOBER, healthy)], november: [said(NOVEMBER, healthy, { version: '1.1' })] })
/** The second version says nothing where it said something before. */
const changed = () => project({ october: [said(OCTOBER, healthy)], november: [said(NOVEMBER, { ...healthy, status: null }, { version: '1.1' })] })
const ID = 'alert.health 200 body /status null'

/** The shipped program, as it is called in a project. */
const run = (cwd: string, words: readonly string[], env: Record<string, string> = {}) =>
  execa(process.execPath, [resolve(PROGRAM), ...words], { cwd, reject: false, timeout: 30_000, env: { GITHUB_STEP_SUMMARY: '', GITHUB_WORKSPACE: '', ...env } })

/** The same without a process: it is told where things lie. */
const call = (command: string, root: string, words: readonly string[]) =>
  mockSuite([command, '--now', NOW, '--recordings', join(root, 'contracts/recordings'), ...words])
const drift = (root: string, ...words: string[]) => call('drift', root, words)
const trust = (root: string, ...words: string[]) => call('trust', root, words)
const acceptedIn = (root: string) => ['--accepted', join(root, 'drift.accepted.yaml')]

test('a provider that did not change: no drift, exit code 0', async () => {
  const { stdout, exitCode } = await run(unchanged(), ['drift', '--service', 'alert'])
  expect(stdout).toMatch(/^No drift\n2 exchanges in 2 recordings, 2 compared\n/)
  expect(stdout).toMatch(/^ {2}alert {2}1 of \d+ operations proven$/m)
  expect(exitCode).toBe(0)
})

test('a provider that changed is told with who must act and where it shows, and the exit code is 1', async () => {
  const { stdout, exitCode } = await run(changed(), ['drift'])
  expect(stdout).toContain('The provider changed: ask the team of alert')
  expect(stdout).toContain('✗ alert.health 200 /status is null  breaking')
  expect(stdout).toContain('contracts/recordings/alert/november.har entry 0 /status')
  expect(stdout).toContain('last agreed 2026-10-01T09:00:00.000Z')
  expect(exitCode).toBe(1)
})

test('what fails the run is chosen by severity', async () => {
  const root = project({ october: [said(OCTOBER, healthy)], november: [said(NOVEMBER, { ...healthy, load: 0.7 })] })
  expect((await drift(root)).code).toBe(0)
  expect((await drift(root, '--fail-on', 'information')).code).toBe(1)
  expect((await drift(changed(), '--fail-on', 'none')).code).toBe(0)
})

test('what was recorded too long ago is stale: a warning', async () => {
  const root = unchanged()
  expect((await drift(root, '--max-age', '30d', '--fail-on', 'warning')).code).toBe(0)
  const { out, code } = await drift(root, '--max-age', '2d', '--fail-on', 'warning')
  expect(out).toContain('The recording is stale: record alert again')
  expect(code).toBe(1)
})

test('without recordings it says how to come by some, and the exit code is 2', async () => {
  const { stderr, exitCode } = await run(folder(), ['drift', '--service', 'user'])
  expect(stderr).toContain('there are no recordings in contracts/recordings, so nothing can be said')
  expect(stderr).toContain('mock-suite record --service user --upstream https://user.example')
  expect(exitCode).toBe(2)
  expect((await drift(folder())).code).toBe(2)
  expect((await drift(unchanged(), '--service', 'alrt')).err).toContain('Did you mean "alert"?')
})

test('every format tells the same finding, and fails the same', async () => {
  const root = changed()
  const inFormat = async (...words: string[]) => {
    const { out, code } = await drift(root, ...words)
    expect(code).toBe(1)
    return out
  }
  expect(JSON.parse(await inFormat('--json'))).toMatchObject({
    schemaVersion: 1,
    failed: true,
    findings: [{ id: ID, verdict: 'provider-changed', accepted: null }],
  })
  expect(await inFormat('--format', 'junit')).toContain('<failure type="provider-changed" message="alert.health 200 /status: is null">')
  expect(JSON.parse(await inFormat('--format', 'sarif')).runs[0].results[0]).toMatchObject({
    level: 'error',
    locations: [{ physicalLocation: { region: { startLine: 2 } } }],
  })
  expect(await inFormat('--format', 'markdown')).toContain('### The provider changed: ask the team of alert')
})

test('--output writes the report to a file, and one line of it to standard error', async () => {
  const root = changed()
  const file = join(root, 'drift.sarif')
  const { out, err } = await drift(root, '--format', 'sarif', '--output', file)
  expect(out).toBe('')
  expect(err).toBe(`mock-suite: drift: 1 breaking; the report is in ${file}`)
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ version: '2.1.0' })
  expect((await drift(root, '--output', join(root, 'no/such/folder'))).code).toBe(2)
})

test('in a workflow the annotations come with a summary of the step, and files are named from where the repository begins', async () => {
  const root = changed()
  const summary = join(root, 'summary.md')
  writeFileSync(summary, 'before\n')
  const { stdout } = await run(root, ['drift', '--format', 'github'], { GITHUB_STEP_SUMMARY: summary, GITHUB_WORKSPACE: join(root, '..') })
  expect(stdout).toMatch(/^::error file=mock-suite-test-\w+\/contracts\/recordings\/alert\/november.har,line=2,title=alert.health 200 \/status%3A is null::/)
  expect(readFileSync(summary, 'utf8')).toMatch(/^before\n## Drift: 1 breaking\n/)
})

test('an accepted finding fails nothing until its last day is over, and then it is told', async () => {
  const root = changed()
  writeFileSync(join(root, 'drift.accepted.yaml'), `- finding: ${ID}\n  reason: ALERT-123\n  until: 2026-11-30\n`)
  const { stdout, exitCode } = await run(root, ['drift', '--now', NOW])
  expect(stdout).toMatch(/^No drift; 1 accepted\n/)
  expect(exitCode).toBe(0)
  const later = await drift(root, ...acceptedIn(root), '--now', '2026-12-01T00:00:00Z')
  expect(later.out).toContain(`drift.accepted.yaml:1: the acceptance of ${ID} held until 2026-11-30: it counts again`)
  expect(later.code).toBe(1)
})

test('--accept appends an entry and leaves the rest of the file alone', async () => {
  const root = changed()
  const file = join(root, 'drift.accepted.yaml')
  const accepting = (id: string, ...words: string[]) => drift(root, ...acceptedIn(root), '--accept', id, ...words)
  writeFileSync(file, '# What we live with.\n[]\n')
  expect((await accepting(ID, '--reason', 'ALERT-123: "rolled back"', '--until', '2026-12-31')).code).toBe(0)
  expect(readFileSync(file, 'utf8')).toMatch(/^# What we live with\.\n/)
  expect((await drift(root, ...acceptedIn(root))).code).toBe(0)
  expect((await accepting(ID, '--reason', 'again', '--until', '2026-12-31')).err).toContain(`accepts ${JSON.stringify(ID)} already`)
  expect((await accepting(ID.slice(1), '--reason', 'x', '--until', '2026-12-31')).err).toContain(`Did you mean ${JSON.stringify(ID)}?`)
  expect((await accepting(ID)).err).toContain('--reason TEXT --until DATE')
})

test('--accept makes the file when there is none, and makes no file that could not be read', async () => {
  const root = changed()
  const accepting = (until: string) => drift(root, ...acceptedIn(root), '--accept', ID, '--reason', 'ALERT-123', '--until', until)
  expect((await accepting('some day')).code).toBe(2)
  expect(existsSync(join(root, 'drift.accepted.yaml'))).toBe(false)
  expect((await accepting('2026-12-31')).code).toBe(0)
  expect((await drift(root, ...acceptedIn(root))).code).toBe(0)
})

test('a mistake in the accepted findings is told with its place, and nothing is accepted', async () => {
  const root = changed()
  writeFileSync(
    join(root, 'drift.accepted.yaml'),
    `- finding: ${ID}\n  reason: ''\n  until: 2026-13-01\n- finding: { service: alert, operatoin: health }\n  reason: x\n  until: 2026-12-31\n`,
  )
  const { err, code } = await drift(root, ...acceptedIn(root))
  expect(err).toContain('drift.accepted.yaml:2:3: say why it is accepted')
  expect(err).toContain('drift.accepted.yaml:3:3: the last day on which it holds')
  expect(err).toContain('drift.accepted.yaml:4:30: unknown name "operatoin". Did you mean "operation"?')
  expect(code).toBe(2)
  expect((await drift(root, '--accepted', join(root, 'nowhere.yaml'))).code).toBe(2)
})

test('--propose prints the change to the contract, and applies nothing', async () => {
  const root = changed()
  const source = readFileSync('contracts/alert.ts', 'utf8')
  writeFileSync(join(root, 'contracts/alert.ts'), source)
  const { stdout, exitCode } = await run(root, ['drift', '--propose'])
  expect(stdout).toContain('-    status: z.string().meta(')
  expect(stdout).toContain('+    status: z.string().nullable().meta(')
  expect(exitCode).toBe(1)
  await execa('git', ['apply', '--check', '-'], { cwd: root, input: `${stdout}\n` })
  expect(readFileSync(join(root, 'contracts/alert.ts'), 'utf8')).toBe(source)
  expect((await drift(unchanged(), '--propose')).err).toContain('There is nothing to propose')
})

test('trust: a service that was recorded lately and keeps its contract; any other is not, and the exit code says so', async () => {
  const good = await run(unchanged(), ['trust', 'alert', '--now', NOW])
  expect(good.stdout).toMatch(/^✓ alert {2}recorded 2026-11-15, 1 of \d+ operations proven, no open breaking drift$/)
  expect(good.exitCode).toBe(0)
  const bad = await trust(changed(), 'alert', 'user')
  expect(bad.out.split('\n')).toEqual(['✗ alert  open breaking drift: health /status', '✗ user   there is no recording of it'])
  expect(bad.code).toBe(1)
})

test('trust has limits of age and of coverage, and asks for all services when none is named', async () => {
  const root = unchanged()
  expect((await trust(root, 'alert', '--max-age', '2d')).out).toContain('last recorded 2026-11-15, 7 days ago: more than 2 days')
  expect((await trust(root, 'alert', '--min-coverage', '50')).out).toMatch(/1 of \d+ operations proven: \d %, under 50 %/)
  const { services, trusted } = (await trust(root, '--json')).json()
  expect((services as { service: string }[]).map(({ service }) => service)).toEqual(Object.values(contracts).map(({ service }) => service))
  expect(trusted).toBe(false)
  expect((await run(folder(), ['trust', 'alert'])).stdout).toBe('✗ alert  there is no recording of it')
  expect((await trust(root, 'alrt')).code).toBe(2)
})

test('the line of an entry is found in a recording of one line an entry, and in one that was set for reading', async () => {
  const root = project({ november: [said(OCTOBER, { quoted: '"startedDateTime": "entries"' }), said(OCTOBER, healthy), said(OCTOBER, healthy)] })
  const ours = join(root, 'contracts/recordings/alert/november.har')
  const pretty = join(root, 'pretty.har')
  const har = JSON.parse(readFileSync(ours, 'utf8')) as { log: { pages: unknown[] } }
  har.log.pages.push({ startedDateTime: OCTOBER, id: 'page', title: 'x'.repeat(300_000), pageTimings: {} })
  writeFileSync(pretty, JSON.stringify(har, undefined, 2))
  const lineOf = await entryLines([ours, pretty].map((recording) => ({ recording, entry: 2 })))
  expect([0, 1, 2].map((entry) => lineOf(ours, entry))).toEqual([2, 3, 4])
  const lines = readFileSync(pretty, 'utf8').split('\n')
  const marked = lines.flatMap((line, at) => (/^ {8}"startedDateTime"/.test(line) ? [at + 1] : []))
  expect([0, 1, 2].map((entry) => lineOf(pretty, entry))).toEqual(marked.slice(-3))
  expect(lineOf('elsewhere.har', 0)).toBe(1)
})
