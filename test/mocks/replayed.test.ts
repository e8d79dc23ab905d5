import { expect, test } from 'vitest'
import { alert } from '../../contracts/alert.ts'
import type { RecordedExchange } from '../../contracts/kit/recording/exchange.ts'
import { startSuite } from '../../mocks/index.ts'
import { recordedContract } from '../../mocks/kit/replay/recorded-contract.ts'
import { isReplayable, replayed } from '../../mocks/kit/replayed.ts'
import { suiteOf } from '../../mocks/kit/suite.ts'
import { world } from '../../mocks/world/index.ts'
import { exchange } from '../contracts/recording.ts'

const AT = '2026-01-17T09:15:31.250Z'

/** An exchange in a few words: what was asked, and what was said. */
function recorded(
  line: string,
  said: unknown,
  { body = '', headers = [], ...rest }: { body?: string; headers?: string[]; base?: string; operation?: string } = {},
) {
  const [method = '', path] = line.split(' ')
  const url = `https://alert.example.test${rest.base ?? ''}${path}`
  return exchange({
    operation: rest.operation,
    request: { method, url, headers: ['content-type', 'application/json'], body: Buffer.from(body) },
    reply: { status: 200, headers: ['content-type', 'application/json', ...headers], body: Buffer.from(JSON.stringify(said)) },
  })
}

async function replay(...exchanges: RecordedExchange[]) {
  const complaints: string[] = []
  const suite = await startSuite({
    services: ['alert'],
    ports: 'none',
    clock: '2026-02-01T00:00:00Z',
    backends: { alert: replayed({ contract: alert, exchanges }) },
    complain: (message) => void complaints.push(message),
  })
  const ask = (path: string, init?: RequestInit) => suite.fetch('alert', path, init)
  const said = async (path: string, init?: RequestInit) => (await ask(path, init)).json()
  const post = (body: unknown) => said('/x', { method: 'POST', body: JSON.stringify(body) })
  return { suite, complaints, ask, said, post }
}

test('a recorded answer is given again, and says when it was recorded', async () => {
  const { ask } = await replay(recorded('GET /health', { status: 'real' }))
  const reply = await ask('/health')
  expect([reply.status, await reply.json()]).toEqual([200, { status: 'real' }])
  expect(reply.headers.get('x-mock-suite-replayed')).toBe(AT)
})

test('repeats are answered as they were recorded, the last one from then on; after a reset from the first', async () => {
  const { suite, said } = await replay(recorded('GET /job', 'waiting'), recorded('GET /job', 'running'), recorded('GET /job', 'done'))
  const four = async () => [await said('/job'), await said('/job'), await said('/job'), await said('/job')]
  expect(await four()).toEqual(['waiting', 'running', 'done', 'done'])
  suite.reset()
  expect(await four()).toEqual(['waiting', 'running', 'done', 'done'])
})

test('the query decides, in any order; where none is the same, the nearest', async () => {
  const { said } = await replay(
    recorded('GET /alerts?limit=5&page=1', 'first'),
    recorded('GET /alerts?limit=5&page=2', 'second'),
    recorded('GET /alerts', 'all'),
  )
  expect(await said('/alerts?page=2&limit=5')).toBe('second')
  expect(await said('/alerts?limit=5&page=1')).toBe('first')
  expect(await said('/alerts')).toBe('all')
  expect(await said('/alerts?page=2&limit=50')).toBe('second')
})

test('bodies are compared as JSON: neither blanks nor order matter, long numbers do', async () => {
  const { post } = await replay(
    recorded('POST /x', 'one', { body: '{"id": 9007199254740993, "a": [1, 2]}' }),
    recorded('POST /x', 'two', { body: '{"id": 9007199254740992, "a": [1, 2]}' }),
    recorded('POST /x', 'three', { body: '{"other": true}' }),
  )
  expect(await post({ a: [1, 2], id: 9007199254740992 })).toBe('two')
  expect(await post({ other: true, more: 1 })).toBe('three')
  expect(await post({ a: [1, 2], id: 1 })).toBe('one')
})

test('headers decide where all else is even', async () => {
  const german = { ...recorded('GET /words', 'Hallo'), request: { ...recorded('GET /words', '').request, headers: ['Accept-Language', 'de'] } }
  const { said } = await replay(recorded('GET /words', 'hello'), german)
  expect(await said('/words', { headers: { 'accept-language': 'de' } })).toBe('Hallo')
  expect(await said('/words', { headers: { 'content-type': 'application/json' } })).toBe('hello')
})

test('what nobody recorded is refused in the vendor’s words; header and journal say why, and what is nearest', async () => {
  const { suite, ask, complaints } = await replay(recorded('GET /alerts', []))
  const reply = await ask('/alert')
  expect([reply.status, await reply.json()]).toEqual([404, { detail: 'Not Found' }])
  expect(reply.headers.get('x-mock-suite-not-recorded')).toBe('the nearest that was recorded is GET /alerts')
  expect(reply.headers.has('x-mock-suite-replayed')).toBe(false)
  expect(suite.journal.entries({ unmatched: true })).toMatchObject([
    { failure: 'GET /alert is not in the recording of alert; the nearest that was recorded is GET /alerts' },
  ])
  expect(complaints).toEqual([expect.stringContaining('GET /alert is not in the recording of alert')])
  expect((await ask('/alerts', { method: 'POST' })).headers.get('x-mock-suite-not-recorded')).toContain('GET /alerts')
  expect((await ask('/nowhere/at/all')).headers.get('x-mock-suite-not-recorded')).toBe('nothing that was recorded is near it')
})

test('headers that no longer hold are put right: encoding, length, connection; what HTTP cannot carry is left out', async () => {
  const headers = ['Content-Encoding', 'gzip', 'Content-Length', '7', 'Connection', 'keep-alive, X-Hop', 'X-Hop', '1', 'Transfer-Encoding', 'chunked', 'bad name', 'x', 'X-Bad', 'a\u0000b', 'Set-Cookie', 'a=1', 'Set-Cookie', 'b=2'] // biome-ignore format: pairs
  const { ask } = await replay(recorded('GET /x', 'ünï', { headers }))
  const reply = await ask('/x')
  expect([...reply.headers]).toEqual([
    ['content-length', '7'],
    ['content-type', 'application/json'],
    ['set-cookie', 'a=1'],
    ['set-cookie', 'b=2'],
    ['x-mock-suite-replayed', AT],
  ])
  expect(await reply.json()).toBe('ünï')
})

test('what has no whole reply is not given again', async () => {
  const { reply } = exchange()
  const half = [
    exchange({ reply: undefined, failure: 'reset' }),
    exchange({ failure: 'severed' }),
    exchange({ reply: { status: 101, headers: [], body: Buffer.alloc(0) } }),
  ]
  const cut = exchange({ reply: { status: 200, headers: [], ...reply, body: Buffer.from('{"al'), cut: true } })
  expect([exchange(), cut, ...half].map(isReplayable)).toEqual([true, false, false, false, false])
  const { ask } = await replay(cut, ...half)
  expect((await ask('/alerts?limit=5')).status).toBe(404)
})

test('a path that stood before all others in the real service’s address is none of the client’s business', async () => {
  const base = '/staging/alert-api'
  const { said } = await replay(recorded('GET /health', 'up', { base, operation: 'health' }), recorded('GET /new/thing?a=1', 'new', { base }))
  expect(await said('/health')).toBe('up')
  expect(await said('/new/thing?a=1')).toBe('new')
})

test('a path from which a secret was removed answers for the operation: no client knows the pseudonym', async () => {
  const removed = { ...recorded('GET /alerts/alert_7f3a', { alert_id: 'alert_7f3a' }, { operation: 'getAlert' }), redactions: ['request path'] }
  const { said, ask } = await replay(removed, recorded('GET /alerts/alert_1', { alert_id: 'alert_1' }, { operation: 'getAlert' }))
  expect(await said('/alerts/alert_1')).toEqual({ alert_id: 'alert_1' })
  expect(await said('/alerts/alert_of_mine')).toEqual({ alert_id: 'alert_7f3a' })
  expect((await ask('/alerts/alert_1', { method: 'DELETE' })).status).toBe(404)
})

test('faults play in front of a recording as in front of a fake', async () => {
  const { suite, ask } = await replay(recorded('GET /health', 'up'))
  await suite.play({ name: 'down', story: 'Down.', rules: [{ when: { service: 'alert' }, inject: [{ fault: 'status', code: 500 }] }] })
  expect((await ask('/health')).status).toBe(500)
})

test('a host that no contract knows is answered for all the same', async () => {
  const contract = recordedContract('api.example.test', 'api.example.test')
  const start = suiteOf({ mocks: { 'api.example.test': { contract, behaviour: { operations: {} } } }, world })
  const exchanges = [exchange({ request: { method: 'PURGE', url: 'https://api.example.test/a%20b', headers: [], body: Buffer.alloc(0) } })]
  await using suite = await start({ ports: 'none', backends: { 'api.example.test': replayed({ contract, exchanges }) }, complain: () => {} })
  expect(await (await suite.fetch('api.example.test', '/a%20b', { method: 'PURGE' })).json()).toEqual({ alerts: [] })
  const unknown = await suite.fetch('api.example.test', '/else')
  expect([unknown.status, await unknown.json()]).toEqual([404, { error: 'mock-suite: this request is not in the recording' }])
})
