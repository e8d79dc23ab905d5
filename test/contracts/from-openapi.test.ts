import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import type { DraftSchema } from '../../contracts/draft/draft.ts'
import { fromOpenApi } from '../../contracts/draft/from-openapi.ts'
import { printContract } from '../../contracts/draft/print.ts'
import { agreedOn, conformReply } from '../../contracts/kit/conform.ts'
import type { Contract, Operation } from '../../contracts/kit/contract.ts'
import { openapi } from '../../contracts/kit/openapi.ts'
import { contracts } from '../../contracts/services.ts'
import { root } from '../house/files.ts'
import { complaintsAbout, PATIENCE } from './compiled.ts'
import { evaluated } from './evaluated.ts'

const folder = join(root, 'test/contracts/fixtures/openapi')
const fixtures = readdirSync(folder).map((file) => ({ file, document: parse(readFileSync(join(folder, file), 'utf8')) as Record<string, unknown> }))
const drafted = (file: string) => fromOpenApi(fixtures.find((one) => one.file === file)?.document, { source: file })

/** What the schema of a reply becomes. */
function read(schema: object, { openapi = '3.1.0', schemas = {} }: { openapi?: string; schemas?: object } = {}): DraftSchema | undefined {
  const responses = { 200: { description: '', content: { 'application/json': { schema } } } }
  const document = { openapi, info: { title: 'Orders' }, paths: { '/': { get: { responses } } }, components: { schemas } }
  return fromOpenApi(document, { source: 'x.json' }).operations[0]?.responses[0]?.body
}

const conversions: [object, DraftSchema][] = [
  [{}, { kind: 'anything' }],
  [
    { type: 'string', format: 'date-time', title: 'At' },
    { kind: 'text', format: 'datetime' },
  ],
  [
    { type: 'string', nullable: true, maxLength: 3 },
    { kind: 'text', most: 3, nullable: true },
  ],
  [{ type: ['string', 'null'] }, { kind: 'text', nullable: true }],
  [
    { anyOf: [{ type: 'integer' }, { type: 'null' }], description: 'How many.' },
    { kind: 'number', whole: true, nullable: true, note: 'How many.' },
  ],
  [
    { type: 'number', minimum: 0, exclusiveMinimum: true },
    { kind: 'number', whole: false, above: 0 },
  ],
  [
    { type: 'number', exclusiveMinimum: 0 },
    { kind: 'number', whole: false, above: 0 },
  ],
  [{ enum: ['a', null] }, { kind: 'one-of', values: ['a'], nullable: true }],
  [{ const: 5 }, { kind: 'one-of', values: [5] }],
  [
    { type: 'array', items: { type: 'boolean' }, minItems: 1 },
    { kind: 'list', of: { kind: 'boolean' }, least: 1 },
  ],
  [{ type: 'object' }, { kind: 'map', of: { kind: 'anything' } }],
  [
    { type: 'object', additionalProperties: { type: 'integer' } },
    { kind: 'map', of: { kind: 'number', whole: true } },
  ],
  [
    { properties: { a: { type: 'string' } }, required: ['b'], additionalProperties: true },
    { kind: 'object', members: { a: { schema: { kind: 'text' }, optional: true }, b: { schema: { kind: 'anything' } } }, open: true },
  ],
  [
    { allOf: [{ properties: { a: { type: 'string' } }, required: ['a'] }, { properties: { b: { type: 'null' } } }] },
    { kind: 'object', members: { a: { schema: { kind: 'text' } }, b: { schema: { kind: 'null' }, optional: true } } },
  ],
  [
    { oneOf: [{ type: 'string' }, { type: 'boolean' }], discriminator: { propertyName: 'kind' } },
    { kind: 'either', options: [{ kind: 'text' }, { kind: 'boolean' }], discriminator: 'kind' },
  ],
]

test.each(conversions)('%j is read as %j', (schema, expected) => {
  expect(read(schema)).toEqual(expected)
})

test('references keep their names, and those of one part alone stay references', () => {
  const schemas = { Order: { type: 'string' } }
  expect(read({ $ref: '#/components/schemas/Order' }, { schemas })).toEqual({ kind: 'named', name: 'Order' })
  expect(read({ allOf: [{ $ref: '#/components/schemas/Order' }], nullable: true }, { schemas })).toEqual({ kind: 'named', name: 'Order', nullable: true })
})

test('what stands beside a reference counts: a default keeps the name, a limit makes a schema of its own', () => {
  const schemas = { Color: { type: 'string', enum: ['red', 'green'] }, Word: { type: 'string', minLength: 1 } }
  expect(read({ $ref: '#/components/schemas/Color', default: 'red' }, { schemas })).toEqual({ kind: 'named', name: 'Color', default: 'red' })
  expect(read({ $ref: '#/components/schemas/Word', maxLength: 9 }, { schemas })).toEqual({ kind: 'text', least: 1, most: 9 })
})

test('a pattern that some text would keep busy for hours is left out', () => {
  expect(read({ type: 'string', pattern: '^(a|[a-z0-9])+$' })).toEqual({ kind: 'text' })
  expect(read({ type: 'string', pattern: '([a-z0-9-_ ]|[^\\\\x00-\\\\x7F])+.(json|yaml|yml)' })).toEqual({ kind: 'text' })
  expect(read({ type: 'string', pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*$' })).toMatchObject({ pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*$' })
})

test('an operation that tells nothing but refusals is noted', () => {
  const document = { openapi: '3.0.3', info: { title: 'Pets' }, paths: { '/pet': { post: { responses: { 405: { description: 'Invalid input' } } } } } }
  expect(fromOpenApi(document, { source: 'pets.json' }).notes).toContain('POST /pet tells refusals alone: say what else it answers')
})

test('FastAPI names a type on its 204 as well', () => {
  const schemas = { HTTPValidationError: { type: 'object' } }
  const paths = { '/x': { delete: { responses: { 204: { description: '' } } } } }
  const [operation] = fromOpenApi({ openapi: '3.1.0', info: { title: 'Pets' }, paths, components: { schemas } }, { source: 'x.json' }).operations
  expect(operation?.responses).toEqual([{ status: 204, body: { kind: 'one-of', values: [''] } }])
})

test('shapes that are nothing but one another are cut, not followed', () => {
  const schemas = { A: { allOf: [{ $ref: '#/components/schemas/B' }] }, B: { oneOf: [{ $ref: '#/components/schemas/A' }, { type: 'string' }] } }
  expect(read({ $ref: '#/components/schemas/A' }, { schemas })).toEqual({ kind: 'named', name: 'A' })
  expect(read({ $ref: '#/components/schemas/C' }, { schemas: { C: { $ref: '#/components/schemas/C' } } })).toEqual({ kind: 'anything' })
})

test('an old FastAPI says 3.0, and its optional members may be null', () => {
  const draft = drafted('fastapi-0.68.json')
  expect(draft).toMatchObject({ service: 'alert', errors: 'fastapi', port: 8000 })
  expect(draft.shapes.Alert).toMatchObject({ members: { message: { schema: { kind: 'text', nullable: true }, optional: true } } })
  expect(draft.operations.map(({ name }) => name)).toEqual(['health', 'listAlerts', 'createAlert', 'getAlert', 'deleteAlert', 'upload', 'login'])
  expect(draft.operations.every(({ responses }) => responses.every(({ status }) => status !== 422))).toBe(true)
})

test('a young FastAPI says 3.1: what it shows becomes examples', () => {
  const draft = drafted('fastapi-0.115.json')
  expect(draft).toMatchObject({ service: 'marketplace', host: 'marketplace', port: 8087, errors: 'fastapi' })
  const made = draft.operations.find(({ name }) => name === 'createProduct')
  expect(made?.auth).toEqual({ kind: 'bearer' })
  expect(made?.examples).toEqual([
    {
      name: 'momentum',
      body: { name: 'Momentum', price: '9.99', category: 'signals' },
      reply: { status: 201, body: { id: 'prod_1', name: 'Momentum', price: '9.99', category: 'signals', tags: [] } },
    },
  ])
  expect(draft.notes).toContain('GET /api/v1/products/: the cookie parameter session is not told')
})

test('what a contract cannot say is noted', () => {
  const draft = drafted('pets.yaml')
  expect(draft.operations.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /api/v3/pets',
    'POST /api/v3/pets',
    'GET /api/v3/pets/:pet_id',
    'PUT /api/v3/notes/:name.txt',
  ])
  expect(draft.notes).toEqual(
    expect.arrayContaining([
      'common.yaml#/Error lies outside the document and was not read',
      'TRACE /pets/{pet-id} is left out: contracts have GET, POST, PUT, PATCH, DELETE',
      'GET /pets/{id} is left out: another operation has this address',
      '/pets/{id}:adopt is left out: our paths cannot be written so',
      'GET /pets: the response default is told as 500',
    ]),
  )
})

const refused: [unknown, RegExp][] = [
  [[], /it is no object/],
  [{ swagger: '2.0', paths: {} }, /it is Swagger 2\.0\. Convert it/],
  [{ info: {} }, /no `openapi` member/],
  [{ openapi: '4.0.0', paths: { '/': {} } }, /OpenAPI 4\.0\.0/],
  [{ openapi: '3.1.0', paths: {} }, /it has no paths/],
]

test.each(refused)('%j is refused', (document, message) => {
  expect(() => fromOpenApi(document, { source: 'x' })).toThrow(expect.objectContaining({ code: 'bad-import', message: expect.stringMatching(message) }))
})

const all: readonly Contract[] = Object.values(contracts)
const roundTrip = (contract: Contract) =>
  printContract(fromOpenApi(JSON.parse(JSON.stringify(openapi([contract], { version: '1.0.0' }))), { source: 'openapi.json' }))

test.each(all)('the draft of $service’s own OpenAPI has its operations, and takes its replies', (contract) => {
  const draft = evaluated(roundTrip(contract))
  expect(draft).toMatchObject({ port: contract.port, host: contract.host })
  const wrong = Object.entries(contract.operations).flatMap(([name, operation]) => {
    const mine = draft.operations[name] as Operation
    // OpenAPI has no word for a parameter that takes the rest of a path.
    expect(mine, name).toMatchObject({ method: operation.method, path: operation.path.replace(/\*$/, ':rest') })
    return Object.entries(operation.details().examples).flatMap(([title, { reply }]) => {
      const body = JSON.parse(JSON.stringify(reply.body, (_, value) => (typeof value === 'bigint' ? Number(value) : value)))
      const contentType = agreedOn(contract, operation, reply.status)?.contentType
      return conformReply(draft, mine, { status: reply.status, contentType, headers: [], body })
        .filter(({ part }) => part !== 'header')
        .map((violation) => ({ name, title, ...violation }))
    })
  })
  expect(wrong).toEqual([])
})

test('every draft compiles, has an example of each operation that keeps it, and is as the formatter would leave it', { timeout: PATIENCE }, async () => {
  const texts = Object.fromEntries([
    ...all.map((contract) => [`${contract.service}.ts`, roundTrip(contract)]),
    ...fixtures.map(({ file }) => [`${file}.ts`, printContract(drafted(file))]),
  ]) as Record<string, string>
  for (const text of Object.values(texts)) {
    const draft = evaluated(text)
    for (const [name, operation] of Object.entries(draft.operations)) {
      const { examples, body } = operation.details()
      expect(Object.keys(examples), name).not.toEqual([])
      for (const { reply, body: sent } of Object.values(examples)) {
        const contentType = agreedOn(draft, operation, reply.status)?.contentType
        expect(conformReply(draft, operation, { ...reply, contentType, headers: [] }).filter(({ part }) => part !== 'header')).toEqual([])
        if (reply.status < 400) expect(body?.safeParse(sent).success, name).not.toBe(false)
      }
    }
  }
  expect(await complaintsAbout(texts)).toEqual({ types: [], format: '' })
})
