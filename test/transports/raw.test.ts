import { expect, test } from 'vitest'
import { startEcho } from './echo.ts'
import { talk } from './raw.ts'

const start = () => startEcho({ ports: 'auto', complain() {} })
const UNREADABLE = 'Invalid HTTP request received.'
const post = (body: string | Buffer, ...headers: string[]) =>
  Buffer.concat([
    Buffer.from(
      ['POST /keep HTTP/1.1', 'Host: x', 'Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`, ...headers, '', ''].join('\r\n'),
    ),
    Buffer.from(body),
  ])

test.each([
  ['a request line of nonsense', 'nonsense\r\n\r\n'],
  ['a method with a space before it', ' GET /say/x HTTP/1.1\r\nHost: x\r\n\r\n'],
  ['a version that there is not', 'GET /say/x HTTP/9.9\r\nHost: x\r\n\r\n'],
  ['a header without a colon', 'GET /say/x HTTP/1.1\r\nHost: x\r\nbroken header\r\n\r\n'],
  ['a negative content length', 'POST /keep HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n'],
  ['two content lengths', 'POST /keep HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}'],
  ['a length and chunks', 'POST /keep HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}'],
  ['a control character in a header', 'GET /say/x HTTP/1.1\r\nHost: x\r\nX-Say: a\u0000b\r\n\r\n'],
  ['a TLS greeting', Buffer.from('16030100050100000100', 'hex')],
  ['headers past any bound', `GET /say/x HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(100_000)}\r\n\r\n`],
])('%s gets the words of uvicorn, then the end, and a place in the journal', async (_, bytes) => {
  await using suite = await start()
  const conversation = talk(suite.url('echo'), bytes)
  await conversation.end()
  expect(conversation.heard()).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
  expect(conversation.heard()).toContain(UNREADABLE)
  expect(suite.journal.entries()).toMatchObject([{ operation: null, problem: 'unreadable', status: 400 }])
  expect((await fetch(`${suite.url('echo')}/say/still-here`)).status).toBe(200)
})

test('a broken chunk after good ones gets the words too', async () => {
  await using suite = await start()
  const conversation = talk(suite.url('echo'), 'POST /keep HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"tex\r\nZZZ\r\n')
  expect(await conversation.until(UNREADABLE)).toContain('400 Bad Request')
})

test('a body in chunks is put together', async () => {
  await using suite = await start()
  const conversation = talk(
    suite.url('echo'),
    'POST /keep HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{"text":"\r\n3\r\nhi"\r\n1\r\n}\r\n0\r\n\r\n',
  )
  expect(await conversation.until('"bytes"')).toContain('{"text":"hi","bytes":13}')
  conversation.socket.destroy()
})

test('a client that promises more than it sends, and leaves, is not waited for', async () => {
  await using suite = await start()
  const conversation = talk(suite.url('echo'), 'POST /keep HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{"text":')
  await new Promise<void>((resolve) => conversation.socket.once('connect', resolve))
  conversation.socket.destroy()
  expect((await fetch(`${suite.url('echo')}/say/next`)).status).toBe(200)
})

test('a client that sends more than it promised has the rest taken for the next request', async () => {
  await using suite = await start()
  const conversation = talk(
    suite.url('echo'),
    'POST /keep HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 13\r\n\r\n{"text":"ab"}trailing nonsense\r\n\r\n',
  )
  await conversation.end()
  expect(conversation.heard()).toContain('{"text":"ab","bytes":13}')
  expect(conversation.heard()).toContain(UNREADABLE)
})

test('a client that has said all it will say still hears the answer', async () => {
  await using suite = await start()
  const conversation = talk(suite.url('echo'), 'GET /say/half HTTP/1.1\r\nHost: x\r\n\r\n')
  conversation.socket.end()
  await conversation.end()
  expect(conversation.heard()).toContain('{"word":"half"')
})

test('a client that speaks a byte at a time is heard out', async () => {
  await using suite = await start()
  const conversation = talk(suite.url('echo'))
  conversation.socket.setNoDelay(true)
  for (const byte of post('{"text":"slow"}')) {
    conversation.socket.write(Buffer.of(byte))
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(await conversation.until('"bytes"')).toContain('{"text":"slow","bytes":15}')
  conversation.socket.destroy()
})

test('requests sent one behind the other are answered in their order', async () => {
  await using suite = await start()
  const requests = Array.from({ length: 20 }, (_, n) => `GET /say/word-${n} HTTP/1.1\r\nHost: x\r\n\r\n`)
  const conversation = talk(suite.url('echo'), requests.join(''))
  const heard = await conversation.until('word-19')
  expect([...heard.matchAll(/"word":"([^"]+)"/g)].map((match) => match[1])).toEqual(requests.map((_, n) => `word-${n}`))
  conversation.socket.destroy()
})

test('a client that asks for the end gets it after the answer', async () => {
  await using suite = await start()
  const conversation = talk(suite.url('echo'), 'GET /say/bye HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
  expect(await conversation.end()).toBe('politely')
  expect(conversation.heard()).toContain('{"word":"bye"')
})

test('HTTP/1.0 is answered and ended', async () => {
  await using suite = await start()
  const conversation = talk(suite.url('echo'), 'GET /say/old HTTP/1.0\r\n\r\n')
  expect(await conversation.end()).toBe('politely')
  expect(conversation.heard()).toContain('{"word":"old"')
})

test.each(['PROPFIND', 'PATCH', 'OPTIONS', 'TRACE', 'PURGE', 'M-SEARCH'])('the method %s is not allowed, and the vendor says which is', async (method) => {
  await using suite = await start()
  const conversation = talk(suite.url('echo'), `${method} /say/x HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n`)
  const heard = await conversation.until('Method Not Allowed')
  expect(heard).toMatch(/^HTTP\/1\.1 405 /)
  expect(heard).toContain('allow: GET\r\n')
  conversation.socket.destroy()
})

test('CONNECT opens no tunnel', async () => {
  await using suite = await start()
  const conversation = talk(suite.url('echo'), 'CONNECT elsewhere:443 HTTP/1.1\r\nHost: elsewhere:443\r\n\r\n')
  await conversation.end()
  expect(conversation.heard()).not.toMatch(/^HTTP\/1\.1 2/)
})

test('a path that leads upwards leads nowhere', async () => {
  await using suite = await start()
  const conversation = talk(suite.url('echo'), 'GET /say/../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n')
  expect(await conversation.until('Not Found')).toMatch(/^HTTP\/1\.1 404 /)
  conversation.socket.destroy()
})

test.each(['/say/%', '/say/%zz', '/say/%c3', '/say/%E0%A4%A', '/say/a%2', '/%'])('the bad escape in %s is never our failure', async (target) => {
  await using suite = await start()
  const conversation = talk(suite.url('echo'), `GET ${target} HTTP/1.1\r\nHost: x\r\n\r\n`)
  expect(await conversation.until('\r\n\r\n')).toMatch(/^HTTP\/1\.1 (200|404) /)
  conversation.socket.destroy()
})

test.each([
  ['UTF-8 with a byte-order mark', Buffer.from('\ufeff{"text":"é"}', 'utf8')],
  ['UTF-16, little end first', Buffer.from('{"text":"é"}', 'utf16le')],
  ['UTF-16 with a byte-order mark', Buffer.from('\ufeff{"text":"é"}', 'utf16le')],
])('a body in %s is read as Python reads it', async (_, body) => {
  await using suite = await start()
  const conversation = talk(suite.url('echo'), post(body))
  expect(Buffer.from(await conversation.until('"bytes"'), 'latin1').toString('utf8')).toContain('{"text":"é"')
  conversation.socket.destroy()
})

test('a body that is no text at all is the caller’s fault', async () => {
  await using suite = await start()
  const conversation = talk(suite.url('echo'), post(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x80, 0x22, 0x7d])))
  expect(await conversation.until('\r\n\r\n')).toMatch(/^HTTP\/1\.1 4\d\d /)
  conversation.socket.destroy()
})

test('a body past the bound is refused without being read, and the connection ends', async () => {
  await using suite = await start()
  const conversation = talk(suite.url('echo'), 'POST /keep HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99999999\r\n\r\n{"text":"')
  await conversation.end()
  expect(conversation.heard()).toMatch(/^HTTP\/1\.1 413 /)
})

test('whoever writes a body past the bound to its end hears the refusal, and may go on with the same connection', async () => {
  await using suite = await start()
  const conversation = talk(suite.url('echo'), post('x'.repeat(8 * 1024 * 1024)), 'GET /say/next HTTP/1.1\r\nHost: x\r\n\r\n')
  expect(await conversation.until('next')).toMatch(/^HTTP\/1\.1 413 .*HTTP\/1\.1 200 /s)
  conversation.socket.destroy()
})

test('whoever wants the connection closed after a body past the bound may write to the end, and hears the refusal', async () => {
  await using suite = await start()
  const conversation = talk(suite.url('echo'))
  const body = post('x'.repeat(16 * 1024 * 1024), 'Connection: close')
  await new Promise<void>((resolve, reject) => conversation.socket.write(body, (error) => (error ? reject(error) : resolve())))
  expect(await conversation.end()).toBe('politely')
  expect(conversation.heard()).toMatch(/^HTTP\/1\.1 413 /)
})

test('a body in chunks past the bound is refused as soon as it passes', async () => {
  await using suite = await start()
  const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`
  const conversation = talk(suite.url('echo'), 'POST /keep HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n', chunk.repeat(17))
  expect(await conversation.until('\r\n\r\n')).toMatch(/^HTTP\/1\.1 413 /)
  conversation.socket.destroy()
})

test('a client that waits for leave to send its body gets it', async () => {
  await using suite = await start()
  const conversation = talk(
    suite.url('echo'),
    'POST /keep HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 13\r\nExpect: 100-continue\r\n\r\n',
  )
  await conversation.until('100 Continue')
  conversation.socket.write('{"text":"ok"}')
  expect(await conversation.until('"bytes"')).toContain('{"text":"ok","bytes":13}')
  conversation.socket.destroy()
})

test('a stop waits for nobody who says nothing', async () => {
  const suite = await start()
  const conversation = talk(suite.url('echo'))
  await new Promise<void>((resolve) => conversation.socket.once('connect', resolve))
  await suite.stop()
  expect(await conversation.end()).toBeTruthy()
})
