import { once } from 'node:events'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { execa } from 'execa'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { recordedText } from '../../bin/reports/recorded.ts'
import { readAll } from '../contracts/recording.ts'
import { built, PROGRAM } from './built.ts'
import { folder } from './folder.ts'
import { run, serve } from './process.ts'

beforeAll(built, 120_000)

/** A real service on a real port. */
async function realService(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const alerts: RequestListener = (request, response) => {
  response.setHeader('content-type', 'application/json')
  response.setHeader('x-build', '2.0.1')
  if (request.url === '/alerts') response.setHeader('content-encoding', 'gzip').end(gzipSync('{"alerts":[],"total":0}'))
  else response.end(JSON.stringify({ status: 'healthy', path: request.url }))
}

/** Records on free ports, without a control API. */
const record = (words: readonly string[], env?: NodeJS.ProcessEnv) => serve(['record', '--ports', 'auto', '--no-control', ...words], { CI: '', ...env })

const readRecording = (path: string) => {
  const [name] = readdirSync(path).filter((file) => file.endsWith('.har'))
  return readAll([readFileSync(join(path, name as string))])
}

test('it passes everything on, keeps it, and tells in the end what it has', async () => {
  const out = folder()
  const { process: child, services } = await record([
    '--service',
    'alert',
    '--upstream',
    await realService(alerts),
    '--out',
    out,
    '--version-header',
    'x-build',
  ])
  expect(Object.keys(services)).toEqual(['alert'])
  for (const path of ['/health', '/alerts', '/alerts', '/unheard-of']) expect((await fetch(services.alert + path)).status).toBe(200)
  child.kill('SIGTERM')
  const { exitCode, stdout } = await child
  expect(exitCode).toBe(0)
  const [name] = readdirSync(out)
  expect(name).toMatch(/^\d{4}-\d\d-\d\dT\d{6}Z\.har$/)
  expect(JSON.parse(stdout.split('\n')[1] ?? '')).toMatchObject({
    recorded: [{ service: 'alert', file: join(out, name as string), kept: 4, lost: 0, operations: { health: 1, listAlerts: 2, '(no operation)': 1 } }],
  })
  const { broken, exchanges } = await readRecording(out)
  expect(broken).toBe(false)
  expect(exchanges.map(({ operation, version }) => [operation, version])).toEqual([
    ['health', '2.0.1'],
    ['listAlerts', '2.0.1'],
    ['listAlerts', '2.0.1'],
    [undefined, '2.0.1'],
  ])
  expect(exchanges[1]?.reply?.body.toString()).toBe('{"alerts":[],"total":0}')
})

test('secrets never reach the disk, and one value is replaced alike wherever it stands', async () => {
  const out = folder()
  const upstream = await realService(alerts)
  const words = ['--service', 'alert', '--upstream', upstream, '--out', out, '--redaction-key', 'k']
  const { process: child, services } = await record(words)
  const headers = { authorization: 'Bearer very-secret-token-of-mine-0123456789' }
  await fetch(`${services.alert}/alerts`, { headers })
  await fetch(`${services.alert}/health`, { headers })
  child.kill('SIGTERM')
  await child
  expect(readFileSync(join(out, readdirSync(out)[0] as string), 'utf8')).not.toContain('very-secret')
  const { exchanges } = await readRecording(out)
  const sent = exchanges.map(({ request }) => request.headers[request.headers.findIndex((name) => name.toLowerCase() === 'authorization') + 1])
  expect(sent[0]).toBe(sent[1])
  expect(exchanges.every(({ redactions }) => (redactions?.length ?? 0) > 0)).toBe(true)
})

test('several services at once, each into a folder of its own; what has no upstream is not started', async () => {
  const [out, one] = [folder(), await realService(alerts)]
  const { process: child, services } = await record(['--service', 'alert,user,comms', '--upstream', `alert=${one}`, '--upstream', `user=${one}`, '--out', out])
  expect(Object.keys(services)).toEqual(['alert', 'user'])
  await Promise.all(['alert', 'user'].map((name) => fetch(`${services[name]}/health`)))
  child.kill('SIGTERM')
  const { stderr } = await child
  expect(stderr).toContain('comms has no upstream: not started')
  for (const name of ['alert', 'user']) expect((await readRecording(join(out, name))).exchanges).toMatchObject([{ service: name }])
})

test('killed on the spot, it leaves a recording of all that it had kept', async () => {
  const out = folder()
  const { process: child, services } = await record(['--service', 'alert', '--upstream', await realService(alerts), '--out', out])
  for (let count = 0; count < 20; count += 1) await fetch(`${services.alert}/health`)
  await expect.poll(async () => (await readRecording(out)).exchanges.length).toBe(20)
  const storm = Array.from({ length: 200 }, () => fetch(`${services.alert}/alerts`).catch(() => {}))
  await expect.poll(async () => (await readRecording(out)).exchanges.length).toBeGreaterThan(20)
  child.kill('SIGKILL')
  await Promise.all([child, ...storm])
  const { exchanges, skipped } = await readRecording(out)
  expect(exchanges.length).toBeGreaterThan(20)
  expect(skipped).toEqual([])
})

test.skipIf(process.platform === 'win32')('where nothing more can be written the client is served all the same; what was lost is told, and fails', async () => {
  const out = folder()
  const words = ['record', '--ports', 'auto', '--no-control', '--json', '--service', 'alert', '--upstream', await realService(alerts), '--out', out]
  // Files of this process may have 4 KiB.
  const child = execa('sh', ['-c', 'ulimit -f 8; exec "$@"', 'sh', process.execPath, PROGRAM, ...words], { env: { CI: '' }, reject: false, timeout: 30_000 })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const { alert } = JSON.parse(line.toString()).lanes[0].services as { alert: string }
  for (let count = 0; count < 20; count += 1) expect((await fetch(`${alert}/health`)).status).toBe(200)
  child.kill('SIGTERM')
  const { exitCode, stderr, stdout } = await child
  expect(exitCode).toBe(1)
  const { kept, lost } = JSON.parse(stdout.split('\n')[1] ?? '').recorded[0] as { kept: number; lost: number }
  expect([kept + lost, lost > 0, kept > 0]).toEqual([20, true, true])
  expect(stderr.match(/could not keep an exchange/g)).toHaveLength(1)
  expect(stderr).toContain(`${lost} exchanges were lost`)
  expect(statSync(join(out, readdirSync(out)[0] as string)).size).toBeLessThanOrEqual(4096)
  expect((await readRecording(out)).exchanges).toHaveLength(kept)
})

test('a person is told how much was lost, and never that nothing came when it did', () => {
  const told = { service: 'alert', file: 'a.har', operations: { listAlerts: 40 }, redacted: 0, redaction: { keyed: '17dee75206e20f12', removed: [] } }
  expect(recordedText([{ ...told, kept: 17, lost: 23 }])).toBe('alert: 17 of 40 exchanges kept in a.har\n  listAlerts  40\nNothing had to be removed.')
  expect(recordedText([{ ...told, kept: 0, lost: 40 }])).toBe('alert: nothing could be kept of 40 exchanges')
})

test('where nothing came, no file is left, and a person is told', async () => {
  const out = folder()
  const child = run(['record', '--ports', 'auto', '--no-control', '--service', 'alert', '--upstream', await realService(alerts), '--out', out], { CI: '' })
  await once(child.stdout, 'data')
  child.kill('SIGINT')
  const { exitCode, stderr } = await child
  expect([exitCode, readdirSync(out)]).toEqual([0, []])
  expect(stderr).toContain('Secrets are replaced before anything is written')
  expect(stderr).toContain('alert: nothing came, so nothing was kept')
})

test.each([
  [[], /say where the real service is, with --upstream/],
  [['--upstream', 'http://127.0.0.1:1'], /whose upstream is http:\/\/127\.0\.0\.1:1\?/],
  [['--upstream', 'alrt=http://127.0.0.1:1'], /there is no service of that name\. Did you mean "alert"\?/],
  [['--service', 'user', '--upstream', 'alert=http://127.0.0.1:1'], /alert has an upstream, but is not among the services that are named/],
  [['--upstream', 'alert=http://127.0.0.1:1', '--upstream', 'alert=http://127.0.0.1:2'], /alert has two upstreams/],
  [['--upstream', 'alert=http://169.254.169.254/'], /metadata service/],
  [['--upstream', 'alert=https://alert.example', '--allow', 'other.example'], /alert\.example is not among the hosts that are allowed/],
  [['--upstream', 'alert=http://127.0.0.1:8085'], /this suite listens there itself/],
  [['--upstream', 'alert=http://127.0.0.1:1', '--out', 'package.json/x', '--ports', 'auto'], /could not begin the recording/],
])('record %j is refused', async (words, message) => {
  const { exitCode, stdout, stderr } = await run(['record', ...words], { CI: '' })
  expect([exitCode, stdout]).toEqual([2, ''])
  expect(stderr).toMatch(message)
})

test('a build server records from nowhere that was not allowed', async () => {
  const { exitCode, stderr } = await run(['record', '--upstream', 'alert=https://alert.example'], { CI: 'true' })
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining('alert.example is not among the hosts that are allowed')])
})
