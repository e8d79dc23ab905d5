import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { alert } from '../../contracts/alert.ts'
import { startSuite } from '../../mocks/index.ts'
import { createRelay } from '../../mocks/kit/relay/relay.ts'
import { talk } from './raw.ts'
import { openRelay, type Relayed } from './relayed.ts'

/** All that a client hears that keeps its socket to itself, byte for byte. */
async function hear({ url }: Pick<Relayed, 'url'>, head: string, body: string | Buffer = ''): Promise<string> {
  const conversation = talk(url, `${head}\r\nConnection: close\r\n\r\n`, body)
  await conversation.end()
  return conversation.heard()
}

const jsonIn = (heard: string) => JSON.parse(heard.slice(heard.indexOf('{'), heard.lastIndexOf('}') + 1))

test('the real service is asked what the client asked: method, path, query, body, and headers in their order and case', async () => {
  await using relayed = await openRelay(async (request, response) => {
    const body = Buffer.concat(await request.toArray())
    response.end(JSON.stringify({ method: request.method, url: request.url, headers: request.rawHeaders, body: body.toString('hex') }))
  })
  const head = [
    'PUT /alerts/a%2Fb?x=1&x=%20&y HTTP/1.1',
    ...['Host: relay', 'X-First: 1', 'Accept-Encoding: br;q=0.5', 'x-FIRST: 2', 'Authorization: Bearer abc'],
    ...['Keep-Alive: 5', 'TE: trailers', 'Proxy-Authorization: secret', 'X-Hop: only to you', 'Connection: x-hop', 'Content-Length: 3'],
  ]
  const asked = jsonIn(await hear(relayed, head.join('\r\n'), Buffer.from([0, 255, 10])))
  expect(asked).toMatchObject({ method: 'PUT', url: '/base/alerts/a%2Fb?x=1&x=%20&y', body: '00ff0a' })
  expect(asked.headers).toEqual([
    ...['host', new URL(relayed.upstream).host, 'connection', 'keep-alive'],
    ...['X-First', '1', 'Accept-Encoding', 'br;q=0.5', 'x-FIRST', '2', 'Authorization', 'Bearer abc'],
    ...['content-length', '3'],
  ])
})

test('a reply comes back as it was: status, repeated headers, compressed bytes, and no word of the connection behind', async () => {
  const bytes = gzipSync('{"state":"triggered"}')
  await using relayed = await openRelay((_, response) => {
    response.writeHead(203, [
      'Set-Cookie',
      'a=1',
      'Content-Encoding',
      'gzip',
      'Set-Cookie',
      'b=2',
      'Content-Length',
      String(bytes.length),
      'X-Hop',
      '1',
      'Connection',
      'X-Hop',
    ])
    response.end(bytes)
  })
  const heard = await hear(relayed, 'GET /alerts HTTP/1.1\r\nHost: relay\r\nAccept-Encoding: gzip')
  expect(heard).toMatch(/^HTTP\/1.1 203 [\s\S]*Set-Cookie: a=1\r\nContent-Encoding: gzip\r\nSet-Cookie: b=2\r\n/)
  expect(heard).not.toContain('X-Hop')
  expect(Buffer.from(heard.slice(heard.indexOf('\r\n\r\n') + 4), 'latin1')).toEqual(bytes)
})

test.each([
  ['gzip', gzipSync],
  ['deflate', deflateSync],
  ['deflate', deflateRawSync],
  ['br', brotliCompressSync],
  ['gzip, br', (text: string) => brotliCompressSync(gzipSync(text))],
])('a recording keeps a body of encoding %s without it, and the headers that name it', async (encoding, encode) => {
  await using relayed = await openRelay((_, response) => response.setHeader('content-encoding', encoding).end(encode('{"id":7}')))
  await fetch(`${relayed.url}/alerts`, { method: 'POST', headers: { 'content-encoding': 'gzip' }, body: gzipSync('asked') })
  const [exchange] = await relayed.recorded()
  expect(exchange?.reply?.body.toString()).toBe('{"id":7}')
  expect(exchange?.reply?.headers).toContain(encoding)
  expect(exchange?.request.body.toString()).toBe('asked')
})

test('what cannot be decoded is kept as it came, and so is the beginning of what is longer than the bound', async () => {
  await using relayed = await openRelay(
    (request, response) => {
      if (request.url === '/base/odd') response.setHeader('content-encoding', 'gzip').end('not compressed at all')
      else response.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.alloc(1_000_000, 'x')))
    },
    { bound: 2000 },
  )
  await hear(relayed, 'GET /odd HTTP/1.1\r\nHost: relay')
  await (await fetch(`${relayed.url}/bomb`)).arrayBuffer()
  const [odd, bomb] = await relayed.recorded(2)
  expect(odd?.reply?.body.toString()).toBe('not compressed at all')
  expect(bomb?.reply).toMatchObject({ body: Buffer.alloc(2000, 'x'), cut: true })
})

test('a recorded exchange says whose it was, when, how long it took, and what the real service called its version', async () => {
  let instant = 1_700_000_000_000
  const now = () => {
    instant += 25
    return instant
  }
  await using relayed = await openRelay((_, response) => response.setHeader('X-App-Version', '2.4.1').end('{}'), { now })
  await fetch(`${relayed.url}/alerts?limit=5`)
  await fetch(`${relayed.url}/no/such/path`)
  const [known, unknown] = await relayed.recorded(2)
  expect(known).toMatchObject({ service: 'alert', operation: 'listAlerts', lane: 0, version: '2.4.1', at: 1_700_000_000_025, milliseconds: 25 })
  expect(known?.request).toMatchObject({ method: 'GET', url: `${relayed.upstream}/base/alerts?limit=5` })
  expect(unknown).not.toHaveProperty('operation')
})

test('what no operation takes is the real service’s to answer: HEAD, OPTIONS, and paths that the contract does not have', async () => {
  await using relayed = await openRelay((request, response) => {
    if (request.method === 'OPTIONS') response.writeHead(204, { allow: 'GET, OPTIONS' }).end()
    else response.writeHead(200, { 'content-length': '5', etag: '"1"' }).end(request.method === 'HEAD' ? undefined : 'hello')
  })
  expect(await hear(relayed, 'HEAD /odd HTTP/1.1\r\nHost: relay')).toMatch(/^HTTP\/1.1 200 OK\r\ncontent-length: 5\r\netag: "1"\r\n[\s\S]*\r\n\r\n$/)
  expect(await hear(relayed, 'OPTIONS /odd HTTP/1.1\r\nHost: relay')).toMatch(/^HTTP\/1.1 204 No Content\r\nallow: GET, OPTIONS\r\n[\s\S]*\r\n\r\n$/)
  expect(await hear(relayed, 'GET http://elsewhere/odd HTTP/1.1\r\nHost: relay')).toMatch(/\r\n\r\nhello$/)
  expect((await relayed.recorded(3)).map(({ request }) => request.method)).toEqual(['HEAD', 'OPTIONS', 'GET'])
})

test('what names no path is not passed on, in the contract’s words', async () => {
  await using relayed = await openRelay((_, response) => response.end('{}'))
  expect(await hear(relayed, 'OPTIONS * HTTP/1.1\r\nHost: relay')).toMatch(/^HTTP\/1.1 400 /)
  expect(await hear(relayed, 'OPTIONS / HTTP/1.1\r\nHost: relay')).toMatch(/^HTTP\/1.1 200 /)
  expect((await relayed.recorded()).map(({ request }) => request.url)).toEqual([`${relayed.upstream}/base/`])
})

test('a redirect is the client’s to follow, and a 304 has no body', async () => {
  await using relayed = await openRelay((request, response) => {
    if (request.url === '/base/old') response.writeHead(307, { location: 'http://169.254.169.254/latest/meta-data' }).end()
    else response.writeHead(304, { etag: '"1"' }).end()
  })
  const moved = await fetch(`${relayed.url}/old`, { redirect: 'manual' })
  expect([moved.status, moved.headers.get('location')]).toEqual([307, 'http://169.254.169.254/latest/meta-data'])
  expect((await fetch(`${relayed.url}/alerts`)).status).toBe(304)
  expect(await relayed.recorded(2)).toHaveLength(2)
})

test('what comes in chunks goes out in chunks, in both directions', async () => {
  await using relayed = await openRelay(async (request, response) => {
    response.write('you said ')
    response.end(Buffer.concat(await request.toArray()))
  })
  const heard = await hear(relayed, 'POST /alerts HTTP/1.1\r\nHost: relay\r\nTransfer-Encoding: chunked', '3\r\nabc\r\n3\r\ndef\r\n0\r\n\r\n')
  expect(heard).toContain('Transfer-Encoding: chunked')
  expect((await relayed.recorded())[0]?.reply?.body.toString()).toBe('you said abcdef')
})

test('a real service takes larger bodies than a fake; what not even a relay carries is refused in the contract’s words', async () => {
  await using relayed = await openRelay(async (request, response) => response.end(String(Buffer.concat(await request.toArray()).length)))
  const large = await fetch(`${relayed.url}/alerts`, { method: 'POST', body: Buffer.alloc(3_000_000) })
  expect(await large.text()).toBe('3000000')
  const huge = await fetch(`${relayed.url}/alerts`, { method: 'POST', body: Buffer.alloc(17_000_000) })
  expect([huge.status, huge.headers.get('x-mock-suite-error')]).toEqual([413, null])
  expect(await relayed.recorded()).toHaveLength(1)
})

test('events reach the client while the real service is still at it', async () => {
  let say: ServerResponse | undefined
  await using relayed = await openRelay((_, response) => {
    say = response
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n')
  })
  const reader = ((await fetch(`${relayed.url}/stream`)).body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream()).getReader()
  expect((await reader.read()).value).toBe('data: 1\n\n')
  say?.write('data: 2\n\n')
  expect((await reader.read()).value).toBe('data: 2\n\n')
  say?.end('data: 3\n\n')
  expect((await reader.read()).value).toBe('data: 3\n\n')
  expect((await reader.read()).done).toBe(true)
  expect((await relayed.recorded())[0]?.reply?.body.toString()).toBe('data: 1\n\ndata: 2\n\ndata: 3\n\n')
})

test('the head of a stream does not wait for its first event', async () => {
  await using relayed = await openRelay((_, response) => response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders())
  expect((await fetch(`${relayed.url}/stream`)).status).toBe(200)
})

test('a body that takes its time is passed on as it comes, whatever its type', async () => {
  let say: ServerResponse | undefined
  await using relayed = await openRelay((_, response) => {
    say = response
    response.writeHead(200, { 'content-length': '6' }).write('abc')
  })
  const reader = ((await fetch(`${relayed.url}/slow`)).body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream()).getReader()
  expect((await reader.read()).value).toBe('abc')
  say?.end('def')
  expect((await reader.read()).value).toBe('def')
})

test('a long body arrives whole, and its recording keeps the beginning', async () => {
  const long = Buffer.alloc(12_000_000, 'abcdefg')
  await using relayed = await openRelay((_, response) => response.end(long), { bound: 3_000_000 })
  const heard = Buffer.from(await (await fetch(`${relayed.url}/export`)).arrayBuffer())
  expect(heard.equals(long)).toBe(true)
  const [exchange] = await relayed.recorded()
  expect(exchange?.reply?.cut).toBe(true)
  expect(exchange?.reply?.body.equals(long.subarray(0, 3_000_000))).toBe(true)
})

test('a client that reads slowly holds back the real service', async () => {
  const piece = Buffer.alloc(64 * 1024, 'x')
  let sent = 0
  await using relayed = await openRelay((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    const pump = () => {
      while (sent < 4000 && response.write(piece)) sent += 1
    }
    response.on('drain', pump)
    pump()
  })
  const conversation = talk(relayed.url, 'GET /stream HTTP/1.1\r\nHost: relay\r\n\r\n')
  await conversation.until('HTTP/1.1 200')
  conversation.socket.pause()
  let before = -1
  // Until nothing moves any more: every buffer on the way is full.
  while (before !== sent) {
    before = sent
    for (let turn = 0; turn < 2000; turn += 1) await new Promise(setImmediate)
  }
  expect(sent).toBeLessThan(3000)
  conversation.socket.destroy()
})

test('a real service that is not there is a 502 that says so, and is kept', async () => {
  await using relayed = await openRelay(() => {})
  relayed.server.close()
  const reply = await fetch(`${relayed.url}/alerts`)
  expect([reply.status, reply.headers.get('x-mock-suite-error')]).toEqual([502, 'relay'])
  const { message } = (await reply.json()) as { message: string }
  expect(message).toMatch(/^could not get an answer of the real service at http:\/\/127.0.0.1:\d+: connect ECONNREFUSED/)
  const [exchange] = await relayed.recorded()
  expect(exchange?.failure).toMatch(/ECONNREFUSED/)
  expect(exchange).not.toHaveProperty('reply')
  expect(relayed.suite.journal.entries()[0]).toMatchObject({ status: 502, failure: message })
  expect(relayed.complaints).toEqual([`alert.listAlerts failed: ${message}`])
})

test('a real service that speaks something else is a 502 as well', async () => {
  await using relayed = await openRelay((request) => void request.socket.end('SSH-2.0-OpenSSH_9.6\r\n'))
  expect((await fetch(`${relayed.url}/alerts`)).status).toBe(502)
  await using secure = await openRelay(() => {})
  const relay = createRelay({ contract: alert, upstream: new URL(secure.upstream.replace('http:', 'https:')) })
  await using suite = await startSuite({ services: ['alert'], ports: 'none', backends: { alert: relay }, complain() {} })
  expect((await suite.fetch('alert', '/alerts')).status).toBe(502)
})

test('a real service that does not answer in time is a 504', async () => {
  await using relayed = await openRelay(() => {}, { timeout: 50 })
  const reply = await fetch(`${relayed.url}/alerts`)
  expect([reply.status, reply.headers.get('x-mock-suite-error')]).toEqual([504, 'relay'])
  expect((await relayed.recorded())[0]?.failure).toBe('Headers Timeout Error')
})

test.each([
  ['of a length', { 'content-length': '100' }],
  ['in chunks', {}],
  ['of a stream', { 'content-type': 'text/event-stream' }],
])('where the real service dies in the middle of a body %s, the client hears its beginning, and no end', async (_, headers) => {
  await using relayed = await openRelay((_, response) => {
    response.writeHead(200, headers).write('the beginning', () => response.destroy())
  })
  const conversation = talk(relayed.url, 'GET /alerts HTTP/1.1\r\nHost: relay\r\n\r\n')
  await conversation.end()
  expect(conversation.heard()).toContain('the beginning')
  expect(conversation.heard()).not.toMatch(/\r\n0\r\n/)
  const [exchange] = await relayed.recorded()
  expect(exchange).toMatchObject({ failure: 'other side closed', reply: { status: 200, body: Buffer.from('the beginning') } })
  expect(relayed.complaints).toEqual([`alert.listAlerts: the real service at ${relayed.upstream} did not end its reply: other side closed`])
})

test.each(['GET', 'PUT', 'POST'])('a kept connection that the real service closes as a %s comes is nothing that a client hears of', async (method) => {
  const used = new WeakSet()
  let answered = 0
  await using relayed = await openRelay((request, response) => {
    if (used.has(request.socket)) return void request.socket.resetAndDestroy()
    used.add(request.socket)
    response.end(String((answered += 1)))
  })
  const ask = async () => (await fetch(`${relayed.url}/alerts`, { method, ...(method === 'GET' ? {} : { body: '{}' }) })).text()
  expect([await ask(), await ask(), await ask()]).toEqual(['1', '2', '3'])
  expect((await relayed.recorded(3)).map(({ failure, reply }) => [failure, reply?.status])).toEqual(Array(3).fill([undefined, 200]))
})

test.each([
  ['GET', 2],
  ['POST', 1],
])('where the real service hangs up on a %s without a word, it was asked %d times, and the client is told', async (method, times) => {
  let asked = 0
  await using relayed = await openRelay((request) => {
    asked += 1
    request.socket.destroy()
  })
  expect((await fetch(`${relayed.url}/alerts`, { method })).status).toBe(502)
  expect(asked).toBe(times)
  expect(await relayed.recorded()).toHaveLength(1)
})

test('a client that leaves in the middle of a stream ends it for the real service too', async () => {
  let closed: Promise<unknown> | undefined
  await using relayed = await openRelay((_, response) => {
    closed = once(response, 'close')
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n')
  })
  const conversation = talk(relayed.url, 'GET /stream HTTP/1.1\r\nHost: relay\r\n\r\n')
  await conversation.until('data: 1')
  conversation.socket.destroy()
  await closed
  expect((await relayed.recorded())[0]).toMatchObject({ failure: 'the client left before the end', reply: { body: Buffer.from('data: 1\n\n') } })
  expect(relayed.complaints).toEqual([])
})

test('a client that leaves before the answer does not keep the work from being recorded', async () => {
  const arrived: ServerResponse[] = []
  await using relayed = await openRelay((_, response) => void arrived.push(response))
  const conversation = talk(relayed.url, 'GET /alerts HTTP/1.1\r\nHost: relay\r\n\r\n')
  while (arrived.length === 0) await new Promise(setImmediate)
  conversation.socket.destroy()
  await once(conversation.socket, 'close')
  arrived[0]?.end('[]')
  expect((await relayed.recorded())[0]?.reply?.body.toString()).toBe('[]')
})

test('whoever keeps exchanges may fail, and the client does not hear of it', async () => {
  const keep = () => {
    throw new Error('the disk is full')
  }
  const relayed = await openRelay((_, response) => response.end('[]'), { keep })
  expect(await (await fetch(`${relayed.url}/alerts`)).text()).toBe('[]')
  await relayed[Symbol.asyncDispose]()
  expect(relayed.complaints).toEqual([expect.stringContaining('could not keep an exchange of alert: Error: the disk is full')])
})

const ever = { service: 'alert' }

test('faults play in front of the real service: one that answers for it, and one that loses its answer', async () => {
  await using relayed = await openRelay((_, response) => response.end('[]'))
  using refusing = await relayed.suite.play({
    name: 'a',
    story: 'Refuses.',
    rules: [{ when: { service: 'alert', operation: 'listAlerts' }, inject: [{ fault: 'status', code: 500 }] }],
  })
  expect((await fetch(`${relayed.url}/alerts`)).status).toBe(500)
  refusing.stop()
  using losing = await relayed.suite.play({ name: 'b', story: 'Loses.', rules: [{ when: ever, inject: [{ fault: 'reset', at: 'after' }] }] })
  await expect(fetch(`${relayed.url}/alerts`)).rejects.toThrow('fetch failed')
  losing.stop()
  // The first was never asked.
  expect(await relayed.recorded()).toHaveLength(1)
})

test('a stream goes through a fault piece by piece: it is cut where the fault says', async () => {
  await using relayed = await openRelay((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write('abcdefghij')
    setImmediate(() => response.write('klmnopqrst'))
  })
  using _played = await relayed.suite.play({ name: 'cut', story: 'Cuts.', rules: [{ when: ever, inject: [{ fault: 'limit_data', bytes: 15 }] }] })
  const conversation = talk(relayed.url, 'GET /stream HTTP/1.1\r\nHost: relay\r\n\r\n')
  await conversation.end()
  expect(conversation.heard()).toContain('klmno')
  expect(conversation.heard()).not.toContain('klmnop')
  expect((await relayed.recorded())[0]?.failure).toBe('the client left before the end')
})

test('an answer that a fault takes away does not leave a stream running behind it', async () => {
  let closed: Promise<unknown> | undefined
  await using relayed = await openRelay((_, response) => {
    closed = once(response, 'close')
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n')
  })
  using _played = await relayed.suite.play({ name: 'lost', story: 'Loses.', rules: [{ when: ever, inject: [{ fault: 'reset', at: 'after' }] }] })
  await expect(fetch(`${relayed.url}/stream`)).rejects.toThrow('fetch failed')
  await closed
  expect(await relayed.recorded()).toHaveLength(1)
})

test.each(['reset', 'stop'] as const)('a %s of the suite ends what streams, on both sides', async (way) => {
  let closed: Promise<unknown> | undefined
  await using relayed = await openRelay((_, response) => {
    closed = once(response, 'close')
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n')
  })
  const conversation = talk(relayed.url, 'GET /stream HTTP/1.1\r\nHost: relay\r\n\r\n')
  await conversation.until('data: 1')
  await relayed.suite[way]()
  await conversation.end()
  await closed
  expect(await relayed.recorded()).toHaveLength(1)
})

test('without a socket a stream comes piece by piece as well, and ends with its reader', async () => {
  let closed: Promise<unknown> | undefined
  await using relayed = await openRelay((_, response) => {
    closed = once(response, 'close')
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n')
  })
  const reader = ((await relayed.suite.fetch('alert', '/stream')).body as ReadableStream<Uint8Array>).getReader()
  expect(Buffer.from((await reader.read()).value as Uint8Array).toString()).toBe('data: 1\n\n')
  await reader.cancel()
  await closed
})

test('without a socket, too, a stream that dies or is cut by a reset is an error for its reader', async () => {
  const behind: ServerResponse[] = []
  await using relayed = await openRelay((_, response) => {
    behind.push(response.writeHead(200, { 'content-type': 'text/event-stream' }))
    response.write('data: 1\n\n')
  })
  const read = async () => {
    const reader = ((await relayed.suite.fetch('alert', '/stream')).body as ReadableStream<Uint8Array>).getReader()
    await reader.read()
    return reader
  }
  const [dying, cut] = [await read(), await read()]
  behind[0]?.destroy()
  await expect(dying.read()).rejects.toMatchObject({ code: 'UND_ERR_SOCKET' })
  relayed.suite.reset()
  await expect(cut.read()).rejects.toMatchObject({ code: 'ECONNRESET' })
  expect(await relayed.recorded(2)).toHaveLength(2)
})

test('a streaming reply waits for those before it on the same connection', async () => {
  await using relayed = await openRelay((request, response) => {
    if (request.url === '/base/late') setTimeout(() => response.end('late'), 20)
    else response.writeHead(200, { 'content-type': 'text/event-stream' }).end('data: 1\n\n')
  })
  const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: relay\r\n\r\n`
  const heard = await talk(relayed.url, get('/late'), get('/stream')).until('data: 1')
  expect(heard.indexOf('late')).toBeLessThan(heard.indexOf('data: 1'))
})
