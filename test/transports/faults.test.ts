import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { expect, test, vi } from 'vitest'
import { type Suite, startSuite } from '../../mocks/index.ts'
import type { InjectedInput } from '../../scenarios/kit/scenario.ts'
import { type Conversation, talk } from './raw.ts'

/** One service on a real port, and a clock that stands still. */
const start = (complain: (message: string) => void = (message) => expect.unreachable(message)) =>
  startSuite({ services: ['config'], ports: 'auto', clock: '2026-01-17T09:15:30Z', complain })

/** Faults for the next request, and for no other. */
const strike = (suite: Suite<'config'>, ...inject: InjectedInput[]) => play(suite, { times: 1, inject })

const play = (suite: Suite<'config'>, rule: { times?: number; during?: { after?: string; for?: string; every?: string }; inject: InjectedInput[] }) =>
  suite.play({ name: 'a-test', story: 'What a client really gets.', rules: [{ when: { service: 'config' }, ...rule }] })

const GET = 'GET /health HTTP/1.1\r\nHost: x\r\n\r\n'
const ask = (suite: Suite<'config'>): Conversation => talk(suite.url('config'), GET)
const health = (suite: Suite<'config'>): Promise<Response> => fetch(`${suite.url('config')}/health`)
const bodyIn = (heard: string): string => heard.slice(heard.indexOf('\r\n\r\n') + 4)

/** What the answer would have been. */
const whole = async (suite: Suite<'config'>): Promise<string> => (await suite.fetch('config', '/health')).text()

test.each([
  ['reset', 'ECONNRESET', 'ECONNRESET'],
  ['close', 'politely', 'UND_ERR_SOCKET'],
] as const)('%s: not a byte comes, a bare socket ends by %s, fetch fails with %s', async (fault, ending, code) => {
  await using suite = await start()
  await strike(suite, { fault })
  const conversation = ask(suite)
  expect(await conversation.end()).toBe(ending)
  expect(conversation.heard()).toBe('')
  await strike(suite, { fault })
  await expect(health(suite)).rejects.toMatchObject({ message: 'fetch failed', cause: { code } })
  expect((await health(suite)).status).toBe(200)
})

test.each([
  ['reset', 'before', 0],
  ['reset', 'after', 1],
  ['close', 'before', 0],
  ['close', 'after', 1],
] as const)('%s at %s: the answer is lost, and the records are %i', async (fault, at, records) => {
  await using suite = await start()
  await strike(suite, { fault, at })
  const headers = { 'x-internal-api-key': 'mock-internal-key-7c3e5a9d1f60', 'content-type': 'application/json' }
  const body = JSON.stringify({ secret_key: 'NEW', secret_value: 'x' })
  await expect(fetch(`${suite.url('config')}/api/v1/secrets`, { method: 'POST', headers, body })).rejects.toThrow('fetch failed')
  expect(suite.lane(0).store.table('config.secrets').size).toBe(records)
  expect(suite.journal.entries()).toMatchObject([{ outcome: fault, status: null }])
})

test('timeout: the connection is held and says nothing, until the suite is reset', async () => {
  await using suite = await start()
  await strike(suite, { fault: 'timeout' })
  const held = ask(suite)
  await vi.waitFor(() => expect(suite.journal.entries()).toMatchObject([{ outcome: 'hang' }]))
  suite.clock.advance('1h')
  await ask(suite).until('200 OK')
  expect([held.heard(), held.socket.readyState]).toEqual(['', 'open'])
  suite.reset()
  expect(await held.end()).toBe('ECONNRESET')
})

test.each([
  [undefined, 'politely'],
  ['close', 'politely'],
  ['reset', 'ECONNRESET'],
] as const)('limit_data by %s: the head is whole and announces more than comes, then the connection ends by %s', async (by, ending) => {
  await using suite = await start()
  const text = await whole(suite)
  await strike(suite, { fault: 'limit_data', bytes: 10, ...(by === undefined ? {} : { by }) })
  const conversation = ask(suite)
  expect(await conversation.end()).toBe(ending)
  expect(conversation.heard()).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
  expect(conversation.heard()).toContain(`content-length: ${text.length}\r\n`)
  expect(bodyIn(conversation.heard())).toBe(text.slice(0, 10))
})

test('limit_data: fetch has its reply before it fails over the body', async () => {
  await using suite = await start()
  await strike(suite, { fault: 'limit_data', bytes: 10 })
  const reply = await health(suite)
  expect([reply.status, reply.headers.get('server')]).toEqual([200, 'uvicorn'])
  await expect(reply.text()).rejects.toMatchObject({ message: 'terminated', cause: { code: 'UND_ERR_SOCKET' } })
})

test('limit_data of no bytes at all sends the head alone', async () => {
  await using suite = await start()
  await strike(suite, { fault: 'limit_data', bytes: 0 })
  const conversation = ask(suite)
  expect(await conversation.end()).toBe('politely')
  expect(conversation.heard()).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
  expect(bodyIn(conversation.heard())).toBe('')
})

test('malformed: the head is right, half of the body comes, and what follows is no chunk', async () => {
  await using suite = await start()
  const text = await whole(suite)
  await strike(suite, { fault: 'malformed' })
  const conversation = ask(suite)
  expect(await conversation.end()).toBe('politely')
  const half = text.slice(0, Math.ceil(text.length / 2))
  expect(conversation.heard()).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
  expect(conversation.heard()).not.toContain('content-length')
  expect(bodyIn(conversation.heard())).toBe(`${half.length.toString(16)}\r\n${half}\r\nZZZ\r\nthis is no chunk\r\n`)
  await strike(suite, { fault: 'malformed' })
  const reply = await health(suite)
  expect(reply.status).toBe(200)
  await expect(reply.text()).rejects.toMatchObject({ message: 'terminated', cause: { code: 'HPE_INVALID_CHUNK_SIZE' } })
})

test('garbage: what comes is no HTTP, and the same bytes again under the same seed', async () => {
  await using suite = await start()
  const heard: string[] = []
  for (let time = 0; time < 2; time += 1) {
    await strike(suite, { fault: 'garbage', bytes: 20 })
    const conversation = ask(suite)
    expect(await conversation.end()).toBe('politely')
    heard.push(conversation.heard())
  }
  expect(heard[0]).toHaveLength(20)
  expect(heard[0]).toBe(heard[1])
  await strike(suite, { fault: 'garbage' })
  await expect(health(suite)).rejects.toMatchObject({ message: 'fetch failed', cause: { code: 'HPE_INVALID_CONSTANT' } })
})

test('slicer: the body comes piece by piece as the clock moves on, the first with the head', async () => {
  await using suite = await start()
  const text = await whole(suite)
  await strike(suite, { fault: 'slicer', size: 40, delay: '1s' })
  const conversation = ask(suite)
  for (let sent = 40; sent < text.length; sent += 40) {
    await conversation.until(text.slice(sent - 40, sent))
    expect(bodyIn(conversation.heard())).toBe(text.slice(0, sent))
    suite.clock.advance('1s')
  }
  await conversation.until(text)
  expect(suite.clock.pending).toBe(0)
})

test('slicer: a clock that is moved far on at once lets all of it go, and the connection stays good', async () => {
  await using suite = await start()
  const text = await whole(suite)
  await strike(suite, { fault: 'slicer', size: 1, delay: '1s' })
  const conversation = ask(suite)
  await conversation.until('\r\n\r\n{')
  suite.clock.advance('1h')
  await conversation.until(text)
  conversation.socket.write(GET)
  await vi.waitFor(() => expect(conversation.heard().match(/200 OK/g)).toHaveLength(2))
})

test('slicer: pieces without a pause between them need no clock', async () => {
  await using suite = await start()
  const text = await whole(suite)
  await strike(suite, { fault: 'slicer', size: 1, delay: '0ms' })
  expect(await (await health(suite)).text()).toBe(text)
})

test('bandwidth: the head comes at once, then ten times a second what the line can carry', async () => {
  await using suite = await start()
  const text = await whole(suite)
  await strike(suite, { fault: 'bandwidth', rate: 0.625 })
  const conversation = ask(suite)
  await conversation.until('\r\n\r\n')
  expect(bodyIn(conversation.heard())).toBe('')
  suite.clock.advance('100ms')
  await conversation.until(text.slice(0, 64))
  expect(bodyIn(conversation.heard())).toBe(text.slice(0, 64))
  suite.clock.advance('1s')
  await conversation.until(text)
})

test('slow_close: the answer is whole, the connection takes no more requests, and ends when its time has come', async () => {
  await using suite = await start()
  const text = await whole(suite)
  suite.journal.reset()
  await strike(suite, { fault: 'slow_close', delay: '5s' })
  const conversation = ask(suite)
  await conversation.until(text)
  conversation.socket.write(GET)
  // Another connection is answered meanwhile: this one had its chance.
  await ask(suite).until('200 OK')
  expect(conversation.socket.readyState).toBe('open')
  suite.clock.advance('5s')
  expect(await conversation.end()).toMatch(/politely|ECONNRESET/)
  expect(bodyIn(conversation.heard())).toBe(text)
  expect(suite.journal.entries()).toHaveLength(2)
})

test('faults compose: late, in pieces, and cut', async () => {
  await using suite = await start()
  const text = await whole(suite)
  await strike(suite, { fault: 'limit_data', bytes: 15 }, { fault: 'slicer', size: 10, delay: '1s' }, { fault: 'latency', ms: 3000 })
  const conversation = ask(suite)
  await vi.waitFor(() => expect(suite.lane(0).director.playing[0]?.rules[0]?.strikes).toBe(1))
  expect(conversation.heard()).toBe('')
  suite.clock.advance('3s')
  await conversation.until(text.slice(0, 10))
  expect(bodyIn(conversation.heard())).toBe(text.slice(0, 10))
  suite.clock.advance('1s')
  expect(await conversation.end()).toBe('politely')
  expect(bodyIn(conversation.heard())).toBe(text.slice(0, 15))
})

test('what is done to a connection does not overtake the answers before it', async () => {
  await using suite = await start()
  const text = await whole(suite)
  await suite.play({
    name: 'a-test',
    story: 'Two requests in one breath: the first is answered slowly, and the connection is reset over the second.',
    rules: [
      { when: { service: 'config', path: '/health' }, inject: [{ fault: 'slicer', size: 40, delay: '1s' }] },
      { when: { service: 'config', path: '/api/v1/health' }, inject: [{ fault: 'reset' }] },
    ],
  })
  const conversation = talk(suite.url('config'), GET, GET.replace('/health', '/api/v1/health'))
  await conversation.until(text.slice(0, 40))
  await vi.waitFor(() => expect(suite.journal.entries().map(({ outcome }) => outcome)).toContain('reset'))
  suite.clock.advance('1m')
  await conversation.end()
  expect(bodyIn(conversation.heard())).toBe(text)
})

test('a reset of the suite cuts what is still on its way', async () => {
  await using suite = await start()
  await strike(suite, { fault: 'slicer', size: 10, delay: '1s' })
  const conversation = ask(suite)
  await conversation.until('200 OK')
  suite.reset()
  expect(await conversation.end()).toBe('ECONNRESET')
})

test('a client that asked for the end of the connection gets it after a slow answer too', async () => {
  await using suite = await start()
  const text = await whole(suite)
  await strike(suite, { fault: 'slicer', size: 1000, delay: '1s' })
  const conversation = talk(suite.url('config'), GET.replace('Host: x', 'Host: x\r\nConnection: close'))
  expect(await conversation.end()).toBe('politely')
  expect(bodyIn(conversation.heard())).toBe(text)
})

/** Whether anybody listens there. */
function knock(host: string, port: string | number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port) })
    socket.once('connect', () => resolve('open'))
    socket.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code ?? 'error'))
    socket.once('connect', () => socket.resetAndDestroy())
  })
}

/** The loopback addresses on which a suite listens on this machine. */
async function hostsOf(port: string): Promise<string[]> {
  const hosts = ['127.0.0.1', '::1']
  const answers = await Promise.all(hosts.map((host) => knock(host, port)))
  return hosts.filter((_, at) => answers[at] === 'open')
}

test('down: every loopback address refuses, live connections are cut, and the clock alone brings it back', async () => {
  await using suite = await start()
  const { port } = new URL(suite.url('config'))
  const hosts = await hostsOf(port)
  const knockAll = () => Promise.all(hosts.map((host) => knock(host, port)))
  const idle = ask(suite)
  await idle.until('200 OK')
  await play(suite, { during: { after: '10s', for: '30s' }, inject: [{ fault: 'down' }] })
  expect((await health(suite)).status).toBe(200)

  suite.clock.advance('10s')
  expect(await knockAll()).toEqual(hosts.map(() => 'ECONNREFUSED'))
  expect(await idle.end()).toBe('ECONNRESET')
  await expect(health(suite)).rejects.toMatchObject({ message: 'fetch failed', cause: { code: 'ECONNREFUSED' } })

  suite.clock.advance('29s')
  expect(await knockAll()).toEqual(hosts.map(() => 'ECONNREFUSED'))
  suite.clock.advance('1s')
  await vi.waitFor(async () => expect(await knockAll()).toEqual(hosts.map(() => 'open')))
  expect((await health(suite)).status).toBe(200)
})

test('down for a while: the request that meets it is reset, those after it are refused, and it comes back by itself', async () => {
  await using suite = await start()
  const { port } = new URL(suite.url('config'))
  await strike(suite, { fault: 'down', for: '20s' })
  await expect(health(suite)).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } })
  expect(suite.journal.entries()).toMatchObject([{ outcome: 'refuse', gone: false, faults: [{ fault: 'down', told: 'refuse connections for 20 s' }] }])
  expect(await knock('127.0.0.1', port)).toBe('ECONNREFUSED')
  suite.clock.advance('20s')
  await vi.waitFor(async () => expect(await knock('127.0.0.1', port)).toBe('open'))
  expect((await health(suite)).status).toBe(200)
})

test('down: a service that flaps while the clock runs through is open or shut as it was last', async () => {
  await using suite = await start()
  const { port } = new URL(suite.url('config'))
  await play(suite, { during: { for: '1s', every: '2s' }, inject: [{ fault: 'down' }] })
  expect(await knock('127.0.0.1', port)).toBe('ECONNREFUSED')
  suite.clock.advance('21s')
  await vi.waitFor(async () => expect(await knock('127.0.0.1', port)).toBe('open'))
  suite.clock.advance('21s')
  expect(await knock('127.0.0.1', port)).toBe('ECONNREFUSED')
})

test('down ends with its scenario', async () => {
  await using suite = await start()
  const { port } = new URL(suite.url('config'))
  const playing = await play(suite, { inject: [{ fault: 'down' }] })
  expect(await knock('127.0.0.1', port)).toBe('ECONNREFUSED')
  playing.stop()
  await vi.waitFor(async () => expect(await knock('127.0.0.1', port)).toBe('open'))
})

test('down before the ports were open shuts them as soon as they are', async () => {
  await using suite = await startSuite({
    services: ['config'],
    ports: 'auto',
    clock: '2026-01-17T09:15:30Z',
    scenarios: [{ name: 'a-test', story: 'Config is late.', rules: [{ when: { service: 'config' }, during: { for: '5s' }, inject: [{ fault: 'down' }] }] }],
  })
  const { port } = new URL(suite.url('config'))
  expect(await knock('127.0.0.1', port)).toBe('ECONNREFUSED')
  suite.clock.advance('5s')
  await vi.waitFor(async () => expect(await knock('127.0.0.1', port)).toBe('open'))
})

test('a suite that stops while a port is shut ends, and nothing opens the port again', async () => {
  const suite = await start()
  const { port } = new URL(suite.url('config'))
  await play(suite, { during: { for: '5s' }, inject: [{ fault: 'down' }] })
  const stopped = suite.stop()
  suite.clock.advance('5s')
  await stopped
  expect(await knock('127.0.0.1', port)).toBe('ECONNREFUSED')
  suite.lane(0).director.stop()
  expect(await knock('127.0.0.1', port)).toBe('ECONNREFUSED')
})

test('a suite that stops while a port is just opening again leaves it shut', async () => {
  const suite = await start()
  const { port } = new URL(suite.url('config'))
  await play(suite, { during: { for: '5s' }, inject: [{ fault: 'down' }] })
  suite.clock.advance('5s')
  await suite.stop()
  expect(await knock('127.0.0.1', port)).toBe('ECONNREFUSED')
})

test('a port that somebody took meanwhile stays shut, is told, and is tried again at the next chance', async () => {
  const complaints: string[] = []
  await using suite = await start((message) => complaints.push(message))
  const { port } = new URL(suite.url('config'))
  await play(suite, { during: { for: '5s', every: '10s' }, inject: [{ fault: 'down' }] })
  const squatter = createServer().listen({ port: Number(port), host: '127.0.0.1', exclusive: true })
  await once(squatter, 'listening')
  suite.clock.advance('5s')
  await vi.waitFor(() => expect(complaints).toMatchObject([expect.stringContaining('could not open the port of config again: listen EADDRINUSE')]))
  await new Promise((resolve) => squatter.close(resolve))
  suite.clock.advance('5s')
  suite.clock.advance('5s')
  await vi.waitFor(async () => expect(await knock('127.0.0.1', port)).toBe('open'))
  expect((await health(suite)).status).toBe(200)
})
