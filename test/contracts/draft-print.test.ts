import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DraftContract, DraftOperation, DraftSchema } from '../../contracts/draft/draft.ts'
import { printContract, printSchema } from '../../contracts/draft/print.ts'
import { complaintsAbout, PATIENCE } from './compiled.ts'
import { evaluated } from './evaluated.ts'

const text: DraftSchema = { kind: 'text' }
const order: DraftSchema = {
  kind: 'object',
  members: { order_id: { schema: { kind: 'text', format: 'uuid' } }, note: { schema: { ...text, nullable: true }, optional: true, note: 'A wish.' } },
}

const printed: [DraftSchema, string][] = [
  [{ kind: 'text', least: 1, most: 5 }, 'z.string().min(1).max(5)'],
  [{ kind: 'text', format: 'datetime', nullable: true }, 'z.iso.datetime({ offset: true, local: true }).nullable()'],
  [{ kind: 'text', pattern: '^/a{2}$' }, 'z.string().regex(/^\\/a{2}$/)'],
  [{ kind: 'text', pattern: '\\1(' }, 'z.string()'],
  [{ kind: 'number', whole: true, least: 0, below: 10 }, 'z.int().min(0).lt(10)'],
  [{ kind: 'one-of', values: ['a', 'b', 'a'] }, "z.enum(['a', 'b'])"],
  [{ kind: 'one-of', values: [1, null] }, 'z.literal([1, null])'],
  [{ kind: 'list', of: { kind: 'named', name: 'Order' }, most: 3 }, 'z.array(order()).max(3)'],
  [{ kind: 'map', of: { kind: 'anything' } }, 'z.record(z.string(), z.unknown())'],
  [{ kind: 'either', options: [text, { kind: 'boolean' }] }, 'z.union([z.string(), z.boolean()])'],
  [
    { kind: 'object', members: { 'a-b': { schema: text }, __proto__x: { schema: text } }, open: true },
    "z.looseObject({ 'a-b': z.string(), __proto__x: z.string() })",
  ],
]

test.each(printed)('a reply with %j is %s', (schema, code) => {
  expect(printSchema(schema)).toBe(code)
})

const lenient: [DraftSchema, string][] = [
  [{ kind: 'text', least: 1 }, 'py.str({ min: 1 })'],
  [{ kind: 'number', whole: false, above: 0 }, 'py.float({ gt: 0 })'],
  [{ kind: 'text', format: 'email', nullable: true }, 'py.nullable(py.email())'],
  [
    { kind: 'object', members: { limit: { schema: { kind: 'number', whole: true, default: 5 }, optional: true } } },
    'py.object({ limit: py.int().default(5) })',
  ],
  [
    { kind: 'object', members: { limit: { schema: { kind: 'number', whole: true, default: 'five' }, optional: true } } },
    'py.object({ limit: py.int().optional() })',
  ],
  [{ kind: 'object', members: { limit: { schema: text, optional: true } } }, 'py.object({ limit: py.optional(py.str()) })'],
]

test.each(lenient)('a request with %j is read as pydantic reads it: %s', (schema, code) => {
  expect(printSchema(schema, { reading: 'body', pydantic: true })).toBe(code)
})

test('what a choice of shapes is told by is named, where each has a word of its own', () => {
  const branch = (word: string): DraftSchema => ({ kind: 'object', members: { kind: { schema: { kind: 'one-of', values: [word] } } } })
  const either = (...words: string[]): DraftSchema => ({ kind: 'either', discriminator: 'kind', options: words.map(branch) })
  expect(printSchema(either('a', 'b'))).toMatch(/^z\.discriminatedUnion\('kind', /)
  expect(printSchema(either('a', 'a'))).toMatch(/^z\.union\(/)
})

const operation: DraftOperation = {
  name: 'createOrder',
  method: 'POST',
  path: '/orders',
  summary: 'Takes an order.',
  body: { kind: 'named', name: 'Order' },
  responses: [{ status: 201, body: { kind: 'named', name: 'Order' } }],
  auth: { kind: 'bearer' },
  evidence: 'document',
  source: 'orders.json',
  examples: [{ name: 'taken', body: { order_id: 'x' }, reply: { status: 201, body: { order_id: 'x' } } }],
}

const draft: DraftContract = {
  service: 'orders',
  title: 'Orders',
  port: 8123,
  host: 'orders-service',
  errors: 'fastapi',
  shapes: { Order: order },
  operations: [operation],
  notes: ['TRACE is left out'],
}

test('a contract reads as one that somebody wrote', () => {
  expect(printContract(draft)).toBe(`// A draft that mock-suite wrote. Read it before you rely on it.
//
// What it does not tell as the source did:
// - TRACE is left out
import { bearerToken, defineContract, fastapi, once, post, py } from 'mock-suite/contracts'
import * as z from 'zod'

const orderInput = once(() =>
  py.object({
    order_id: py.uuid(),
    /** A wish. */
    note: py.optional(py.str()),
  }),
)

const order = once(() =>
  z.strictObject({
    order_id: z.guid(),
    /** A wish. */
    note: z.string().nullable().optional(),
  }),
)

const bearer = bearerToken({ secret: 'ORDERS_TOKEN' })

export const orders = defineContract({
  service: 'orders',
  title: 'Orders',
  port: 8123,
  host: 'orders-service',
  env: { ORDERS_SERVICE_URL: ({ url }) => url },
  auth: bearer,
  errors: fastapi({ version: '0.115.0' }),
  operations: {
    createOrder: post('/orders', () => ({
      summary: 'Takes an order.',
      body: orderInput(),
      responses: { 201: order() },
      evidence: 'document',
      source: 'orders.json',
      examples: { taken: { body: { order_id: 'x' }, reply: { status: 201, body: { order_id: 'x' } } } },
    })),
  },
})
`)
})

test('among our own contracts it imports from the kit', () => {
  const imports = printContract(draft, { imports: 'kit' }).match(/^import .*$/gm)
  expect(imports).toEqual([
    "import * as z from 'zod'",
    "import { bearerToken } from './kit/auth.ts'",
    "import { defineContract, once, post } from './kit/contract.ts'",
    "import { fastapi, py } from './kit/fastapi.ts'",
  ])
})

test('a shape within itself is asked for late, and the contract works', () => {
  const node: DraftSchema = { kind: 'object', members: { children: { schema: { kind: 'list', of: { kind: 'named', name: 'Node' } } } } }
  const { operations } = evaluated(printContract({ ...draft, shapes: { Node: node }, operations: [{ ...operation, body: { kind: 'named', name: 'Node' } }] }))
  expect(operations.createOrder?.details().body?.safeParse({ children: [{ children: [] }] }).success).toBe(true)
  expect(operations.createOrder?.details().body?.safeParse({ children: [{ children: 5 }] }).success).toBe(false)
})

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '*/',
    '`$',
    '\'"\\',
    '\n\u2028',
    '\u202e',
    '__proto__',
    'constructor',
    'class',
    'z',
    'get',
    '2fa',
    'Äpfel',
    '\ud800',
    '// x',
    '</script>',
    '@ts-ignore',
  ),
)

const anySchema: fc.Arbitrary<DraftSchema> = fc.letrec<{ schema: DraftSchema }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3 },
    fc.record({ kind: fc.constant('text' as const), pattern: anyText, note: anyText, default: fc.jsonValue() }, { requiredKeys: ['kind'] }),
    fc.record({ kind: fc.constant('number' as const), whole: fc.boolean(), least: fc.double({ noNaN: true, noDefaultInfinity: true }) }),
    fc.record({ kind: fc.constant('one-of' as const), values: fc.array(fc.oneof(anyText, fc.integer(), fc.boolean(), fc.constant(null)), { maxLength: 4 }) }),
    fc.record({ kind: fc.constant('named' as const), name: fc.oneof(anyText, fc.constantFrom('A', 'a', 'B')) }),
    fc.record({ kind: fc.constant('list' as const), of: tie('schema'), nullable: fc.boolean() }),
    fc.record({ kind: fc.constant('either' as const), options: fc.array(tie('schema'), { maxLength: 3 }), discriminator: anyText }),
    fc.record({
      kind: fc.constant('object' as const),
      members: fc.dictionary(anyText, fc.record({ schema: tie('schema'), optional: fc.boolean(), note: anyText }), { maxKeys: 4 }),
      open: fc.boolean(),
    }),
  ),
})).schema

const anyDraft: fc.Arbitrary<DraftContract> = fc
  .record({
    errors: fc.constantFrom('fastapi' as const, 'plain' as const),
    service: anyText,
    title: anyText,
    notes: fc.array(anyText, { maxLength: 3 }),
    shapes: fc.record({ A: anySchema, a: anySchema, B: anySchema }),
    operations: fc.array(
      fc.record({
        name: anyText,
        summary: anyText,
        source: anyText,
        body: anySchema,
        reply: anySchema,
        headers: fc.dictionary(anyText, fc.constant({ schema: text }), { maxKeys: 2 }),
        header: anyText,
        example: anyText,
        value: fc.jsonValue(),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  })
  .map(({ operations, ...rest }) => ({
    ...draft,
    ...rest,
    operations: operations.map(({ name, summary, source, body, reply, headers, header, example, value }) => ({
      ...operation,
      name,
      summary,
      source,
      body,
      headers: { kind: 'object' as const, members: headers },
      responses: [{ status: 200, body: reply }],
      auth: { kind: 'key' as const, header },
      examples: [{ name: example, reply: { status: 200, body: value } }],
    })),
  }))

test('whatever a draft holds, it compiles', { timeout: PATIENCE }, async () => {
  const drafts = fc.sample(anyDraft, { numRuns: 60, seed: 20_260_117 })
  const { types } = await complaintsAbout(Object.fromEntries(drafts.map((one, at) => [`draft${at}.ts`, printContract(one)])))
  expect(types).toEqual([])
})

test('whatever a draft holds, it runs, and says what the draft says', () => {
  fc.assert(
    fc.property(anyDraft, (one) => {
      const contract = evaluated(printContract(one))
      expect(contract.title).toBe(one.title)
      expect(Object.values(contract.operations).map((operation) => operation.details().summary)).toEqual(one.operations.map(({ summary }) => summary))
      expect(Object.values(contract.operations).map((operation) => Object.values(operation.details().examples)[0]?.reply)).toEqual(
        one.operations.map(({ examples }) => examples[0]?.reply),
      )
    }),
    { numRuns: 200 },
  )
})

test.each([
  ['\\{[0-9]{4}\\}', 'z.string().regex(/\\{[0-9]{4}\\}/)'],
  ['[^\\\\x00]+', 'z.string().regex(/[^\\\\x00]+/)'],
  ['{[0-9]}', "z.string().regex(RegExp('{[0-9]}'))"],
  ['(a)\\2', "z.string().regex(RegExp('(a)\\\\2'))"],
])('the pattern %s is a literal unless the compiler would refuse it', (pattern, code) => {
  expect(printSchema({ kind: 'text', pattern })).toBe(code)
})

test('a pattern that with the comma behind it is one too long has a line of its own', () => {
  const pattern = 'x'.repeat(128)
  const code = printSchema({ kind: 'object', members: { sku: { schema: { kind: 'text', pattern } } } }, { indent: 18 })
  expect(code).toContain('.regex(\n')
})
