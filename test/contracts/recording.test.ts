import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RecordedExchange, RecordedMessage } from '../../contracts/kit/recording/exchange.ts'
import { listRecordings } from '../../contracts/kit/recording/list-recordings.ts'
import { recordedIn } from '../../contracts/kit/recording/recorded-in.ts'
import { harEntry, harText } from '../../contracts/kit/recording/write-har.ts'
import { folder } from '../bin/folder.ts'
import { exchange, head, readAll } from './recording.ts'

/** What is read, without the place that only a reader knows. */
const kept = (exchanges: readonly RecordedExchange[]) => exchanges.map(({ entry: _, ...rest }) => rest)

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 40 }).map((given) => Buffer.from(given)),
  fc.string({ unit: 'binary', maxLength: 40 }).map((given) => Buffer.from(given)),
  fc.json().map((given) => Buffer.from(given)),
)
const name = fc.stringMatching(/^[A-Za-z][A-Za-z-]{0,11}$/)
const headers = fc.array(fc.tuple(name, fc.stringMatching(/^[!-~]{0,20}$/)), { maxLength: 4 }).map((pairs) => pairs.flat())
const at = fc.integer({ min: 0, max: 4_000_000_000_000 })
const text = fc.string({ minLength: 1 })
const optional = { requiredKeys: [] as [] }
const cut = fc.record({ cut: fc.constant(true) }, optional)
const side = fc.constantFrom('client' as const, 'service' as const)
const message: fc.Arbitrary<RecordedMessage> = fc.oneof(
  fc.record({ at, from: side, kind: fc.constant('binary'), data: bytes }),
  fc.record({
    at,
    from: side,
    kind: fc.constant('text'),
    data: fc.string({ unit: 'grapheme' }).map((one) => Buffer.from(one)),
  }),
)
const closed = fc.record({ from: side, code: fc.integer({ min: 1000, max: 4999 }), reason: fc.string() })
const request = fc
  .tuple(fc.record({ method: fc.constantFrom('GET', 'POST', 'DELETE', 'M-SEARCH'), url: fc.webUrl({ withQueryParameters: true }), headers, body: bytes }), cut)
  .map(([one, more]) => ({ ...one, ...more }))
const reply = fc.tuple(fc.record({ status: fc.integer({ min: 100, max: 599 }), headers, body: bytes }), cut).map(([one, more]) => ({ ...one, ...more }))
const extras = fc.record(
  { service: text, operation: text, lane: fc.nat(), version: text, failure: text, redactions: fc.array(text), messages: fc.array(message), closed },
  optional,
)
const answered = fc.record({ at, milliseconds: fc.double({ min: 0, max: 1e6, noNaN: true }), request, reply })
const unanswered = fc.record({ at, milliseconds: fc.nat(), request, failure: text })
const anyExchange: fc.Arbitrary<RecordedExchange> = fc.tuple(extras, fc.oneof(answered, unanswered)).map(([more, one]) => ({ ...more, ...one }))

test('what is written as HAR is read back to the byte, in order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyExchange, { maxLength: 3 }), async (exchanges) => {
      const read = await readAll([Buffer.from(harText(head, exchanges))])
      expect(kept(read.exchanges)).toEqual(exchanges.map((one) => ({ ...one, milliseconds: one.milliseconds === 0 ? 0 : one.milliseconds })))
      expect([read.broken, read.skipped]).toEqual([false, []])
    }),
  )
})

test('a recording that ends anywhere gives every entry that is whole, and no error', async () => {
  const exchanges = [exchange(), exchange({ service: 'ünï"]}\\' }), exchange({ operation: 'createAlert' })]
  const whole = Buffer.from(harText(head, exchanges))
  const ends = exchanges.map((one) => {
    const entry = Buffer.from(JSON.stringify(harEntry(one)))
    return whole.indexOf(entry) + entry.length
  })
  const [last] = [whole.lastIndexOf('}') + 1]
  for (let end = 0; end <= whole.length; end += 1) {
    const read = await readAll([whole.subarray(0, end)])
    expect(kept(read.exchanges)).toEqual(exchanges.slice(0, ends.filter((one) => one <= end).length))
    expect([read.broken, read.skipped]).toEqual([end < last, []])
  }
})

test('where chunks are cut makes no difference, not even between the bytes of a letter or of an escape', async () => {
  const nasty = ['"]}', '\\', '\\"]}}', '{"log":{"entries":[', '\u2028 € 😀 \u0000', '}],'.repeat(20)]
  const exchanges = nasty.map((body) => exchange({ service: body, request: { ...exchange().request, body: Buffer.from(body) } }))
  const escaped = harText(head, exchanges).replaceAll('€', '\\u20ac').replaceAll('log"', 'l\\u006fg"')
  const read = await readAll([...Buffer.from(escaped)].map((byte) => Buffer.from([byte])))
  expect(kept(read.exchanges)).toEqual(exchanges)
  expect(read.broken).toBe(false)
})

test('the entries are found wherever they stand in the log, and nothing else is taken for them', async () => {
  const entry = JSON.stringify(harEntry(exchange()))
  const decoys = `"entries":[1],"x":{"log":{"entries":[2]}},"y":[{"entries":[3]}],"z":"log"`
  const read = await readAll([
    Buffer.from(
      `\uFEFF {${decoys},"log":{"version":"1.2","pages":[{"entries":[4]}],"comment":"entries","entries" : [ ${entry} ],${decoys.replace('"entries"', '"e"')}}}`,
    ),
  ])
  expect(kept(read.exchanges)).toEqual([exchange()])
  expect(read).toMatchObject({ broken: false, skipped: [] })
})

test('an entry of which nothing can be made is passed over and counted, with its place', async () => {
  const good = JSON.stringify(harEntry(exchange()))
  const bad = [
    '7',
    'null',
    '"text"',
    '{"a":tru}',
    '[{}]',
    '{}',
    JSON.stringify({ ...harEntry(exchange()), startedDateTime: 'yesterday' }),
    JSON.stringify({ ...harEntry(exchange()), _fromCache: 'disk' }),
    JSON.stringify({ ...harEntry(exchange()), request: { method: 'GET', url: 'data:text/plain,x' } }),
    JSON.stringify({ ...harEntry(exchange()), response: { content: { _file: 'body.json' } } }),
    `"${'x'.repeat(3000)}"`,
  ]
  const read = await readAll([Buffer.from(`{"log":{"entries":[${good},${bad.join(',')},${good}]}}`)], { limit: 2500 })
  expect(read.exchanges.map(({ entry }) => entry)).toEqual([0, 12])
  expect(read.skipped).toEqual([
    { reason: 'it is no object', times: 4, entry: 1 },
    { reason: 'it is no JSON', times: 1, entry: 4 },
    { reason: 'it has no request with a method and a URL', times: 1, entry: 6 },
    { reason: 'it does not say when it began', times: 1, entry: 7 },
    { reason: 'its answer came out of a cache', times: 1, entry: 8 },
    { reason: 'its URL is none of http or ws', times: 1, entry: 9 },
    { reason: 'its body is in a file that is not beside it', times: 1, entry: 10 },
    { reason: 'it is too long', times: 1, entry: 11 },
  ])
})

test('a long recording is read as a stream: an entry comes before the next is looked for', async () => {
  let pulled = 0
  const entry = Buffer.from(`${JSON.stringify(harEntry(exchange()))},`)
  function* endless() {
    yield Buffer.from('{"log":{"entries":[')
    for (;;) {
      pulled += 1
      yield entry
    }
  }
  const { readHar } = await import('../../contracts/kit/recording/read-har.ts')
  const reading = readHar(endless())
  for (let times = 1; times <= 5; times += 1) {
    expect((await reading.next()).done).toBe(false)
    expect(pulled).toBe(times)
  }
  await reading.return({ broken: false, skipped: [] })
})

test.each([
  ['a page', '<html></html>'],
  ['a list', '[]'],
  ['an archive', 'PK\u0003\u0004'],
  ['JSON without entries', '{"log":{"version":"1.2"}}'],
  ['entries that are no list', '{"log":{"entries":{}}}'],
])('%s is no recording', async (_, given) => {
  await expect(readAll([Buffer.from(given)], { file: 'x.har' })).rejects.toThrow(
    expect.objectContaining({ code: 'bad-recording', message: expect.stringContaining('could not read x.har: ') }),
  )
})

test('numbers in bodies are nobody’s to round', async () => {
  const body = Buffer.from('{"signal_id": 9007199254740993123, "price": 1.10, "n": 1e400}')
  const read = await readAll([Buffer.from(harText(head, [exchange({ reply: { status: 200, headers: [], body } })]))])
  expect(read.exchanges[0]?.reply?.body).toEqual(body)
})

test('an entry says what browsers say: cookies, query, type, size, where it leads, and status 0 where nothing came', () => {
  const sent = { ...exchange().request, headers: ['Cookie', 'a=1; b=x=y'], body: Buffer.from('{}') }
  const headers = ['Set-Cookie', 'sid=abc; Path=/; HttpOnly; Secure; Expires=Wed, 21 Oct 2026 07:28:00 GMT', 'Location', '/there', 'Content-Type', 'image/png']
  expect(harEntry(exchange({ request: sent, reply: { status: 302, headers, body: Buffer.from([0xff]) } }))).toMatchObject({
    startedDateTime: '2026-01-17T09:15:31.250Z',
    time: 12.5,
    request: {
      cookies: [
        { name: 'a', value: '1' },
        { name: 'b', value: 'x=y' },
      ],
      queryString: [{ name: 'limit', value: '5' }],
      postData: { mimeType: 'x-unknown', text: '{}' },
      bodySize: 2,
    },
    response: {
      status: 302,
      statusText: 'Found',
      cookies: [{ name: 'sid', value: 'abc', path: '/', httpOnly: true, secure: true, expires: '2026-10-21T07:28:00.000Z' }],
      content: { size: 1, mimeType: 'image/png', text: '/w==', encoding: 'base64' },
      redirectURL: '/there',
      bodySize: 1,
    },
  })
  expect(harEntry(exchange({ reply: undefined, failure: 'connection refused' })).response).toMatchObject({
    status: 0,
    headers: [],
    _error: 'connection refused',
  })
})

test('recordings are listed in order, below a folder or by their own name, and by the folder of a service', async () => {
  const path = folder()
  for (const name of ['user/b.har', 'alert/2.har', 'alert/1.HAR', 'staging/alert/3.har', 'flat.har', 'alert/notes.txt']) {
    mkdirSync(join(path, name, '..'), { recursive: true })
    writeFileSync(join(path, name), harText(head, [exchange()]))
  }
  const listed = (...asked: Parameters<typeof listRecordings>) => listRecordings(...asked).map((file) => file.slice(path.length + 1))
  expect(listed(path)).toEqual(['alert/1.HAR', 'alert/2.har', 'flat.har', 'staging/alert/3.har', 'user/b.har'])
  expect(listed(path, ['alert'])).toEqual(['alert/1.HAR', 'alert/2.har', 'flat.har', 'staging/alert/3.har'])
  expect(listed(join(path, 'user'), ['user'])).toEqual(['user/b.har'])
  expect(listed(join(path, 'user/b.har'), ['alert'])).toEqual(['user/b.har'])
  expect(() => listRecordings(join(path, 'none'))).toThrow(expect.objectContaining({ code: 'bad-recording' }))
  const [first] = listRecordings(path)
  expect(await recordedIn(first as string).next()).toMatchObject({ value: exchange() })
})

test.each(['none.har', '.'])('a recording that cannot be read (%s) is told by its name', async (name) => {
  const file = join(folder(), name)
  await expect(recordedIn(file).next()).rejects.toThrow(expect.objectContaining({ code: 'bad-recording', message: expect.stringContaining(file) }))
})
