import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DraftContract, DraftObject, DraftSchema } from '../../contracts/draft/draft.ts'
import { evaluate } from '../../contracts/draft/evaluate.ts'
import { draftOf, type FromRecordings } from '../../contracts/draft/from-recordings.ts'
import { printContract } from '../../contracts/draft/print.ts'
import { withLenientEmails } from '../../contracts/draft/recorded/lenient-emails.ts'
import { sampledSchema } from '../../contracts/draft/recorded/sampled-schema.ts'
import { realReplyOf } from '../../contracts/drift/breaks/real-reply.ts'
import { conformReply } from '../../contracts/kit/conform.ts'
import type { Contract } from '../../contracts/kit/contract.ts'
import { parseInput, readBody } from '../../contracts/kit/input.ts'
import { createRouter, type Match } from '../../contracts/kit/match.ts'
import type { RecordedExchange, RecordedRequest } from '../../contracts/kit/recording/exchange.ts'
import { listRecordings } from '../../contracts/kit/recording/list-recordings.ts'
import { recordedIn } from '../../contracts/kit/recording/recorded-in.ts'
import { contracts } from '../../contracts/services.ts'
import type { ServiceName } from '../../mocks/index.ts'
import { recordedDay } from '../mocks/recorded-day.ts'
import { complaintsAbout, PATIENCE } from './compiled.ts'
import { evaluated } from './evaluated.ts'

const whole = { schema: { kind: 'number', whole: true } } as const
const text = { schema: { kind: 'text' } } as const
const services = Object.keys(contracts) as ServiceName[]
const UNDERSTOOD = (status: number) => status < 400 || status === 404 || status === 409

test.each(services)('what recordings of %s yield is a contract that they keep, with and without the names of operations', async (service) => {
  const recorded = [...(await recordedDay(service)), ...(await recordedDay(service, { seed: 8, at: '2026-02-03T10:00:00Z' }))]
  const unnamed = recorded.map((exchange) => ({ ...exchange, operation: undefined }))
  for (const [exchanges, options] of [
    [recorded, {}],
    [unnamed, {}],
    [unnamed, { contract: contracts[service] }],
  ] as const) {
    const draft = await drafted(exchanges, { service, ...options })
    const contract = evaluated(printContract(draft))
    expect(broken(contract, exchanges)).toEqual([])
    expect(brokenExamples(contract)).toEqual([])
    expect(Object.keys(contract.operations)).toHaveLength(draft.operations.length)
  }
})

test.each(listRecordings('contracts/recordings'))('what %s yields is a contract that it keeps', async (file) => {
  const recorded: RecordedExchange[] = []
  for await (const exchange of recordedIn(file)) recorded.push(exchange)
  for (const service of new Set(recorded.map((exchange) => exchange.service))) {
    const exchanges = recorded.filter((exchange) => exchange.service === service && isKnown(exchange))
    const contract = evaluated(
      printContract(
        await drafted(
          recorded.filter((exchange) => exchange.service === service),
          { service: service ?? 'recorded' },
        ),
      ),
    )
    expect(broken(contract, exchanges)).toEqual([])
    expect(brokenExamples(contract)).toEqual([])
  }
})

/** Not a path, or a method of one, that the service itself does not know. */
function isKnown({ reply }: RecordedExchange): boolean {
  return reply?.status !== 405 && !(reply?.status === 404 && reply.body.toString() === '{"detail":"Not Found"}')
}

test.each(services)('where a contract is at hand, a recording of %s that names no operation finds its paths and names', async (service) => {
  const contract: Contract = contracts[service]
  const recorded = await recordedDay(service)
  const { operations } = await drafted(
    recorded.map((exchange) => ({ ...exchange, operation: undefined })),
    { service, contract },
  )
  const answered = new Set(recorded.filter(({ reply }) => reply?.status !== 405).map(({ operation }) => operation))
  const agreed = Object.entries(contract.operations)
    .filter(([name]) => answered.has(name))
    .map(([name, { method, path }]) => `${name}: ${method} ${path}`)
  expect(operations.map(({ name, method, path }) => `${name}: ${method} ${path}`).sort()).toEqual(agreed.sort())
})

const ok = { status: 200, body: { id: 'x', name: 'y', at: '2026-01-17' } }
const missing = { status: 404, body: { detail: 'User nobody not found' } }

test.each<[string, [string, { status: number; body: unknown }?][], string[]]>([
  [
    'what looks like an id is one',
    [['GET /users/123/profile'], ['GET /users/6f1c1e0e-6d5c-4b0e-9a3c-2f1d0c9b8a77']],
    ['GET /users/:user_id', 'GET /users/:user_id/profile'],
  ],
  [
    'instruments, dates, versions, e-mail',
    [['GET /quotes/NSE@NIFTY@INDEX/2026-01-17'], ['GET /products/12/versions/1.0.0/owners/a%40example.com']],
    ['GET /products/:product_id/versions/:version/owners/:email', 'GET /quotes/:quote_id/:date'],
  ],
  ['names in capitals are ids', [['GET /secrets/REDIS_URL/value']], ['GET /secrets/:secret_name/value']],
  ['fixed paths stay beside ids', [['GET /users/me'], ['GET /users/12']], ['GET /users/:user_id', 'GET /users/me']],
  [
    'three words that are answered alike are one operation',
    [
      ['GET /users/asha', ok],
      ['GET /users/ravi', ok],
      ['GET /users/meera', ok],
    ],
    ['GET /users/:user_name'],
  ],
  [
    'two are two',
    [
      ['GET /users/asha', ok],
      ['GET /users/ravi', ok],
    ],
    ['GET /users/asha', 'GET /users/ravi'],
  ],
  [
    'three that are answered otherwise are three',
    [
      ['GET /users/asha', ok],
      ['GET /users/count', { status: 200, body: { total: 1 } }],
      ['GET /users/roles', { status: 200, body: [{ role: 1, of: 2 }] }],
    ],
    ['GET /users/asha', 'GET /users/count', 'GET /users/roles'],
  ],
  [
    'the first segment is never one',
    [
      ['GET /health', ok],
      ['GET /ready', ok],
      ['GET /live', ok],
    ],
    ['GET /health', 'GET /live', 'GET /ready'],
  ],
  [
    'what is missing beside what is found',
    [
      ['GET /users/asha', ok],
      ['GET /users/nobody', missing],
    ],
    ['GET /users/:user_name'],
  ],
  [
    'what is missing beside ids',
    [
      ['GET /users/12', ok],
      ['GET /users/nobody', missing],
      ['GET /users/me', ok],
    ],
    ['GET /users/:user_id', 'GET /users/me'],
  ],
  [
    'what something is missing for is no id',
    [
      ['POST /users/12/block', ok],
      ['POST /users/13/greet', missing],
    ],
    ['POST /users/:user_id/block', 'POST /users/:user_id/greet'],
  ],
  [
    'an id of one operation is one of the others',
    [
      ['GET /users/asha', ok],
      ['GET /users/nobody', missing],
      ['DELETE /users/asha/roles', ok],
    ],
    ['DELETE /users/:user_name/roles', 'GET /users/:user_name'],
  ],
  ['two ids of one name', [['GET /users/1/2']], ['GET /users/:user_id/:id']],
  [
    'a path that nobody knows is none',
    [
      ['GET /users/1', ok],
      ['GET /wp-login', { status: 404, body: { detail: 'Not Found' } }],
    ],
    ['GET /users/:user_id'],
  ],
  [
    'files of web pages are none',
    [
      ['GET /app.js', ok],
      ['GET /users/1', ok],
    ],
    ['GET /users/:user_id'],
  ],
])('paths: %s', async (_, requests, paths) => {
  const { operations } = await drafted(requests.map(([request, reply = ok]) => asked(request, { reply })))
  expect(operations.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(paths)
})

test('the names of operations in a recording tell what varies', async () => {
  const { operations } = await drafted([
    asked('GET /users/asha', { operation: 'getUser' }),
    asked('GET /users/ravi', { operation: 'getUser' }),
    asked('GET /users/me', { operation: 'whoAmI' }),
  ])
  expect(operations.map(({ name, path }) => `${name} ${path}`)).toEqual(['getUser /users/:user_name', 'whoAmI /users/me'])
})

test('operations are named after what they do', async () => {
  const { operations } = await drafted([
    asked('GET /alerts', { reply: { status: 200, body: [] } }),
    asked('POST /api/v1/alerts', { reply: { status: 201, body: {} } }),
    ...['GET /api/v2/alerts/1', 'PATCH /alerts/1', 'DELETE /alerts/1', 'POST /alerts/1/pause', 'GET /'].map((request) => asked(request)),
  ])
  expect(operations.map(({ name }) => name).sort()).toEqual(['createAlert', 'deleteAlert', 'getAlert', 'listAlerts', 'pauseAlert', 'root', 'updateAlert'])
})

const times = (value: unknown, many: number) => Array.from({ length: many }, () => value)

test.each<[string, unknown[], DraftSchema]>([
  [
    'a member that some lack is optional',
    [{ a: 1 }, { a: 2, b: true }],
    object({ a: whole, b: { schema: { kind: 'boolean' }, optional: true, note: 'In 1 of 2.' } }),
  ],
  [
    'a member that is sometimes null may be null',
    [{ a: 1.5 }, { a: null }],
    object({ a: { schema: { kind: 'number', whole: false, nullable: true, note: 'Null in 1 of 2.' } } }),
  ],
  ['a member that is always null may be anything', [{ a: null }], object({ a: { schema: { kind: 'anything', note: 'Null in all 1.' } } })],
  ['a constant stays a text', times('v1', 3), { kind: 'text', note: 'Always "v1" in 3.' }],
  [
    'a few words again and again are all there are',
    [...times('active', 14), ...times('paused', 3)],
    { kind: 'one-of', values: ['active', 'paused'], note: 'Seen: active ×14, paused ×3.' },
  ],
  ['a few words, too few times', ['active', 'paused', 'active'], { kind: 'text' }],
  ['formats', ['2026-01-17T09:15:30Z', '2026-01-17T09:15:30.5'], { kind: 'text', format: 'datetime' }],
  ['a list of nothing', [[]], { kind: 'list', of: { kind: 'anything', note: 'No sample shows what this is.' } }],
  [
    'keys that are ids make a map',
    [
      { 'NSE@A@EQ': 1, 'NSE@B@EQ': 2 },
      { 'NSE@C@EQ': 1, 'NSE@D@EQ': 2 },
    ],
    { kind: 'map', of: { kind: 'number', whole: true } },
  ],
  ['more digits than JavaScript keeps', [1, 2n ** 60n], { kind: 'number', whole: true, long: true }],
  ['whole, but written as 1e20', [1e20], { kind: 'number', whole: false }],
  ['a text or a number', ['a', 1], { kind: 'either', options: [{ kind: 'text' }, { kind: 'number', whole: true }] }],
  [
    'a word decides which members there are',
    [
      { type: 'email', to: 'x' },
      { type: 'email', to: 'y' },
      { type: 'sms', phone: '1' },
      { type: 'sms', phone: '2' },
    ],
    {
      kind: 'either',
      discriminator: 'type',
      options: [
        object({ type: { schema: { kind: 'one-of', values: ['email'] } }, to: text }),
        object({ type: { schema: { kind: 'one-of', values: ['sms'] } }, phone: text }),
      ],
    },
  ],
  [
    'a word of each kind seen once decides nothing',
    [
      { type: 'email', to: 'x' },
      { type: 'sms', phone: '1' },
    ],
    object({ type: text, to: { ...text, optional: true, note: 'In 1 of 2.' }, phone: { ...text, optional: true, note: 'In 1 of 2.' } }),
  ],
])('schemas: %s', (_, samples, schema) => {
  expect(sampledSchema(samples)).toEqual(schema)
})

const values = fc.array(
  fc.letrec((tie) => ({
    value: fc.oneof({ depthSize: 'small' }, tie('scalar'), tie('list'), tie('object'), tie('table')),
    scalar: fc.oneof(
      fc.constantFrom(
        null,
        true,
        0,
        1.5,
        '',
        'email',
        'sms',
        'push',
        'user_12',
        '2026-01-17',
        '2026-01-17T09:15:30',
        'a@example.com',
        'http://x',
        '10.0.0.1',
        2 ** 60,
      ),
      fc.json({ maxDepth: 0 }).map((text) => JSON.parse(text) as unknown),
    ),
    list: fc.array(tie('value'), { maxLength: 4 }),
    object: fc.dictionary(fc.constantFrom('type', 'to', 'phone', '__proto__', 'a b'), tie('value'), { maxKeys: 4 }),
    table: fc.dictionary(fc.constantFrom('12', 'NSE@A@EQ', '2026-01-17', 'user_7', 'user_8'), tie('scalar'), { maxKeys: 5 }),
  })).value,
  { minLength: 1, maxLength: 30 },
)

test('a schema takes every sample that it was made of, in a reply and in a request', () => {
  fc.assert(
    fc.property(values, (samples) => {
      const bodies = samples.map((sample) => JSON.parse(JSON.stringify(sample)) as unknown)
      const reply = sampledSchema(bodies)
      const request = withLenientEmails(reply, bodies, 'body', true)
      for (const schema of [
        evaluate(reply, { shapes: {}, pydantic: false, reading: 'reply' }),
        evaluate(request, { shapes: {}, pydantic: true, reading: 'body' }),
      ]) {
        for (const body of bodies) expect(schema.safeParse(body).error?.issues).toBeUndefined()
      }
    }),
    { numRuns: 40 },
  )
})

test('what a request may leave out is what some that were understood left out; refused ones say nothing', async () => {
  const [operation] = (
    await drafted([
      asked('POST /orders?dry=true&limit=5', { body: { symbol: 'NIFTY', quantity: 1, note: 'x' } }),
      asked('POST /orders?limit=10', { body: { symbol: 'NIFTY', quantity: 2 } }),
      asked('POST /orders?limit=20&odd=1', { body: { quantity: 'many' }, reply: { status: 422, body: { detail: [] } } }),
      asked('POST /orders?limit=20', { body: { symbol: 'NIFTY', quantity: 3 } }),
    ])
  ).operations
  expect(operation?.query).toEqual(object({ dry: { schema: { kind: 'boolean' }, optional: true, note: 'In 1 of 3.' }, limit: whole }))
  expect(operation?.body).toEqual(
    object({ symbol: { schema: { kind: 'text', note: 'Always "NIFTY" in 3.' } }, quantity: whole, note: { ...text, optional: true, note: 'In 1 of 3.' } }),
  )
})

test.each<[string, string[][], object | undefined]>([
  [
    'a token',
    [
      ['Authorization', 'Bearer redacted-1'],
      ['authorization', 'Bearer redacted-1'],
    ],
    { kind: 'bearer' },
  ],
  ['a key', [['X-Internal-API-Key', 'redacted-1']], { kind: 'key', header: 'X-Internal-API-Key' }],
  ['both', [['X-API-Key', 'a', 'Authorization', 'Bearer b']], { kind: 'all', of: [{ kind: 'key', header: 'X-API-Key' }, { kind: 'bearer' }] }],
  [
    'one or the other',
    [
      ['X-API-Key', 'a'],
      ['Authorization', 'Bearer b'],
    ],
    { kind: 'any', of: [{ kind: 'key', header: 'X-API-Key' }, { kind: 'bearer' }] },
  ],
  ['a token, at times none', [['Authorization', 'Bearer b'], []], { kind: 'lenient', of: { kind: 'bearer' } }],
  ['none', [[]], undefined],
])('credentials: %s', async (_, requests, auth) => {
  const { operations } = await drafted(requests.map((headers) => asked('GET /orders', { headers })))
  expect(operations[0]?.auth).toEqual(auth)
})

test('refusals in the words of FastAPI are left to the envelope, all others are spelt out', async () => {
  const orders = [
    asked('GET /orders/1', { reply: { status: 404, body: { detail: 'Order 1 not found' } } }),
    asked('GET /orders/2'),
    asked('GET /orders/3', { reply: { status: 409, body: { detail: 'Busy' } } }),
  ]
  const { errors, operations } = await drafted(orders)
  expect(errors).toBe('fastapi')
  expect(operations[0]?.responses.map(({ status }) => status)).toEqual([200, 409])
  expect(operations[0]?.examples.map(({ name }) => name)).toEqual(['ok', 'notFound', 'conflict'])

  const other = await drafted([asked('GET /orders/1', { reply: { status: 404, body: { error: 'no such order' } } })])
  expect(other.errors).toBe('plain')
  expect(other.operations[0]?.responses).toEqual([{ status: 404, body: object({ error: text }) }])
})

test('a draft says where it comes from, and what is uncertain about it', async () => {
  const { port, host, notes, operations } = await drafted(
    [
      asked('GET /orders/1', { at: '2026-01-17T09:15:30Z' }),
      asked('GET /orders/2', { at: '2026-02-01T09:15:30Z' }),
      asked('GET /health'),
      { ...asked('GET /orders/3'), reply: undefined },
    ],
    { file: 'orders.har' },
  )
  expect({ port, host }).toEqual({ port: 8443, host: 'orders.example' })
  expect(notes).toEqual(['1 exchange was passed over: no whole reply came.', 'Seen once only, so that nothing tells what varies: getHealth.'])
  expect(operations.map(({ source }) => source)).toEqual([
    'recording orders.har, 1 exchange, 2026-01-17',
    'recording orders.har, 2 exchanges, 2026-01-17 to 2026-02-01',
  ])
})

test('whole numbers past 2^53 are kept to the digit, in what is asked and what is answered', { timeout: PATIENCE }, async () => {
  const long = (exchange: RecordedExchange): RecordedExchange => ({
    ...exchange,
    request: { ...exchange.request, body: Buffer.from('{"trade_id":1768641330123456789,"price":1.5}') },
    reply: { status: 200, headers: ['content-type', 'application/json'], body: Buffer.from('{"trade_id":1768641330123456789,"lots":[5]}') },
  })
  const exchanges = [long(asked('POST /trades', { body: {} })), asked('GET /trades', { reply: { status: 200, body: [{ lots: [5] }] } })]
  const text = printContract(await drafted(exchanges))
  const contract = evaluated(text)
  expect(text).toContain('body: { trade_id: 1768641330123456789n, lots: [5] }')
  expect(Object.values(contract.operations).map((operation) => [operation.method, operation.details().lossless])).toEqual([
    ['POST', true],
    ['GET', undefined],
  ])
  expect(broken(contract, exchanges)).toEqual([])
  expect(brokenExamples(contract)).toEqual([])
  expect((await complaintsAbout({ 'trades.ts': text })).types).toEqual([])
})

async function drafted(exchanges: readonly RecordedExchange[], options: Partial<FromRecordings> = {}): Promise<DraftContract> {
  return draftOf(stream(exchanges), { service: 'orders', ...options })
}

async function* stream(exchanges: readonly RecordedExchange[]): AsyncGenerator<RecordedExchange> {
  yield* exchanges
}

interface Asked {
  reply?: { status: number; body: unknown }
  body?: unknown
  headers?: readonly string[]
  operation?: string
  at?: string
}

/** One exchange in JSON: `GET /orders?limit=5`. */
function asked(request: string, { reply = ok, body, headers = [], operation, at = '2026-01-17T09:15:30Z' }: Asked = {}): RecordedExchange {
  const [method = '', path = ''] = request.split(' ')
  const json = ['content-type', 'application/json']
  return {
    at: Date.parse(at),
    milliseconds: 1,
    operation,
    request: {
      method,
      url: `https://orders.example:8443${path}`,
      headers: [...headers, ...json],
      body: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
    },
    reply: { status: reply.status, headers: json, body: Buffer.from(JSON.stringify(reply.body)) },
  }
}

function object(members: DraftObject['members']): DraftObject {
  return { kind: 'object', members }
}

/** Every exchange that finds no operation in a contract, every reply that breaks it, and every request that was understood and would be refused. */
function broken(contract: Contract, exchanges: readonly RecordedExchange[]): unknown[] {
  const router = createRouter(contract)
  return exchanges.flatMap(({ request, reply }): unknown[] => {
    if (reply === undefined) return []
    const { pathname } = new URL(request.url)
    const match = router.match(request.method, pathname)
    if ('kind' in match) return [{ request: `${request.method} ${pathname}`, match }]
    const { operation, name } = match
    const violations = conformReply(contract, operation, realReplyOf(contract, operation, reply))
    const refused = UNDERSTOOD(reply.status) ? refusal(match, request) : undefined
    return [...violations.map((violation) => ({ name, ...violation })), ...(refused === undefined ? [] : [{ name, refused }])]
  })
}

function refusal(match: Match, { method, url, headers, body }: RecordedRequest): unknown {
  const { pathname, search } = new URL(url)
  const request = { method, target: pathname + search, rawHeaders: headers, body, tooLarge: false, gone: false }
  const details = match.operation.details()
  const read = readBody(details, request)
  if ('problem' in read) return read.problem
  const input = parseInput(details, request, match, read.value)
  return 'kind' in input ? input : undefined
}

function brokenExamples(contract: Contract): unknown[] {
  return Object.entries(contract.operations).flatMap(([name, operation]): unknown[] => {
    const { examples } = operation.details()
    if (Object.keys(examples).length === 0) return [{ name, examples: 0 }]
    return Object.values(examples).flatMap(({ reply }) =>
      conformReply(contract, operation, { ...reply, contentType: undefined, headers: [] }).flatMap((violation) =>
        violation.part === 'body' ? [{ name, ...violation }] : [],
      ),
    )
  })
}
