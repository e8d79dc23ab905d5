import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { tellRefusals } from '../../bin/kit/tell-refusals.ts'
import type { Terminal } from '../../bin/kit/terminal.ts'
import { startSuite } from '../../mocks/index.ts'
import type { Refused } from '../../mocks/kit/refusals.ts'
import { mockSuite } from './recorder.ts'

const start = (options = {}) => startSuite({ services: ['config', 'alert'], ports: 'auto', control: true, clock: '2026-01-17T09:15:30Z', ...options })

test('journal --unmatched explains what no operation took, --refused also what one refused, --no-explain neither', async () => {
  await using suite = await start()
  const journal = (...words: string[]) => mockSuite(['journal', ...words], { MOCK_SUITE_URL: suite.control?.url })
  await fetch(`${suite.url('config')}/health`)
  await fetch(`${suite.url('config')}/api/v1/confg/CACHE_TTL_SECONDS`)
  await fetch(`${suite.url('config')}/api/v1/config/CACHE_TTL_SECONDS`)
  const unmatched = (await journal('--unmatched')).out
  expect(unmatched).toContain('nearest  config.getConfig')
  expect(unmatched).toContain('✗ path          /api/v1/confg/CACHE_TTL_SECONDS, not /api/v1/config/:key')
  expect(unmatched).toContain(`curl '${suite.url('config')}/api/v1/config/CACHE_TTL_SECONDS'`)
  expect(unmatched).not.toContain('refuses the credential')
  expect((await journal('--refused')).out).toContain('config.getConfig refuses the credential: there is none')
  expect((await journal('--refused', '--no-explain')).out).not.toContain('✗')
  expect((await journal()).out).not.toContain('✗')
  expect((await journal('--explain')).out).toContain('✗')
  const { entries } = (await journal('--refused', '--json')).json() as { entries: { explanation: { text: string } }[] }
  expect(entries.map(({ explanation }) => explanation.text.split(':')[0])).toEqual([
    'GET /api/v1/confg/CACHE_TTL_SECONDS',
    'GET /api/v1/config/CACHE_TTL_SECONDS',
  ])
})

test('a refusal is heard of once for each kind, and again after a reset', async () => {
  const heard: Refused[] = []
  await using suite = await start({ ports: 'none', control: false, onRefused: (refused: Refused) => heard.push(refused) })
  const ask = (path: string) => suite.fetch('alert', path, { method: 'POST' })
  await ask('/api/v1/alerts')
  await ask('/api/v1/alerts')
  await ask('/api/v1/alert/17')
  await ask('/api/v1/alert/18')
  expect(heard.map(({ seq, problem }) => [seq, problem])).toEqual([
    [1, 'unauthorized'],
    [3, 'unknown-operation'],
  ])
  suite.reset()
  await ask('/api/v1/alerts')
  expect(heard).toHaveLength(3)
  expect((await heard[0]?.explanation())?.told).toBe('POST /api/v1/alerts: alert.createAlert refuses the credential: there is none')
})

test('a listener that throws is told, and the client has its answer', async () => {
  const told: string[] = []
  const onRefused = () => {
    throw new Error('not now')
  }
  await using suite = await start({ ports: 'none', control: false, onRefused, complain: (message: string) => told.push(message) })
  expect((await suite.fetch('alert', '/nothing')).status).toBe(404)
  expect(told).toEqual([expect.stringContaining('not now')])
})

test('standard error has the first refusals in full, then the command that tells the rest', async () => {
  const told: string[] = []
  const tell = tellRefusals({ tell: (text: string) => void told.push(text) } as Terminal, () => 0)
  await using suite = await start({ ports: 'none', control: false, onRefused: tell })
  for (let path = 0; path < 9; path += 1) await suite.fetch('alert', `/${'abcdefghi'[path]}`)
  await expect.poll(() => told.length).toBe(6)
  expect(told.toSorted()[0]).toBe('mock-suite: GET /a: alert has no operation there, and nothing like it runs')
  expect(told).toContain('mock-suite: more requests are refused: mock-suite journal --refused')
})

test('lane.explain tells why an exchange was refused, and nothing of one that was not', async () => {
  await using suite = await start({ ports: 'none', control: false })
  await suite.fetch('config', '/health')
  await suite.fetch('config', '/helth')
  expect(await suite.lane(0).explain(1)).toBeUndefined()
  expect((await suite.lane(0).explain(2))?.nearest[0]).toMatchObject({ operation: 'health' })
  expect(await suite.lane(0).explain(3)).toBeUndefined()
})

test.each([
  [
    'a mistyped path',
    'alert',
    '/api/v1/alert',
    { 'content-type': 'application/json' },
    '{"alert_type":"signal","user_id":"user_123","message":"it’s \'up\' $HOME `id`\\n"}',
    201,
  ],
  ['a body that is missing', 'alert', '/api/v1/alerts', { 'x-internal-api-key': 'mock-internal-key-7c3e5a9d1f60' }, '', 201],
  ['another service’s door', 'alert', '/api/v1/users/user_123/permissions', {}, undefined, 200],
  ['a token that is missing', 'user', '/v1/users/me', {}, undefined, 200],
])('what is suggested can be pasted into a shell: %s', async (_, service, path, headers, body, status) => {
  await using suite = await startSuite({ services: ['alert', 'user'], ports: 'auto', clock: '2026-01-17T09:15:30Z', complain() {} })
  await suite.fetch(service as 'alert', path, body === undefined ? {} : { method: 'POST', headers, body })
  const { curl } = (await suite.lane(0).explain(1)) ?? {}
  const command = `${curl} -s -o /dev/null -w '%{http_code}'`
  const { stdout } = await promisify(execFile)('bash', ['-c', command], { env: { ...process.env, ...suite.env() }, timeout: 20_000 })
  expect(stdout, command).toBe(String(status))
})
