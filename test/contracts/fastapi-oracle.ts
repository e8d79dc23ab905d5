import * as z from 'zod'
import { apiKey, bearerToken } from '../../contracts/kit/auth.ts'
import { type Contract, defineContract, del, get, post, put } from '../../contracts/kit/contract.ts'
import { dialectOf, type FastapiVersion } from '../../contracts/kit/fastapi/dialect.ts'
import { fastapi, pydantic } from '../../contracts/kit/fastapi.ts'

/** The operations of test/clients/fastapi-oracle/app.py, written with our builders. */
export function oracle(version: FastapiVersion): Contract {
  const py = pydantic(dialectOf[version])
  const shared = {
    summary: 'As app.py has it.',
    responses: { 200: z.unknown() },
    evidence: 'provider',
    source: 'test/clients/fastapi-oracle/app.py',
    examples: {},
  } as const

  const values = (name: string, item: z.ZodType) => post(`/values/${name}`, () => ({ ...shared, body: py.list(item) }))
  const colour = () => py.enum(['red', 'green', 'blue'], 'Colour')
  const Line = py.object({ sku: py.str(), quantity: py.int({ ge: 1 }) })
  const Address = py.object({ street: py.str(), zip: py.str({ min: 5 }) })
  const Cat = py.object({ kind: py.literal(['cat']), lives: py.int() }).meta({ id: `Cat of ${version}`, title: 'Cat' })
  const Dog = py.object({ kind: py.literal(['dog']), name: py.str() }).meta({ id: `Dog of ${version}`, title: 'Dog' })
  const itemId = py.object({ item_id: py.int() })
  const gate = { status: 401, detail: 'Could not validate credentials', challenge: 'Bearer' } as const

  return defineContract({
    service: 'oracle',
    title: 'What FastAPI really answers',
    port: 8000,
    host: 'oracle',
    env: {},
    errors: fastapi({ version }),
    operations: {
      ints: values('int', py.int()),
      floats: values('float', py.float()),
      bools: values('bool', py.bool()),
      strs: values('str', py.str()),
      datetimes: values('datetime', py.datetime()),
      dates: values('date', py.date()),
      uuids: values('uuid', py.uuid()),
      emails: values('email', py.email()),
      literals: values('literal', py.literal(['a', 'b', "it's", 1, null, true])),
      singleLiterals: values('single-literal', py.literal(['only'])),
      enums: values('enum', colour()),
      nullables: values('nullable', py.nullable(py.int())),
      anything: values('any', py.any()),

      constrained: post('/constrained', () => ({
        ...shared,
        body: py.object({
          short: py.str({ min: 2, max: 4 }).default('xx'),
          one: py.str({ min: 1, max: 1 }).default('x'),
          pattern: py.str({ pattern: /^[A-Z]{2}-\d+$/ }).default('AB-1'),
          at_least: py.int({ ge: 1 }).default(1),
          at_most: py.int({ le: 100 }).default(1),
          above: py.int({ gt: 0 }).default(1),
          below: py.int({ lt: 100 }).default(1),
          between: py.float({ gt: 0.5, lt: 1.5 }).default(1),
          ratio: py.float({ ge: 0, le: 1 }).default(1),
          five: py.int({ multipleOf: 5 }).default(5),
          ten: py.int({ multipleOf: 10, ge: 20 }).default(10),
          pair: py.list(py.int(), { min: 2, max: 3 }).default([1, 2]),
          some: py.list(py.str(), { min: 1 }).default(['x']),
          few: py.list(py.int(), { max: 1 }).default([1]),
          maybe: py.optional(py.int({ ge: 1 })),
          counts: py.dict(py.int()).default({}),
        }),
      })),

      createOrder: post('/orders', () => ({
        ...shared,
        body: py.object({
          user_id: py.str(),
          priority: py.literal(['low', 'high']).default('low'),
          colour: colour().default('red'),
          lines: py.list(Line),
          address: py.optional(Address),
          metadata: py.optional(py.dict(py.any())),
          note: py.optional(py.str()),
        }),
      })),
      listOrders: get('/orders', () => shared),

      strict: put('/strict', () => ({ ...shared, body: py.object({ name: py.str(), size: py.int().default(1) }).strict() })),

      validated: post('/validated', () => ({
        ...shared,
        body: py
          .object({ name: py.str().refine((name) => !name.includes(' '), 'must not contain blanks'), start: py.int(), end: py.int() })
          .refine(({ start, end }) => end >= start, 'end lies before start'),
      })),

      unions: post('/unions', () => ({
        ...shared,
        body: py.object({
          int_or_str: py.union([py.int(), py.str()]).default(1),
          str_or_int: py.union([py.str(), py.int()]).default(1),
          str_or_list: py.union([py.str(), py.list(py.str())]).default('x'),
          int_or_bool: py.union([py.int(), py.bool()]).default(1),
          bool_or_int: py.union([py.bool(), py.int()]).default(1),
          float_or_int: py.union([py.float(), py.int()]).default(1),
          maybe: py.optional(py.union([py.int(), py.list(py.int())])),
          bounded: py.union([py.int({ ge: 10 }), py.str({ max: 3 })]).default(10),
          models: py.optional(py.union([Cat, Dog])),
          pet: py.optional(py.tagged('kind', [Cat, Dog])),
          words: py.optional(py.union([py.literal(['a', 'b']), colour()])),
          nested: py.optional(py.union([py.dict(py.int()), py.list(Cat)])),
          when: py.optional(py.union([py.datetime(), py.date(), py.uuid()])),
          items: py.optional(py.list(py.union([py.int(), py.literal(['all'])]))),
        }),
      })),
      pets: post('/pets', () => ({ ...shared, body: py.tagged('kind', [Cat, Dog]) })),

      dictBody: post('/bodies/dict', () => ({ ...shared, body: py.dict(py.int()) })),
      strBody: post('/bodies/str', () => ({ ...shared, body: py.str() })),
      anyBody: post('/bodies/any', () => ({ ...shared, body: py.any() })),
      optionalBody: post('/bodies/optional', () => ({ ...shared, body: py.optional(Line) })),

      getItem: get('/items/:item_id', () => ({
        ...shared,
        params: py.object({ item_id: py.int({ ge: 1 }) }),
        query: py.object({
          limit: py.int({ ge: 1, le: 100 }).default(10),
          q: py.optional(py.str({ min: 2 })),
          tags: py.list(py.int()).default([]),
          flag: py.bool().default(false),
          since: py.optional(py.datetime()),
          colour: py.optional(colour()),
          ratio: py.optional(py.float()),
        }),
        headers: py.object({ 'x-count': py.optional(py.int({ ge: 0 })) }),
      })),
      required: get('/required', () => ({
        ...shared,
        query: py.object({ q: py.str(), page: py.int(), ids: py.list(py.int()) }),
        headers: py.object({ 'x-token': py.str() }),
      })),
      allPlaces: put('/all/:item_id', () => ({
        ...shared,
        params: itemId,
        query: py.object({ page: py.int() }),
        headers: py.object({ 'x-token': py.str({ min: 3 }) }),
        body: Line,
      })),

      bearer: post('/bearer/:item_id', () => ({ ...shared, params: itemId, body: Line, auth: bearerToken({ secret: 'TOKEN' }) })),
      key: post('/key/:item_id', () => ({
        ...shared,
        params: itemId,
        body: Line,
        auth: apiKey({ header: 'X-API-Key', secret: 'KEY', missing: { status: 403, detail: 'Not authenticated' } }),
      })),
      gate: post('/gate/:item_id', () => ({
        ...shared,
        params: itemId,
        query: py.object({ page: py.int() }),
        body: Line,
        auth: bearerToken({ secret: 'GATE', missing: gate, wrong: gate }),
      })),

      getWord: get('/words/:word', () => ({ ...shared, params: py.object({ word: py.str() }) })),
      postWord: post('/words/:word', () => ({ ...shared, params: py.object({ word: py.str() }) })),
      deleteWord: del('/words/:word', () => ({ ...shared, params: py.object({ word: py.str() }), responses: { 204: z.unknown() } })),
      getFile: get('/files/*', () => shared),
      slash: get('/slash/', () => shared),
      known: get('/static/known', () => shared),
      other: get('/static/:name', () => ({ ...shared, params: py.object({ name: py.str() }) })),
    },
  })
}

type Call = { params: Record<string, unknown>; query: Record<string, unknown>; headers: Record<string, unknown>; body: unknown }
type Handler = (call: Call) => { status: number; body: unknown }

const ok = (body: unknown) => ({ status: 200, body })
const echoed: Handler = ({ body }) => ok(body)
const itemOf: Handler = ({ params }) => ok({ item_id: params.item_id })

/** What the handlers of app.py answer; every other operation sends its body back. */
const handlers: Readonly<Record<string, Handler>> = {
  listOrders: () => ok([]),
  optionalBody: ({ body }) => ok({ body }),
  getItem: ({ params, query, headers }) => ok({ ...params, ...query, x_count: headers['x-count'] }),
  required: ({ query, headers }) => ok({ ...query, x_token: headers['x-token'] }),
  allPlaces: ({ params, query, headers, body }) => ok({ ...params, line: body, ...query, x_token: headers['x-token'] }),
  bearer: itemOf,
  key: itemOf,
  gate: itemOf,
  getWord: ({ params }) => ok(params),
  postWord: ({ params }) => ok(params),
  deleteWord: () => ({ status: 204, body: null }),
  getFile: ({ params }) => ok({ path: params['*'] }),
  slash: () => ok({ slash: true }),
  known: () => ok({ known: true }),
  other: ({ params }) => ok(params),
}

export const handlersOf = (contract: Contract): Record<string, Handler> =>
  Object.fromEntries(Object.keys(contract.operations).map((name) => [name, handlers[name] ?? echoed]))
