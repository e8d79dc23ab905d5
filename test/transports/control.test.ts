import { createServer } from 'node:net'
import { expect, test, vi } from 'vitest'
import { startSuite } from '../../mocks/index.ts'
import { type Conversation, talk } from './raw.ts'

const start = (options: Parameters<typeof startSuite>[0] = {}) => startSuite({ services: ['config'], ports: 'auto', control: true, ...options })
type Running = Awaited<ReturnType<typeof start>>

const at = (suite: Running) => suite.control?.url as string
const ask = (suite: Running, path: string, init?: RequestInit) => fetch(at(suite) + path, init)
const json = { 'content-type': 'application/json' }

/** A reader of events, byte by byte. */
function listen(suite: Running, query = '', headers = ''): Conversation {
  return talk(at(suite), `GET /v1/events${query} HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n`)
}

test('a suite has a control API when it is asked for one, and tells its clients where', async () => {
  await using suite = await start()
  await using without = await start({ control: false })
  expect(await (await ask(suite, '/v1/suite')).json()).toMatchObject({ services: ['config'], pid: process.pid })
  expect(suite.control?.token).toBeUndefined()
  expect(suite.env()).toMatchObject({ MOCK_SUITE_URL: at(suite) })
  expect(suite.env()).not.toHaveProperty('MOCK_SUITE_TOKEN')
  expect(without.control).toBeUndefined()
  expect(without.env()).not.toHaveProperty('MOCK_SUITE_URL')
})

test('it needs no ports of the fakes', async () => {
  await using suite = await start({ ports: 'none' })
  expect(await (await ask(suite, '/v1/services')).json()).toMatchObject([{ service: 'config', url: null }])
})

test('a taken port of the control API is reported with its holder, and no fake stays open', async () => {
  await using first = await start()
  const free = await freePort()
  const { port } = new URL(at(first))
  const second = startSuite({ services: ['config'], portOffset: free - 8092, control: { port: Number(port) } })
  await expect(second).rejects.toThrow(new RegExp(`could not open a port.*\n {2}control ${port}: taken by .*\\(pid ${process.pid}\\)`))
  await expect(fetch(`http://127.0.0.1:${free}/health`)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } })
})

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}

test('it speaks problem+json for every address and method that it does not have', async () => {
  await using suite = await start()
  const missing = await ask(suite, '/v1/nothing')
  const method = await ask(suite, '/v1/tables/world.settings/x', { method: 'POST' })
  const slash = await ask(suite, '/v1/suite/')
  const shouted = await ask(suite, '/V1/SUITE')
  expect([missing.status, missing.headers.get('content-type')]).toEqual([404, 'application/problem+json'])
  expect(await missing.json()).toEqual({ type: 'about:blank', title: 'Not Found', status: 404, detail: expect.any(String), code: 'unknown-operation' })
  expect([method.status, method.headers.get('allow')]).toEqual([405, 'GET, PUT, DELETE'])
  expect([slash.status, shouted.status]).toEqual([404, 404])
})

test('it survives whatever a request can be', async () => {
  const complaints: string[] = []
  await using suite = await start({ complain: (message) => complaints.push(message) })
  const status = async (path: string, init?: RequestInit) => (await ask(suite, path, init)).status
  expect(await status('/v1/tables/%zz')).toBe(400)
  expect(await status('/v1/tables/world.settings/%')).toBe(400)
  expect(await status('/v1/tables/__proto__')).toBe(404)
  expect(await status('/v1/tables/world.settings/__proto__')).toBe(404)
  expect(await status(`/v1/tables/${'x'.repeat(9000)}`)).toBe(404)
  expect(await status('/v1/reset', { method: 'POST', headers: json, body: '[]' })).toBe(422)
  expect(await status('/v1/clock/advance', { method: 'POST', headers: json, body: '{"by":"1s"' })).toBe(400)
  expect(await status('/v1/clock/advance', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{"by":"1s"}' })).toBe(415)
  expect(await status('/v1/clock/advance', { method: 'POST', headers: { ...json, 'content-encoding': 'compress' }, body: '{}' })).toBe(415)
  expect(await status('/v1/clock/advance', { method: 'POST', headers: json, body: `{"by":"${'1'.repeat(1024 * 1024)}s"}` })).toBe(413)
  expect(await status('/v1/clock/advance', { method: 'POST', headers: json, body: '{"__proto__":{"by":"1s"}}' })).toBe(422)
  expect(await status('/healthz', { method: 'HEAD' })).toBe(200)
  expect(await status('/v1/events', { method: 'HEAD' })).toBe(405)
  expect(await status('/v1/suite', { method: 'OPTIONS' })).toBe(405)
  expect(complaints).toEqual([])
})

test('a key with a slash in it is one key', async () => {
  await using suite = await start()
  const path = `/v1/tables/world.settings/${encodeURIComponent('signals/limits?')}`
  expect((await ask(suite, path, { method: 'PUT', headers: json, body: '{"value":"5"}' })).status).toBe(201)
  expect(suite.lane(0).store.table('world.settings').get('signals/limits?')).toEqual({ key: 'signals/limits?', value: '5' })
})

test('a web page cannot drive it: not by a name of its own, not across origins, and it is shown no CORS header', async () => {
  await using suite = await start()
  const said = async (path: string, ...headers: string[]) => {
    const reply = talk(at(suite), `POST ${path} HTTP/1.1\r\n${headers.join('\r\n')}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`)
    await reply.end()
    return reply.heard()
  }
  expect(await said('/v1/reset', 'Host: evil.example')).toMatch(/^HTTP\/1\.1 403 /)
  expect(await said('/v1/reset', 'Host: localhost', 'Origin: http://evil.example')).toMatch(/^HTTP\/1\.1 403 /)
  expect(await said('/v1/reset', 'Host: localhost', 'Origin: null')).toMatch(/^HTTP\/1\.1 403 /)
  expect(suite.lane(0).generation).toBe(0)
  const own = await said('/v1/reset', 'Host: localhost', 'Origin: http://localhost')
  expect(own).toMatch(/^HTTP\/1\.1 200 /)
  expect(own).not.toMatch(/access-control/i)
  expect(suite.lane(0).generation).toBe(1)
})

test('another name may be allowed', async () => {
  await using suite = await start({ control: { allowHosts: ['Suite.CI.example'] } })
  const allowed = talk(at(suite), 'GET /v1/suite HTTP/1.1\r\nHost: suite.ci.example:8070\r\nConnection: close\r\n\r\n')
  await allowed.end()
  expect(allowed.heard()).toMatch(/^HTTP\/1\.1 200 /)
})

test('beyond loopback it wants its token, for all but the probes', async () => {
  await using suite = await start({ control: { host: '0.0.0.0' } })
  const { token = '' } = suite.control ?? {}
  const status = async (path: string, headers: Record<string, string> = {}) => (await ask(suite, path, { headers })).status
  const refused = await ask(suite, '/v1/suite')

  expect(token).toMatch(/^[\w-]{43}$/)
  expect(suite.env()).toMatchObject({ MOCK_SUITE_TOKEN: token })
  expect([await status('/healthz'), await status('/readyz')]).toEqual([200, 200])
  expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
  expect(await status('/v1/nothing')).toBe(401)
  expect(await status('/v1/suite', { authorization: 'Bearer guess' })).toBe(401)
  expect(await status('/v1/suite', { authorization: `Bearer ${token}` })).toBe(200)
  expect(await status('/v1/nothing', { authorization: `Bearer ${token}` })).toBe(404)
})

test('two suites under one seed have two tokens, and a token that was chosen is wanted on loopback too', async () => {
  await using one = await start({ seed: 1, control: { host: '0.0.0.0' } })
  await using other = await start({ seed: 1, control: { host: '0.0.0.0' } })
  await using chosen = await start({ control: { token: 'mine' } })
  expect(one.control?.token).not.toBe(other.control?.token)
  expect((await ask(chosen, '/v1/suite')).status).toBe(401)
  expect((await ask(chosen, '/v1/suite', { headers: { authorization: 'Bearer mine' } })).status).toBe(200)
})

test('exchanges and resets are told as they happen', async () => {
  await using suite = await start({ clock: '2026-01-17T09:15:30Z' })
  const reader = listen(suite)
  await reader.until(': mock-suite\n\n')
  await suite.fetch('config', '/health')
  await reader.until('event: exchange\nid: 0:0:1\ndata: {"seq":1,"arrival":1,"at":"2026-01-17T09:15:30.000Z"')
  suite.reset()
  await reader.until('event: reset\nid: 0:1:0\ndata: {"lane":0,"generation":1,"fenced":0}\n\n')
  await suite.fetch('config', '/health')
  await reader.until('event: exchange\nid: 0:1:1\n')
  reader.socket.destroy()
})

test('a reader hears all lanes, or one, and all services, or one', async () => {
  await using suite = await start({ services: ['config', 'watermark'], lanes: 2 })
  const all = listen(suite)
  const one = listen(suite, '?lane=1&service=config')
  await Promise.all([all.until(': mock-suite'), one.until(': mock-suite')])
  await suite.fetch('config', '/health')
  await suite.fetch('watermark', '/health', { lane: 1 })
  await suite.fetch('config', '/health', { lane: 1 })
  await all.until('id: 0:0:1,1:0:2\n')
  await one.until('id: 1:0:2\n')
  expect(all.heard().match(/event: exchange/g)).toHaveLength(3)
  expect(one.heard().match(/event: exchange/g)).toHaveLength(1)
  expect((await ask(suite, '/v1/events?lane=2')).status).toBe(404)
  expect((await ask(suite, '/v1/events?service=confg')).status).toBe(404)
  expect((await ask(suite, '/v1/events?servce=config')).status).toBe(422)
  for (const { socket } of [all, one]) socket.destroy()
})

test('a reader that comes back goes on where it stopped, even over a reset', async () => {
  await using suite = await start()
  for (let n = 0; n < 3; n += 1) await suite.fetch('config', '/health')
  const back = listen(suite, '', 'Last-Event-ID: 0:0:1\r\n')
  await back.until('id: 0:0:3\n')
  expect(back.heard()).not.toContain('id: 0:0:1\n')
  suite.reset()
  await suite.fetch('config', '/health')
  const later = listen(suite, '', 'Last-Event-ID: 0:0:3\r\n')
  await later.until('id: 0:1:1\n')
  expect(later.heard()).toMatch(/event: reset\nid: 0:1:0\n[\s\S]*event: exchange\nid: 0:1:1\n/)
  const confused = listen(suite, '', 'Last-Event-ID: yesterday\r\n')
  await confused.until(': mock-suite')
  expect(confused.heard()).not.toContain('event:')
  for (const { socket } of [back, later, confused]) socket.destroy()
})

test('a reader that comes back too late is told how much it missed', async () => {
  await using suite = await start({ journalLimit: 2 })
  for (let n = 0; n < 5; n += 1) await suite.fetch('config', '/health')
  const back = listen(suite, '', 'Last-Event-ID: 0:0:1\r\n')
  await back.until('id: 0:0:5\n')
  expect(back.heard()).toContain('event: gap\nid: 0:0:3\ndata: {"lane":0,"missed":2}\n\n')
  back.socket.destroy()
})

test('a reader that does not read is sent away; of 20 MB no more than a few were kept for it', async () => {
  await using suite = await start({ journalLimit: 20 })
  const slow = listen(suite)
  await slow.until(': mock-suite')
  slow.socket.pause()
  const body = 'x'.repeat(200_000)
  for (let n = 0; n < 100; n += 1) await suite.fetch('config', '/api/v1/secrets', { method: 'POST', headers: json, body })
  slow.socket.resume()
  await slow.end()
  expect(slow.heard().length).toBeLessThan(10_000_000)
  expect(slow.heard()).toMatch(/event: end\nid: .*\ndata: \{"reason":"lagged"\}\n\n/)
})

test('a heartbeat keeps proxies from closing a quiet stream', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  try {
    await using suite = await start()
    const reader = listen(suite)
    await reader.until(': mock-suite')
    vi.advanceTimersByTime(15_000)
    await reader.until('\n:\n\n')
    reader.socket.destroy()
    await expect.poll(() => vi.getTimerCount()).toBe(0)
  } finally {
    vi.useRealTimers()
  }
})

test('65 readers are one too many, and who leaves makes room', async () => {
  await using suite = await start()
  const readers = Array.from({ length: 64 }, () => listen(suite))
  await Promise.all(readers.map((reader) => reader.until(': mock-suite')))
  expect(await (await ask(suite, '/v1/events')).json()).toMatchObject({ status: 503, code: 'too-many-readers' })
  readers[0]?.socket.destroy()
  const status = async () => {
    const reply = await ask(suite, '/v1/events')
    await reply.body?.cancel()
    return reply.status
  }
  await expect.poll(status).toBe(200)
  for (const { socket } of readers) socket.destroy()
})

test('while the suite stops it says so, until the last request is done; readers get an end', async () => {
  const suite = await start()
  const reader = listen(suite)
  await reader.until(': mock-suite')
  const underWay = talk(suite.url('config'), 'PUT /api/v1/secrets/X HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n{')
  await underWay.until('100 Continue')
  const stopped = suite.stop()
  await reader.until('event: end\nid: 0:0:0\ndata: {"reason":"stopping"}\n\n')
  const readiness = await ask(suite, '/readyz')
  expect([readiness.status, await readiness.json()]).toMatchObject([503, { ready: false, services: [{ service: 'config', ready: false }] }])
  expect((await ask(suite, '/healthz')).status).toBe(200)
  expect((await ask(suite, '/v1/events')).status).toBe(503)
  underWay.socket.write('}')
  await underWay.until('HTTP/1.1 403')
  await stopped
  await expect(ask(suite, '/healthz')).rejects.toThrow('fetch failed')
})

test('resets under load: whatever the journal has is of its own generation, and nothing is lost count of', async () => {
  await using suite = await start()
  const requests = Array.from({ length: 200 }, () => fetch(`${suite.url('config')}/health`).then(({ status }) => status))
  const resets = Array.from({ length: 20 }, () => ask(suite, '/v1/reset', { method: 'POST' }).then((reply) => reply.json()))
  const generations = (await Promise.all(resets)).map((reset) => (reset as { lanes: { generation: number }[] }).lanes[0]?.generation)
  expect(new Set(await Promise.all(requests))).toEqual(new Set([200]))
  expect(generations.toSorted((a, b) => Number(a) - Number(b))).toEqual(Array.from({ length: 20 }, (_, at) => at + 1))
  const { total, entries } = (await (await ask(suite, '/v1/journal')).json()) as { total: number; entries: { seq: number }[] }
  expect(entries.map(({ seq }) => seq)).toEqual(Array.from({ length: total }, (_, at) => at + 1))
})

test('a port that is shut or opened over the API is so when its asker hears of it', async () => {
  await using suite = await start()
  const scenario = { name: 'gone', story: 'Config is gone.', rules: [{ when: { service: 'config' }, inject: [{ fault: 'down' }] }] }
  const turned: boolean[] = []
  suite.lane(0).shutters.opened('config', async (shut) => {
    for (let turn = 0; turn < 1000; turn += 1) await new Promise(setImmediate)
    turned.push(shut)
  })
  await ask(suite, '/v1/playing', { method: 'POST', headers: json, body: JSON.stringify({ scenario }) })
  expect(turned).toEqual([true])
  await ask(suite, '/v1/playing/gone', { method: 'DELETE' })
  expect(turned).toEqual([true, false])
})
