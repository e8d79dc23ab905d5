import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RecordedExchange, RecordedMessage } from '../../contracts/kit/recording/exchange.ts'
import { harText } from '../../contracts/kit/recording/write-har.ts'
import { createRedactor } from '../../contracts/kit/redact.ts'
import { leaksIn } from './leak-scanner.ts'
import { OPAQUE, PLANTED } from './planted.ts'

interface Shape {
  url?: string
  headers?: readonly string[]
  type?: string
  body?: string | Buffer
  message?: Pick<RecordedMessage, 'kind' | 'from'>
  reason?: string
}

/** The same in both directions, where both have such a place. */
function exchange({ url = 'https://alert.example/alerts', headers = [], type = 'text/plain', body = '', message, reason }: Shape): RecordedExchange {
  const bytes = Buffer.from(body as string)
  const all = [...headers, 'content-type', type, 'content-length', String(bytes.length)]
  const kept = message === undefined ? bytes : Buffer.alloc(0)
  return {
    at: 0,
    milliseconds: 1,
    request: { method: 'POST', url, headers: all, body: kept },
    reply: { status: 200, headers: all, body: kept },
    ...(message === undefined ? {} : { messages: [{ at: 0, data: bytes, ...message }] }),
    ...(reason === undefined ? {} : { closed: { from: 'service', code: 4001, reason } }),
  }
}

const redactor = () => createRedactor({ key: 'a key of this test' })
const redacted = (shape: Shape) => redactor().redact(exchange(shape))
const bodyOf = (shape: Shape) => redacted(shape).reply?.body.toString()
const har = (...exchanges: RecordedExchange[]) => harText({ version: '0', recordedAt: 0, services: [], upstreams: {} }, exchanges)
const json = (value: unknown): Shape => ({ type: 'application/json', body: JSON.stringify(value) })
const unicode = (text: string) => [...text].map((character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')
const percent = (text: string) => [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
const line = (text: string) => text.replaceAll('\n', ' ')

const PLACES: Readonly<Record<string, (secret: string) => Shape>> = {
  'a header': (secret) => ({ headers: ['x-note', line(secret)] }),
  'a header, among words': (secret) => ({ headers: ['x-note', `for ${line(secret)} only`] }),
  'a cookie': (secret) => ({
    headers: ['cookie', `theme=dark; seen=${encodeURIComponent(secret)}`, 'set-cookie', `seen=${encodeURIComponent(secret)}; Path=/; HttpOnly`],
  }),
  'a place to go to': (secret) => ({ headers: ['location', `https://alert.example/next?from=${encodeURIComponent(secret)}`] }),
  'the query': (secret) => ({ url: `https://alert.example/alerts?limit=5&q=${encodeURIComponent(secret)}` }),
  'the query, every byte escaped': (secret) => ({ url: `https://alert.example/alerts?q=${percent(secret)}&limit=5` }),
  'the name of a parameter': (secret) => ({ url: `https://alert.example/alerts?${encodeURIComponent(secret)}=1` }),
  'the path': (secret) => ({ url: `https://alert.example/people/${encodeURIComponent(secret)}/alerts` }),
  'the fragment': (secret) => ({ url: `https://alert.example/#q=${encodeURIComponent(secret)}` }),
  'a member': (secret) => json({ id: 7, note: secret }),
  'a member, among words': (secret) => json({ note: `Write to ${secret}, soon.` }),
  'a nested member': (secret) => json({ a: [{ b: { c: [1, { note: secret }] } }] }),
  'an element': (secret) => json(['x', secret]),
  'the key of a map': (secret) => json({ seen: { [secret]: 1 } }),
  'a member, every character escaped': (secret) => ({ type: 'application/json', body: `{"note":"${unicode(secret)}"}` }),
  'a member, escaped for a URL': (secret) => json({ next: `/alerts?q=${encodeURIComponent(secret)}` }),
  'a member, in base64': (secret) => json({ blob: Buffer.from(`{"note":${JSON.stringify(secret)}}`).toString('base64') }),
  'JSON in a text in JSON': (secret) => json({ payload: JSON.stringify({ deep: JSON.stringify({ note: secret }) }) }),
  'lines of JSON': (secret) => ({ type: 'application/x-ndjson', body: `${JSON.stringify({ a: 1 })}\n${JSON.stringify({ note: secret })}\n` }),
  'JSON without its end': (secret) => ({ type: 'application/json', body: `{"a":[{"note":${JSON.stringify(secret)},"then":{"x":` }),
  'JSON in UTF-16': (secret) => ({ type: 'application/json', body: Buffer.from(JSON.stringify({ note: secret }), 'utf16le') }),
  'a stream of events': (secret) => ({ type: 'text/event-stream', body: `event: note\ndata: ${JSON.stringify({ note: secret })}\n\n` }),
  'a form': (secret) => ({ type: 'application/x-www-form-urlencoded', body: new URLSearchParams({ a: '1', note: secret }).toString() }),
  text: (secret) => ({ body: `note\n${secret}\nend` }),
  XML: (secret) => ({ type: 'application/xml', body: `<note to="${secret}"><text>${secret}</text></note>` }),
  'a comment of HTML, in entities': (secret) => ({ type: 'text/html', body: `<p>${[...secret].map((it) => `&#${it.charCodeAt(0)};`).join('')}</p>` }),
  'a part of a form': (secret) => ({
    type: 'multipart/form-data; boundary=b',
    body: `--b\r\nContent-Disposition: form-data; name="note"\r\n\r\n${secret}\r\n--b\r\nContent-Disposition: form-data; name="f"; filename="f.json"\r\nContent-Type: application/json\r\n\r\n${JSON.stringify({ note: secret })}\r\n--b--\r\n`,
  }),
  'bytes that are no text': (secret) => ({
    type: 'application/octet-stream',
    body: Buffer.concat([Buffer.from([0xff, 0xfe, 0xff, 0x80]), Buffer.from(`  ${secret}  `), Buffer.from([0xc3])]),
  }),
  'a message to the service': (secret) => ({ body: JSON.stringify({ note: secret }), message: { kind: 'text', from: 'client' } }),
  'a message to the client': (secret) => ({ body: `note ${secret}`, message: { kind: 'text', from: 'service' } }),
  'the reason of a close': (secret) => ({ reason: `no more of ${secret}` }),
}

const cases = Object.entries(PLANTED).flatMap(([kind, secret]) => Object.entries(PLACES).map(([place, shape]) => ({ kind, secret, place, shape })))

test.each(cases)('$kind does not survive in $place', ({ secret, shape }) => {
  const original = exchange(shape(secret))
  expect(leaksIn(har(original), [secret])).toContainEqual(expect.objectContaining({ what: 'planted' }))
  const keeper = redactor()
  const made = keeper.redact(original)
  expect(leaksIn(har(made), [secret])).toEqual([])
  expect(leaksIn(JSON.stringify(keeper.statement()), [secret])).toEqual([])
  expect(made.redactions?.length).toBeGreaterThan(0)
})

test.each(cases)('$kind in $place is replaced once and for all, by whatever key', ({ secret, shape }) => {
  const made = redacted(shape(secret))
  expect(redactor().redact(made)).toEqual(made)
  expect(createRedactor({ key: 'another key' }).redact(made)).toEqual(made)
})

const NAMED: Readonly<Record<string, (secret: string) => Shape>> = {
  Authorization: (secret) => ({ headers: ['Authorization', `Bearer ${secret}`] }),
  'Authorization without a scheme': (secret) => ({ headers: ['authorization', secret] }),
  'Authorization by name and password': (secret) => ({ headers: ['Authorization', `Basic ${Buffer.from(`asha:${secret}`).toString('base64')}`] }),
  'Authorization by AWS': (secret) => ({
    headers: ['authorization', `AWS4-HMAC-SHA256 Credential=${secret}/20260117/eu/s3, SignedHeaders=host, Signature=${secret}`],
  }),
  'Proxy-Authorization': (secret) => ({ headers: ['Proxy-Authorization', `Bearer ${secret}`] }),
  Cookie: (secret) => ({ headers: ['Cookie', `a=1; session=${secret}`] }),
  'Set-Cookie': (secret) => ({ headers: ['Set-Cookie', `__Secure-refresh_token=${secret}; HttpOnly; Max-Age=60`] }),
  'an API key in a header': (secret) => ({ headers: ['X-API-Key', secret] }),
  'the key of the fleet': (secret) => ({ headers: ['X-Internal-API-Key', secret] }),
  'the secret of the gateway': (secret) => ({ headers: ['x-gateway-secret', secret] }),
  'the token of a service': (secret) => ({ headers: ['x-service-token', secret] }),
  'a signature in a header': (secret) => ({ headers: ['X-Hub-Signature-256', secret] }),
  'a token in the query': (secret) => ({ url: `https://alert.example/ws?token=${secret}` }),
  'the signature of a URL': (secret) => ({ url: `https://s3.example/x?X-Amz-Signature=${secret}&X-Amz-Credential=${secret}` }),
  'the signature of a URL in a member': (secret) => json({ url: `https://s3.example/x?Expires=1768641630&Signature=${secret}` }),
  'a token in a fragment': (secret) => ({ url: `https://alert.example/#access_token=${secret}&state=1` }),
  'a password in a form': (secret) => ({ type: 'application/x-www-form-urlencoded', body: `username=asha&password=${secret}` }),
  'a password in a member': (secret) => json({ user: { password: secret } }),
  'a token in camel case': (secret) => json({ accessToken: secret }),
  'secrets in a list': (secret) => json({ api_keys: [secret] }),
  'the value of a secret': (secret) => json({ secret: { value: secret } }),
  'a pair of name and value': (secret) => json([{ name: 'DB_PASSWORD', value: secret }]),
  'what FastAPI repeats': (secret) => json({ detail: [{ type: 'string_too_short', loc: ['body', 'password'], msg: 'String should …', input: secret }] }),
  'an element of XML': (secret) => ({ type: 'application/xml', body: `<login><ns:Password>${secret}</ns:Password></login>` }),
  'an attribute': (secret) => ({ type: 'application/xml', body: `<login password="${secret}"/>` }),
  'a line of a setting': (secret) => ({ body: `DB_HOST=x\nDB_PASSWORD=${secret}\n` }),
  'JSON that is broken': (secret) => ({ type: 'application/json', body: `{"a":1,,"password": "${secret}"` }),
  'a part of a form': (secret) => ({
    type: 'multipart/form-data; boundary=b',
    body: `--b\r\nContent-Disposition: form-data; name="password"\r\n\r\n${secret}\r\n--b--\r\n`,
  }),
  'a message': (secret) => ({ body: JSON.stringify({ type: 'auth', token: secret }), message: { kind: 'text', from: 'client' } }),
}

test.each(Object.entries(NAMED))('what only its name makes a secret does not survive: %s', (_, shape) => {
  const made = redacted(shape(OPAQUE))
  expect(leaksIn(har(made), [OPAQUE])).toEqual([])
  expect(redactor().redact(made)).toEqual(made)
})

test('a secret that its name gave away goes everywhere in the exchange', () => {
  const sent = exchange({ headers: ['authorization', `Bearer ${OPAQUE}`], body: `The token ${OPAQUE} has expired`, reason: `${OPAQUE} has expired` })
  expect(leaksIn(har(redactor().redact(sent)), [OPAQUE])).toEqual([])
})

test('one value has one pseudonym, wherever it stands and however it is written', () => {
  const jwt = PLANTED['a JWT'] as string
  const keeper = redactor()
  const asked = keeper.redact(
    exchange({ headers: ['authorization', `Bearer ${jwt}`, 'x-api-key', OPAQUE], url: `https://x.example/?access_token=${jwt}&key=1` }),
  )
  const told = JSON.parse(
    keeper
      .redact(exchange(json({ access_token: jwt, token: OPAQUE, a: 'Asha@X.org', b: ['asha@x.org'], phone: '98123 45678', mobile: '+919812345678' })))
      .reply?.body.toString() ?? '',
  )
  expect(asked.request.headers.slice(0, 4)).toEqual(['authorization', `Bearer ${told.access_token}`, 'x-api-key', told.token])
  expect(asked.request.url).toBe(`https://x.example/?access_token=${told.access_token}&key=1`)
  expect([told.a, told.phone]).toEqual([told.b[0], told.mobile])
})

test('the same key gives the same pseudonyms in every recording, another key gives others', () => {
  const shape = json({ token: OPAQUE })
  expect(redacted(shape)).toEqual(redacted(shape))
  expect(createRedactor({ key: 'another key' }).redact(exchange(shape)).reply?.body).not.toEqual(redacted(shape).reply?.body)
})

test('a pseudonym has the form of what it stands for', () => {
  const told = JSON.parse(
    bodyOf(
      json({
        jwt: PLANTED['a JWT'],
        mail: 'asha@x.org',
        phone: '+919812345678',
        card: '5555-5555-5555-4444',
        pan: 'ABCPE1234F',
        uid: '4991 1866 5246',
        session_id: '7f9c2ba4-e88f-4b27-9d3a-0c1e5f7a9b1d',
        db: 'redis://:hunter2@cache:6379/0',
        mobile: 9812345678,
        otp: 123456,
      }),
    ) ?? '',
  )
  expect(told).toEqual({
    jwt: expect.stringMatching(/^[\w-]+\.[\w-]+\.redacted$/),
    mail: expect.stringMatching(/^p-[0-9a-f]{16}@redacted\.example$/),
    phone: expect.stringMatching(/^\+999\d{9}$/),
    card: expect.stringMatching(/^01\d\d-\d{4}-\d{4}-\d{4}$/),
    pan: expect.stringMatching(/^ZZZZ[A-Z]\d{4}[A-Z]$/),
    uid: expect.stringMatching(/^01\d\d \d{4} \d{4}$/),
    session_id: expect.stringMatching(/^0edac7ed-[0-9a-f]{4}-4[0-9a-f]{3}-9[0-9a-f]{3}-[0-9a-f]{12}$/),
    db: expect.stringMatching(/^redis:\/\/redacted:redacted-[0-9a-f]{16}@cache:6379\/0$/),
    mobile: expect.any(Number),
    otp: 999999,
  })
  expect(String(told.mobile)).toMatch(/^10\d{8}$/)
  expect(
    told.jwt
      .split('.')
      .slice(0, 2)
      .map((part: string) => JSON.parse(Buffer.from(part, 'base64url').toString())),
  ).toEqual([{ alg: 'none', typ: 'JWT' }, { redacted: expect.stringMatching(/^[0-9a-f]{16}$/) }])
})

test('all else in a JSON body stays to the letter', () => {
  const body = '{ "b" : 1768728600123456789, "a":1.50,\n\t"e":"caf\\u00e9", "password":"x", "t":[ ] ,"z":1e5}'
  expect(bodyOf({ type: 'application/json', body })).toMatch(
    /^\{ "b" : 1768728600123456789, "a":1\.50,\n\t"e":"caf\\u00e9", "password":"Redacted_secret_\w{16}", "t":\[ \] ,"z":1e5\}$/,
  )
})

test('what is no secret stays, though its name or its looks are near one', () => {
  const body = {
    token_type: 'bearer',
    tokens_used: 512,
    total_tokens: '150000',
    session_count: 3,
    session: 'regular',
    market_session: 'pre-open',
    secret_name: 'INTERNAL_API_KEY',
    secret_type: 'api_key',
    api_key_id: 'key_charts',
    password_required: true,
    refresh_token: null,
    instrument_token: '256265',
    next_page_token: 'eyJvZmZzZXQiOjUwfQ',
    pin_code: '560001',
    detail: 'Invalid execution token: expired',
    challenge: 'Bearer token required',
    at: ['2026-01-17T09:15:30Z', '2026-01-17T09:15:30.123456+05:30', '2026-01-17 09:15', '20260117091530', '202601170915'],
    epoch: ['1768641330', '1768641330123', '1768641330123456789'],
    prices: ['21515.25', '9876543210.50', '1.9876543210', '+5.25', '-9876543210', '65000-66000', '65000 66000', '7500 8000 8500'],
    order_id: '9876543210',
    exchange_order_id: '499118665246',
    orders: ['240117000012345', '1100000012345678', 'ORD-20260117-000123'],
    uuid: '7f9c2ba4-e88f-4b27-9d3a-499118665246',
    sha256: '757489908fa9187ad7ea2205530ad963cea46daae0320a69152c9cb18ae1b92d',
    instruments: ['NSE@RELIANCE@EQ', 'NSE@M&M@EQ', 'NSE@NIFTY@equity_options@2025-07-10@call@21500', 'NIFTY2571021500CE'],
    isin: ['INE002A01018', 'US0378331005'],
    link: 'https://marketplace:8087/scripts/NSE@NIFTY@INDEX/1.0.0.py?limit=5&offset=10',
    ip: '192.168.100.200',
    version: '1.0.0-rc.1+build.20260117',
    timezone: 'Asia/Kolkata',
    weird: '100%25 of {"a": 1} \\u0041 &amp; &#65; YWJjZGVmZ2hpamtsbW5vcA==',
  }
  const made = redacted({
    ...json(body),
    url: 'https://alert.example/api/v1/alerts/alert_000123/NSE@RELIANCE@EQ?from=2026-01-17T09:15:30%2B05:30&limit=50',
    headers: [
      'x-request-id',
      '7f9c2ba4-e88f-4b27-9d3a-499118665246',
      'x-ratelimit-remaining-tokens',
      '59',
      'www-authenticate',
      'Bearer realm="alerts", error="invalid_token"',
      'date',
      'Sat, 17 Jan 2026 09:15:30 GMT',
      'host',
      'alert.example:8085',
    ],
  })
  expect(JSON.parse(made.reply?.body.toString() ?? '')).toEqual(body)
  expect(made.redactions).toBeUndefined()
})

test('names, attributes and empty values of cookies stay', () => {
  const { reply } = redacted({ headers: ['set-cookie', 'sid="abc"; Path=/; Max-Age=900; SameSite=Lax', 'set-cookie', 'gone=""; Max-Age=0'] })
  expect(reply?.headers.slice(0, 4)).toEqual([
    'set-cookie',
    expect.stringMatching(/^sid="Redacted_secret_\w{16}"; Path=\/; Max-Age=900; SameSite=Lax$/),
    'set-cookie',
    'gone=""; Max-Age=0',
  ])
})

test('the length of a body follows it; one that was not its own stays', () => {
  const made = redacted(json({ password: 'x' }))
  expect(made.request.headers.at(-1)).toBe(String(made.request.body.length))
  const head = redactor().redact({ ...exchange({}), reply: { status: 200, headers: ['Content-Length', '4711'], body: Buffer.alloc(0) } })
  expect(head.reply?.headers).toEqual(['Content-Length', '4711'])
})

test.each([
  ['{"a":1,"note":"asha@exam', '{"a":1,"note":"'],
  ['note asha@exam', 'note '],
])('of a body that was cut, what may be half a secret goes: %s', (body, kept) => {
  const sent = exchange({ type: body.startsWith('{') ? 'application/json' : 'text/plain', body })
  const made = redactor().redact({ ...sent, request: { ...sent.request, cut: true } })
  expect(made.request.body.toString()).toBe(kept)
})

test('the statement says what was removed and where, and neither values nor key', () => {
  const keeper = createRedactor({ key: 'the key itself' })
  keeper.redact(exchange({ ...json({ users: [{ email: 'a@x.org' }, { email: 'b@x.org' }], by: { 'c@x.org': 'a@x.org' } }), headers: ['x-api-key', 'k-1'] }))
  expect(keeper.statement()).toEqual({
    keyed: expect.stringMatching(/^[0-9a-f]{16}$/),
    removed: [
      { kind: 'email', places: expect.arrayContaining(['reply body /by/*', 'reply body /users/*/email', 'request body /users/*/email']), values: 3, times: 8 },
      { kind: 'secret', places: ['reply header x-api-key', 'request header x-api-key'], values: 1, times: 2 },
    ],
  })
  expect(JSON.stringify(keeper.statement())).not.toMatch(/the key itself|x\.org|k-1/)
})

const HOSTILE: Readonly<Record<string, string>> = {
  'at signs': '@'.repeat(300_000),
  'beginnings of tokens': 'eyJ'.repeat(100_000),
  dots: 'a.'.repeat(150_000),
  'equal signs': 'token='.repeat(50_000),
  'colons behind names': 'key:'.repeat(75_000),
  'beginnings of URLs': 'a://b:'.repeat(50_000),
  digits: '1 '.repeat(150_000),
  'long digits': '4'.repeat(300_000),
  'beginnings of keys': '-----BEGIN PRIVATE KEY-----'.repeat(10_000),
  'escapes of escapes': '%25'.repeat(100_000),
  'one long word': 'a'.repeat(300_000),
  'letters and digits': 'a1'.repeat(150_000),
  elements: '<password>'.repeat(30_000),
  'open lists': '['.repeat(300_000),
  'open objects': '{"a":'.repeat(60_000),
  'open quotes': '"'.repeat(300_000),
  backslashes: `{"a":"${'\\\\'.repeat(150_000)}`,
  addresses: 'a@b.co '.repeat(40_000),
}

test.each(Object.entries(HOSTILE))('a body that is all %s is read to its end', (_, body) => {
  for (const type of ['text/plain', 'application/json', 'application/x-www-form-urlencoded']) expect(bodyOf({ type, body })).toBeDefined()
})

test('a body of megabytes may be one word, as a file in base64 is', () => {
  const file = Buffer.from(`${'nothing '.repeat(600_000)} ann@example.org`).toString('base64')
  const made = bodyOf({ body: file }) ?? ''
  expect(Buffer.from(made, 'base64').toString()).toMatch(/ nothing {2}(?!ann)\S+@\S+$/)
})

const word = fc.stringMatching(/^[a-z]{1,8}$/)
const secrets = fc.constantFrom(...Object.values(PLANTED))
/** No two that become the same name. */
const names = fc.constantFrom(...Object.entries(PLANTED).flatMap(([kind, secret]) => (kind.endsWith('gap') || kind.endsWith('gaps') ? [] : [secret])))
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.string(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(null, true, 'NSE@RELIANCE@EQ', '2026-01-17T09:15:30Z'),
    fc.tuple(word, secrets).map(([before, secret]) => `${before} ${secret}`),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(word, names), tie('tree'), { maxKeys: 4, noNullPrototype: true }),
  ),
}))

test('whatever the JSON and wherever the secrets in it: none survives, and it is as it was but for its texts', () => {
  fc.assert(
    fc.property(tree, fc.boolean(), (value, spaced) => {
      const made = bodyOf({ type: 'application/json', body: JSON.stringify(value, null, spaced ? 2 : 0) }) ?? ''
      const written = JSON.stringify(value)
      const planted = Object.values(PLANTED).filter((secret) => written.includes(JSON.stringify(secret).slice(1, -1)))
      for (const secret of planted) expect(made.includes(JSON.stringify(secret).slice(1, -1)), secret).toBe(false)
      expect(shapeOf(JSON.parse(made))).toEqual(shapeOf(value))
    }),
    { numRuns: 300 },
  )
})

/** Without texts and names; what JSON makes of -0 is 0. */
function shapeOf(value: unknown): unknown {
  if (typeof value === 'string') return 'text'
  if (Array.isArray(value)) return value.map(shapeOf)
  if (typeof value === 'object' && value !== null) return Object.values(value).map(shapeOf)
  return value === 0 ? 0 : value
}

test('random tokens under secret names never survive', () => {
  const name = fc.constantFrom('password', 'api_key', 'clientSecret', 'X-Auth-Token', 'refresh_token', 'signature', 'sessionId')
  const token = fc.stringMatching(/^[A-Za-z0-9._~+/-]{12,60}$/)
  fc.assert(
    fc.property(name, token, (key, secret) => {
      const made = redacted({ ...json({ [key]: secret }), headers: [key, secret], url: `https://x.example/?${key}=${encodeURIComponent(secret)}` })
      expect(har(made)).not.toContain(secret)
      expect(redactor().redact(made)).toEqual(made)
    }),
    { numRuns: 300 },
  )
})
