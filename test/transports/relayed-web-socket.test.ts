import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { startSuite } from '../../mocks/index.ts'
import { talk } from './raw.ts'
import { openRelay, type Relayed } from './relayed.ts'

/** A real service that says back what it hears, until it is told to go. */
async function openEcho(options: Parameters<typeof openRelay>[1] = {}): Promise<Relayed & { sockets: WebSocketServer }> {
  const relayed = await openRelay((_, response) => response.end('[]'), options)
  const sockets = new WebSocketServer({ server: relayed.server, perMessageDeflate: true, handleProtocols: () => 'signals.v1' })
  sockets.on('connection', (socket) => {
    socket.on('message', (data, binary) => (String(data) === 'go' ? socket.close(4001, 'as you like') : socket.send(data, { binary })))
  })
  return Object.assign(relayed, { sockets })
}

const wsUrl = ({ url }: Relayed, path: string) => `${url.replace('http:', 'ws:')}${path}`

const said = async (socket: WebSocket): Promise<string> => String((await once(socket, 'message'))[0])

test('a WebSocket reaches the real service, and a recording keeps what both sides said', async () => {
  let instant = 0
  await using relayed = await openEcho({ now: () => (instant += 1) })
  const socket = new WebSocket(wsUrl(relayed, '/ws/alerts?user=7'), 'signals.v1')
  await once(socket, 'open')
  expect(socket.protocol).toBe('signals.v1')
  socket.send('{"subscribe":"NIFTY"}')
  expect(await said(socket)).toBe('{"subscribe":"NIFTY"}')
  socket.send(Buffer.from([0, 255]))
  expect((await once(socket, 'message'))[0]).toEqual(Buffer.from([0, 255]))
  socket.send('go')
  const [code, reason] = await once(socket, 'close')
  expect([code, String(reason)]).toEqual([4001, 'as you like'])

  const [exchange] = await relayed.recorded()
  expect(exchange).toMatchObject({ request: { method: 'GET', url: `${relayed.upstream}/base/ws/alerts?user=7` }, reply: { status: 101 } })
  expect(exchange?.messages?.map(({ from, kind, data }) => [from, kind, data.toString('latin1')])).toEqual([
    ['client', 'text', '{"subscribe":"NIFTY"}'],
    ['service', 'text', '{"subscribe":"NIFTY"}'],
    ['client', 'binary', '\0\xff'],
    ['service', 'binary', '\0\xff'],
    ['client', 'text', 'go'],
  ])
  expect(exchange?.closed).toEqual({ from: 'service', code: 4001, reason: 'as you like' })
  expect(exchange).not.toHaveProperty('failure')
  expect(relayed.suite.journal.entries()).toMatchObject([{ status: 101, request: { target: '/ws/alerts?user=7' } }])
})

test('compression is not offered to the real service: what it compressed could not be read along', async () => {
  await using relayed = await openEcho()
  const socket = new WebSocket(wsUrl(relayed, '/ws'), { perMessageDeflate: true })
  const [{ headers }] = await once(socket, 'upgrade')
  expect(headers).not.toHaveProperty('sec-websocket-extensions')
  socket.close()
  await once(socket, 'close')
})

test('messages of every size are passed on, and kept up to the bound', async () => {
  await using relayed = await openEcho({ bound: 1000 })
  const socket = new WebSocket(wsUrl(relayed, '/ws'))
  await once(socket, 'open')
  for (const size of [600, 600, 300_000]) {
    socket.send('x'.repeat(size))
    expect((await said(socket)).length).toBe(size)
  }
  socket.close()
  const [exchange] = await relayed.recorded()
  expect(exchange?.messages?.map(({ data, cut }) => [data.length, cut])).toEqual([
    [600, undefined],
    [400, true],
  ])
  expect(exchange?.failure).toBe('only the first 1000 bytes of messages were kept')
})

test('a refusal of the real service is passed on as it is', async () => {
  await using relayed = await openRelay(() => {})
  relayed.server.on('upgrade', (_, socket) => socket.end('HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nX-Why: no\r\nContent-Length: 4\r\n\r\nnope'))
  const socket = new WebSocket(wsUrl(relayed, '/ws'))
  socket.on('error', () => {})
  const [, response] = await once(socket, 'unexpected-response')
  expect([response.statusCode, response.headers['x-why'], String(Buffer.concat(await response.toArray()))]).toEqual([403, 'no', 'nope'])
  expect((await relayed.recorded())[0]?.reply).toMatchObject({ status: 403, body: Buffer.from('nope') })
})

test('a real service that is not there is a 502 for a WebSocket too', async () => {
  await using relayed = await openRelay(() => {})
  relayed.server.close()
  const socket = new WebSocket(wsUrl(relayed, '/ws'))
  socket.on('error', () => {})
  const [, response] = await once(socket, 'unexpected-response')
  expect([response.statusCode, response.headers['x-mock-suite-error']]).toEqual([502, 'relay'])
  expect((await relayed.recorded())[0]?.failure).toMatch(/ECONNREFUSED/)
})

test.each(['client', 'service'] as const)('where the %s leaves without a word, the other side is not kept waiting', async (who) => {
  await using relayed = await openEcho()
  const socket = new WebSocket(wsUrl(relayed, '/ws'))
  const [behind] = (await once(relayed.sockets, 'connection')) as [WebSocket]
  await once(socket, 'open')
  const [leaving, left] = who === 'client' ? [socket, behind] : [behind, socket]
  leaving.terminate()
  expect((await once(left, 'close'))[0]).toBe(1006)
  expect(await relayed.recorded()).toHaveLength(1)
})

test.each(['reset', 'stop'] as const)('a %s of the suite ends a WebSocket, on both sides', async (way) => {
  await using relayed = await openEcho()
  const socket = new WebSocket(wsUrl(relayed, '/ws'))
  socket.on('error', () => {})
  const [behind] = (await once(relayed.sockets, 'connection')) as [WebSocket]
  await once(socket, 'open')
  const ends = Promise.all([once(socket, 'close'), once(behind, 'close')])
  await relayed.suite[way]()
  await ends
  expect(await relayed.recorded()).toHaveLength(1)
})

test('faults play in front of a WebSocket: the handshake is an exchange like any other', async () => {
  await using relayed = await openEcho()
  const open = async () => {
    const socket = new WebSocket(wsUrl(relayed, '/ws'))
    const outcome = await once(socket, 'open').then(
      () => 'open',
      (error: Error) => error.message,
    )
    socket.on('error', () => {}).terminate()
    return outcome
  }
  for (const [inject, outcome] of [
    [{ fault: 'close' }, 'socket hang up'],
    [{ fault: 'reset', at: 'after' }, 'read ECONNRESET'],
    [{ fault: 'latency', ms: 5 }, 'open'],
  ] as const) {
    using _played = await relayed.suite.play({ name: 'shaky', story: 'Shakes.', rules: [{ when: { service: 'alert' }, inject: [inject] }] })
    expect(await open()).toBe(outcome)
  }
})

test('an offer of another protocol is not taken: the request is one like any other, with its body', async () => {
  await using relayed = await openRelay(async (request, response) => {
    response.end(JSON.stringify({ upgrade: request.headers.upgrade ?? null, body: Buffer.concat(await request.toArray()).toString() }))
  })
  const head =
    'POST /alerts HTTP/1.1\r\nHost: relay\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\nContent-Length: 5\r\n\r\n'
  const conversation = talk(relayed.url, head, 'hello')
  const heard = await conversation.until('}')
  expect(JSON.parse(heard.slice(heard.indexOf('{')))).toEqual({ upgrade: null, body: 'hello' })
  expect(heard.match(/HTTP\/1.1/g)).toHaveLength(1)
})

test('what a client says with its handshake, before the answer, is not lost', async () => {
  await using relayed = await openEcho()
  const key = Buffer.alloc(16, 7).toString('base64')
  // One masked frame: "hi", its mask all zeros.
  const frame = Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0x68, 0x69])
  const handshake = `GET /ws HTTP/1.1\r\nHost: relay\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`
  const conversation = talk(relayed.url, Buffer.concat([Buffer.from(handshake), frame]))
  const heard = await conversation.until('\x81\x02hi')
  expect(heard).toContain(createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64'))
  conversation.socket.destroy()
  expect((await relayed.recorded())[0]?.messages).toHaveLength(2)
})

test('without a relay nobody upgrades: a fake takes such a request for one like any other', async () => {
  await using suite = await startSuite({ services: ['alert'], ports: 'auto' })
  const socket = new WebSocket(suite.url('alert').replace('http:', 'ws:'))
  socket.on('error', () => {})
  const [, response] = await once(socket, 'unexpected-response')
  expect(response.statusCode).toBe(200)
})
