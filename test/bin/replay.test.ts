import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import type { RecordedExchange } from '../../contracts/kit/recording/exchange.ts'
import { harText } from '../../contracts/kit/recording/write-har.ts'
import { exchange, head } from '../contracts/recording.ts'
import { built } from './built.ts'
import { folder } from './folder.ts'
import { freeOffset, run, serve } from './process.ts'

beforeAll(built, 120_000)

function recording(exchanges: readonly RecordedExchange[], name = 'recorded.har'): string {
  const file = join(folder(), name)
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, harText(head, exchanges))
  return file
}

const asked = (url: string, service?: string) =>
  exchange({ service, operation: undefined, request: { method: 'GET', url, headers: [], body: Buffer.alloc(0) } })

test('it serves a recording until it is stopped, and says loudly that it is one', async () => {
  const { process: child, services } = await serve(['replay', recording([exchange()]), '--ports', 'auto'])
  expect(Object.keys(services)).toEqual(['alert'])
  const reply = await fetch(`${services.alert}/alerts?limit=5`)
  expect([reply.headers.get('x-mock-suite-replayed'), await reply.json()]).toEqual(['2026-01-17T09:15:31.250Z', { alerts: [] }])
  expect((await fetch(`${services.alert}/alert`)).status).toBe(404)
  child.kill('SIGTERM')
  const { exitCode, stderr } = await child
  expect(exitCode).toBe(0)
  expect(stderr).toContain('recorded answers, not a fake: nothing is computed')
  expect(stderr).toContain('alert: 1 answer, recorded from 2026-01-17T09:15:31.250Z to 2026-01-17T09:15:31.250Z')
  expect(stderr).toContain('GET /alert is not in the recording of alert; the nearest that was recorded is GET /alerts')
})

test('a recording of another tool is sorted by host: those of a contract, and any other', async () => {
  const elsewhere = ['https://api.elsewhere.test/v1/things', 'https://api.elsewhere.test:8443/v1/things', 'http://constructor/v1/things']
  const urls = ['http://alert-service:8085/health', ...elsewhere]
  const offset = await freeOffset([8085])
  const file = recording(urls.map((url) => asked(url)))
  const { process: child, services } = await serve(['replay', file, '--port-offset', String(offset), '--no-control'])
  expect(Object.keys(services)).toEqual(['alert', 'api.elsewhere.test', 'api.elsewhere.test-8443', 'constructor'])
  expect(services.alert).toBe(`http://127.0.0.1:${8085 + offset}`)
  expect((await fetch(`${services['api.elsewhere.test']}/v1/things`)).status).toBe(200)
  child.kill('SIGTERM')
  expect((await child).exitCode).toBe(0)
})

test('whose the exchanges are may be said, and the port', async () => {
  const port = 9000 + (await freeOffset([9000]))
  const file = recording([asked('https://gateway.test/health'), asked('https://gateway.test/other', 'user')])
  const { process: child, services } = await serve(['replay', file, '--service', 'alert', '--port', String(port), '--no-control'])
  expect(services).toEqual({ alert: `http://127.0.0.1:${port}` })
  expect((await fetch(`${services.alert}/health`)).status).toBe(200)
  expect((await fetch(`${services.alert}/other`)).status).toBe(404)
  child.kill('SIGTERM')
  await child
})

test('a recording that was cut short is served as far as it goes, and what cannot be replayed is told', async () => {
  const file = recording([exchange(), exchange({ reply: undefined, failure: 'connection refused' })])
  const whole = harText(head, [exchange(), exchange({ reply: undefined, failure: 'connection refused' }), exchange()])
  writeFileSync(file, whole.slice(0, -100))
  const { process: child, services } = await serve(['replay', file, '--ports', 'auto', '--quiet'])
  expect((await fetch(`${services.alert}/alerts`)).status).toBe(200)
  child.kill('SIGTERM')
  const { stderr } = await child
  expect(stderr).toContain('ends before it should: what is whole was read')
  expect(stderr).toContain('recorded answers, not a fake')
})

test.each([
  [['no-such.har'], 2, /could not find recordings in no-such\.har/],
  [['package.json'], 2, /could not read package\.json: it has no log\.entries/],
  [['test/contracts/fixtures/har/firefox.har', '--service', 'alrt'], 2, /there is no contract of that name\. Did you mean "alert"/],
  [['test/contracts/fixtures/har/chrome.har', '--port', '9000'], 2, /--port is for one service, and these are/],
  [['test/contracts/fixtures/har/chrome.har', '--port', '9000', '--ports', 'auto'], 2, /two answers to one question/],
  [[], 2, /recording is missing/],
])('replay %j is refused', async (words, code, message) => {
  const { exitCode, stdout, stderr } = await run(['replay', ...words])
  expect([exitCode, stdout]).toEqual([code, ''])
  expect(stderr).toMatch(message)
})
