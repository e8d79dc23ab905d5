import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { EvolutionChange } from '../../contracts/drift/evolution/change.ts'
import { type EvolutionRule, RULES } from '../../contracts/drift/evolution/rules.ts'
import { evolution } from '../../contracts/drift/evolution.ts'
import { openapi } from '../../contracts/kit/openapi.ts'
import { contracts } from '../../contracts/services.ts'

type Schema = Record<string, unknown>
interface Version {
  operation?: Schema
  components?: Schema
  path?: string
}

/** A document of one operation, of which a test says only what matters to it. */
function version({ operation = {}, components = {}, path = '/things/{id}' }: Version = {}): object {
  return {
    openapi: '3.1.0',
    info: { title: 'Things', version: '1' },
    paths: { [path]: { post: { operationId: 'things', responses: { 200: { description: 'ok' } }, ...operation } } },
    components: { securitySchemes: { Key: { type: 'apiKey', in: 'header', name: 'X-Key' }, Bearer: { type: 'http', scheme: 'bearer' } }, ...components },
  }
}

const json = (schema: unknown) => ({ 'application/json': { schema } })
const asked = (schema: unknown, required = true): Version => ({ operation: { requestBody: { required, content: json(schema) } } })
const query = (...parameters: Schema[]): Version => ({
  operation: { parameters: parameters.map((one) => ({ in: 'query', schema: { type: 'string' }, ...one })) },
})
const replies = (responses: Schema): Version => ({ operation: { responses } })
const answered = (schema: unknown): Version => replies({ 200: { content: json(schema) } })
const headers = (named: Schema): Version => replies({ 200: { headers: named } })
const secured = (...security: Schema[]): Version => ({ operation: { security } })

const changes = (before: Version, after: Version) => evolution(version(before), version(after)).changes
const short = ({ severity, direction, place, rule }: EvolutionChange) => [severity, direction, place, rule].filter((word) => word !== '').join(' ')
const told = (before: Version, after: Version) => changes(before, after).map(short)

const object = (properties: Schema, required: readonly string[] = [], rest: Schema = {}): Schema => ({ type: 'object', properties, required, ...rest })
const text = { type: 'string' }
const read = (schema: Schema): Schema => ({ ...schema, 'x-read-by': ['client.py'] })
/** A reply in which somebody reads something else. */
const beside = (properties: Schema, required: readonly string[] = []): Schema => object({ seen: read(text), ...properties }, ['seen', ...required])

type Row = [said: string, before: Version, after: Version, forth: string, back: string]

/** What may be sent: who sends is hurt when less is taken. */
const REQUESTS: Row[] = [
  [
    'a member that must be there',
    asked(object({})),
    asked(object({ a: text }, ['a'])),
    'breaking request body /a required-added',
    'information request body /a removed',
  ],
  [
    'a member that may be left out',
    asked(object({})),
    asked(object({ a: text })),
    'information request body /a optional-added',
    'information request body /a removed',
  ],
  [
    'a member of what takes no others',
    asked(object({}, [], { additionalProperties: false })),
    asked(object({ a: text }, [], { additionalProperties: false })),
    'information request body /a optional-added',
    'breaking request body /a refused',
  ],
  [
    'a member that becomes required',
    asked(object({ a: text })),
    asked(object({ a: text }, ['a'])),
    'breaking request body /a now-required',
    'information request body /a now-optional',
  ],
  [
    'a parameter that must be there',
    query(),
    query({ name: 'q', required: true }),
    'breaking request query q required-added',
    'information request query q removed',
  ],
  ['a parameter that may be left out', query(), query({ name: 'q' }), 'information request query q optional-added', 'information request query q removed'],
  [
    'a parameter that becomes required',
    query({ name: 'q' }),
    query({ name: 'q', required: true }),
    'breaking request query q now-required',
    'information request query q now-optional',
  ],
  ['a body', {}, asked({}), 'breaking request body required-added', 'information request body removed'],
  ['a body that may be left out', {}, asked({}, false), 'information request body optional-added', 'information request body removed'],
  ['a body that becomes required', asked({}, false), asked({}), 'breaking request body now-required', 'information request body now-optional'],
  ['another type', asked({ type: 'string' }), asked({ type: 'integer' }), 'breaking request body type-changed', 'breaking request body type-changed'],
  ['a text where anything was taken', asked({}), asked(text), 'breaking request body type-narrowed', 'information request body type-widened'],
  [
    'whole numbers for numbers',
    asked({ type: 'number' }),
    asked({ type: 'integer' }),
    'breaking request body type-narrowed',
    'information request body type-widened',
  ],
  ['one of two types', asked({ type: ['string', 'integer'] }), asked(text), 'breaking request body type-narrowed', 'information request body type-widened'],
  ['null no longer taken', asked({ type: ['string', 'null'] }), asked(text), 'breaking request body null-removed', 'information request body null-added'],
  ['nothing but null', asked({ type: 'null' }), asked(text), 'breaking request body type-changed', 'breaking request body type-changed'],
  [
    'a value no longer taken',
    asked({ enum: ['a', 'b'] }),
    asked({ const: 'a' }),
    'breaking request body value-removed',
    'information request body value-added',
  ],
  ['values for any text', asked(text), asked({ enum: ['a', 'b'] }), 'breaking request body value-removed', 'information request body value-added'],
  ['a length', asked(text), asked({ ...text, maxLength: 5 }), 'breaking request body bound-narrowed', 'information request body bound-widened'],
  [
    'a higher least number',
    asked({ type: 'number', minimum: 1 }),
    asked({ type: 'number', exclusiveMinimum: 1 }),
    'breaking request body bound-narrowed',
    'information request body bound-widened',
  ],
  [
    'a number of 32 bits',
    asked({ type: 'integer', format: 'int64' }),
    asked({ type: 'integer', format: 'int32' }),
    'breaking request body bound-narrowed',
    'information request body bound-widened',
  ],
  [
    'a multiple of more',
    asked({ type: 'integer', multipleOf: 2 }),
    asked({ type: 'integer', multipleOf: 4 }),
    'breaking request body bound-narrowed',
    'information request body bound-widened',
  ],
  [
    'elements that differ',
    asked({ type: 'array' }),
    asked({ type: 'array', uniqueItems: true }),
    'breaking request body bound-narrowed',
    'information request body bound-widened',
  ],
  ['a pattern', asked(text), asked({ ...text, pattern: '^a' }), 'breaking request body bound-narrowed', 'information request body bound-widened'],
  [
    'another format',
    asked({ ...text, format: 'date' }),
    asked({ ...text, format: 'uuid' }),
    'breaking request body bound-changed',
    'breaking request body bound-changed',
  ],
  [
    'what is below a list',
    asked({ type: 'array', items: object({ a: text }) }),
    asked({ type: 'array', items: object({ a: { const: 'x' } }) }),
    'breaking request body /*/a value-removed',
    'information request body /*/a value-added',
  ],
  [
    'what is in a map',
    asked({ additionalProperties: text }),
    asked({ additionalProperties: { type: 'integer' } }),
    'breaking request body /* type-changed',
    'breaking request body /* type-changed',
  ],
  ['no others', asked(object({})), asked(object({}, [], { additionalProperties: false })), 'breaking request body closed', 'information request body opened'],
  [
    'a content type',
    { operation: { requestBody: { required: true, content: { ...json({}), 'text/plain': {} } } } },
    asked({}),
    'breaking request body content-type-removed',
    'information request body content-type-added',
  ],
  ['a credential', secured(), secured({ Key: [] }), 'breaking request security security-stricter', 'information request security security-relaxed'],
  [
    'one of two credentials',
    secured({ Key: [] }, { Bearer: [] }),
    secured({ Bearer: [] }),
    'breaking request security security-stricter',
    'information request security security-relaxed',
  ],
  [
    'a scope',
    secured({ Key: ['read'] }),
    secured({ Key: ['read', 'write'] }),
    'breaking request security security-stricter',
    'information request security security-relaxed',
  ],
  [
    'a path parameter of another type',
    { operation: { parameters: [{ in: 'path', name: 'id', schema: text }] } },
    { operation: { parameters: [{ in: 'path', name: 'id', schema: { type: 'integer' } }] } },
    'breaking request path id type-changed',
    'breaking request path id type-changed',
  ],
]

/** What comes: who reads is hurt when more may come. */
const REPLIES: Row[] = [
  [
    'a member that somebody reads',
    answered(object({ a: read(text), b: text }, ['a'])),
    answered(object({ b: text })),
    'breaking reply 200 /a removed',
    'information reply 200 /a required-added',
  ],
  [
    'a member that nobody is known to read',
    answered(beside({ a: text })),
    answered(beside({})),
    'warning reply 200 /a removed',
    'information reply 200 /a optional-added',
  ],
  [
    'a member of a reply that says of nothing who reads it',
    answered(object({ a: text })),
    answered(object({})),
    'breaking reply 200 /a removed',
    'information reply 200 /a optional-added',
  ],
  [
    'a member of a reply that has no others',
    answered(object({ a: text }, [], { additionalProperties: false })),
    answered(object({}, [], { additionalProperties: false })),
    'breaking reply 200 /a removed',
    'information reply 200 /a optional-added',
  ],
  [
    'a member below which somebody reads',
    answered(beside({ a: object({ b: read(text) }) })),
    answered(beside({})),
    'breaking reply 200 /a removed',
    'information reply 200 /a optional-added',
  ],
  [
    'a member of what somebody reads',
    answered(beside({ a: read(object({ b: text })) })),
    answered(beside({ a: read(object({})) })),
    'breaking reply 200 /a/b removed',
    'information reply 200 /a/b optional-added',
  ],
  [
    'a member that may be missing',
    answered(object({ a: read(text) }, ['a'])),
    answered(object({ a: read(text) })),
    'breaking reply 200 /a now-optional',
    'information reply 200 /a now-required',
  ],
  [
    'a member that may be missing, which nobody is known to read',
    answered(beside({ a: text }, ['a'])),
    answered(beside({ a: text })),
    'warning reply 200 /a now-optional',
    'information reply 200 /a now-required',
  ],
  ['null', answered(read(text)), answered(read({ anyOf: [text, { type: 'null' }] })), 'breaking reply 200 null-added', 'information reply 200 null-removed'],
  [
    'null where nobody is known to read',
    answered(beside({ a: text })),
    answered(beside({ a: { type: ['string', 'null'] } })),
    'warning reply 200 /a null-added',
    'information reply 200 /a null-removed',
  ],
  ['another type', answered({ type: 'string' }), answered({ type: 'integer' }), 'breaking reply 200 type-changed', 'breaking reply 200 type-changed'],
  [
    'another type where nobody is known to read',
    answered(beside({ a: text })),
    answered(beside({ a: { type: 'boolean' } })),
    'warning reply 200 /a type-changed',
    'warning reply 200 /a type-changed',
  ],
  [
    'numbers for whole numbers',
    answered({ type: 'integer' }),
    answered({ type: 'number' }),
    'breaking reply 200 type-widened',
    'information reply 200 type-narrowed',
  ],
  ['a new value', answered({ enum: ['a'] }), answered({ enum: ['a', 'b'] }), 'warning reply 200 value-added', 'information reply 200 value-removed'],
  [
    'no bound any more',
    answered({ type: 'integer', maximum: 5 }),
    answered({ type: 'integer' }),
    'warning reply 200 bound-widened',
    'information reply 200 bound-narrowed',
  ],
  [
    'another format',
    answered({ ...text, format: 'date' }),
    answered({ ...text, format: 'uuid' }),
    'warning reply 200 bound-changed',
    'warning reply 200 bound-changed',
  ],
  [
    'others besides',
    answered(object({}, [], { additionalProperties: false })),
    answered(object({})),
    'information reply 200 opened',
    'information reply 200 closed',
  ],
  ['a good status', replies({ 200: {}, 201: {} }), replies({ 200: {} }), 'breaking reply 201 status-removed', 'warning reply 201 status-added'],
  ['a refusal', replies({ 200: {}, 409: {} }), replies({ 200: {} }), 'warning reply 409 status-removed', 'warning reply 409 status-added'],
  ['a failure', replies({ 200: {}, 503: {} }), replies({ 200: {} }), 'warning reply 503 status-removed', 'information reply 503 status-added'],
  ['a content type', answered({}), replies({ 200: {} }), 'breaking reply 200 content-type-removed', 'information reply 200 content-type-added'],
  [
    'a header',
    headers({ 'X-Total': { schema: text } }),
    headers({}),
    'breaking reply 200 header x-total header-removed',
    'information reply 200 header x-total optional-added',
  ],
  [
    'a header that may be missing',
    headers({ 'X-Total': { required: true } }),
    headers({ 'x-total': {} }),
    'breaking reply 200 header x-total now-optional',
    'information reply 200 header x-total now-required',
  ],
]

test.each([...REQUESTS, ...REPLIES])('%s', (_, before, after, forth, back) => {
  expect(told(before, after)).toEqual([forth])
  expect(told(after, before)).toEqual([back])
})

test('an operation that is gone hurts, a new one does not', () => {
  const two = { ...version(), paths: { '/a': { get: {} }, '/b': { get: {} } } }
  const one = { ...version(), paths: { '/a': { get: {} } } }
  expect(evolution(two, one).changes.map(short)).toEqual(['breaking request operation-removed'])
  expect(evolution(one, two).changes.map(short)).toEqual(['information request operation-added'])
  expect(
    evolution(two, one)
      .operations.map(({ operation }) => operation)
      .sort(),
  ).toEqual(['GET /a', 'GET /b'])
})

test('a content type that becomes another is gone, and a new one is there', () => {
  expect(told(answered({}), replies({ 200: { content: { 'text/plain': {} } } }))).toEqual([
    'breaking reply 200 content-type-removed',
    'information reply 200 content-type-added',
  ])
})

test('every rule has its row in each direction in which it can happen', () => {
  const rows = [...REQUESTS, ...REPLIES].flatMap(([, , , forth, back]) => [forth, back]).concat('request operation-removed', 'request operation-added')
  const covered = new Set(rows.map((row) => `${row.includes('reply') ? 'reply' : 'request'} ${row.split(' ').at(-1)}`))
  const rules = Object.entries(RULES).flatMap(([rule, { request, reply }]) => [
    ...(request === null ? [] : [`request ${rule}`]),
    ...(reply === null ? [] : [`reply ${rule}`]),
  ])
  expect([...covered].sort()).toEqual(rules.sort())
})

const SAME: [said: string, before: Version, after: Version][] = [
  ['a path parameter is renamed', { path: '/things/{id}' }, { path: '/things/{thing_id}' }],
  [
    'a shape is renamed',
    { ...asked({ $ref: '#/components/schemas/A' }), components: { schemas: { A: object({ a: text }) } } },
    { ...asked({ $ref: '#/components/schemas/B' }), components: { schemas: { B: object({ a: text }) } } },
  ],
  [
    'members, values and options stand in another order',
    asked({ anyOf: [object({ a: { enum: [1, 2] }, b: text }, ['a', 'b']), text] }),
    asked({ anyOf: [text, object({ b: text, a: { enum: [2, 1] } }, ['b', 'a'])] }),
  ],
  ['null is told as 3.0 does', asked({ ...text, nullable: true }), asked({ anyOf: [text, { type: 'null' }] })],
  ['one value is told as a constant', asked({ enum: ['a'] }), asked({ const: 'a' })],
  ['a bound is told as 3.0 does', asked({ type: 'integer', minimum: 0, exclusiveMinimum: true }), asked({ type: 'integer', minimum: 1 })],
  ['parts are told as a whole', asked({ allOf: [object({ a: text }, ['a']), object({ b: text })] }), asked(object({ a: text, b: text }, ['a']))],
  ['a description is new', asked(text), asked({ ...text, description: 'Words.', examples: ['x'], title: 'Text', default: 'y' })],
  [
    'a credential is called otherwise',
    { ...secured({ Key: [] }) },
    { ...secured({ Secret: [] }), components: { securitySchemes: { Secret: { type: 'apiKey', in: 'header', name: 'x-key' } } } },
  ],
  [
    'a header is written otherwise',
    { operation: { parameters: [{ in: 'header', name: 'X-Id' }] } },
    { operation: { parameters: [{ in: 'header', name: 'x-id' }] } },
  ],
  ['what only comes is told of what is sent', asked(object({})), asked(object({ id: { ...text, readOnly: true } }, ['id']))],
  ['what only is sent is told of what comes', answered(object({})), answered(object({ secret: { ...text, writeOnly: true } }, ['secret']))],
]

test.each(SAME)('nothing has changed when %s', (_, before, after) => {
  expect(changes(before, after)).toEqual([])
  expect(changes(after, before)).toEqual([])
})

test('a status is covered by its range, which may bring others', () => {
  expect(told(replies({ 200: {}, 404: {} }), replies({ 200: {}, '4XX': {} }))).toEqual(['warning reply 4XX status-added'])
  expect(told(replies({ 200: {}, '4XX': {} }), replies({ 200: {}, 404: {}, '4XX': {} }))).toEqual([])
})

test('what is no longer named must be as the rest', () => {
  const [before, after] = [
    asked(object({ a: text }, [], { additionalProperties: { type: 'integer' } })),
    asked(object({}, [], { additionalProperties: { type: 'integer' } })),
  ]
  expect(told(before, after)).toEqual(['breaking request body /a type-changed', 'information request body /a removed'])
})

const tree = (leaf: Schema): Version => ({
  ...answered({ $ref: '#/components/schemas/Tree' }),
  components: { schemas: { Tree: object({ leaf, children: { type: 'array', items: { $ref: '#/components/schemas/Tree' } } }) } },
})

test('what leads back to itself is told once', () => {
  expect(told(tree(text), tree({ type: 'integer' }))).toEqual(['breaking reply 200 /leaf type-changed'])
  expect(told(tree(text), tree(text))).toEqual([])
})

test('a part of itself, and parts that grow with each level, come to an end', () => {
  const schemas = {
    Self: { allOf: [{ $ref: '#/components/schemas/Self' }, object({ a: text })] },
    One: object({ next: { $ref: '#/components/schemas/One' } }),
    Other: { allOf: [{ $ref: '#/components/schemas/One' }, object({ next: { $ref: '#/components/schemas/Other' } })] },
  }
  const of = (name: string): Version => ({ ...answered({ $ref: `#/components/schemas/${name}` }), components: { schemas } })
  expect(told(of('Self'), of('Self'))).toEqual([])
  expect(told(of('Self'), answered(object({})))).toEqual(['breaking reply 200 /a removed'])
  expect(told(of('Other'), of('One'))).toEqual([])
})

test('a document that would unfold without end is compared in good time', () => {
  const names = Array.from({ length: 40 }, (_, at) => `S${at}`)
  const link = (at: number) => ({ $ref: `#/components/schemas/S${at}` })
  const schemas = (leaf: Schema) => Object.fromEntries(names.map((name, at) => [name, at === 39 ? leaf : object({ l: link(at + 1), r: link(at + 1) })]))
  const deep = (leaf: Schema): Version => ({ ...answered(link(0)), components: { schemas: schemas(leaf) } })
  expect(changes(deep(text), deep(text))).toEqual([])
  expect(changes(deep(text), deep({ type: 'integer' })).map(({ rule }) => rule)).toContain('type-changed')
})

const cat = object({ kind: { const: 'cat' }, lives: { type: 'integer' } }, ['kind'])
const dog = object({ kind: { const: 'dog' }, tricks: { type: 'integer' } }, ['kind'])
const bird = object({ kind: { const: 'bird' } }, ['kind'])
const oneOf = (...options: Schema[]): Version => asked({ oneOf: options })

test('of several options each is compared with what it has become', () => {
  expect(told(oneOf(cat, dog), oneOf(object({ kind: { const: 'dog' }, tricks: text }, ['kind']), cat))).toEqual(['breaking request body /tricks type-changed'])
  expect(told(oneOf(cat, dog), oneOf(cat, dog, bird))).toEqual(['information request body type-widened'])
  expect(told(oneOf(cat, dog), oneOf(dog))).toEqual(['breaking request body type-narrowed'])
  expect(told(oneOf(text, { type: 'integer' }), oneOf(text, { type: 'boolean' }))).toEqual(['breaking request body type-changed'])
})

test('where nobody can say which option has become which, the choice itself has changed', () => {
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => object({ [name]: text }, [name])) as [Schema, Schema, Schema, Schema]
  expect(told(oneOf(a, b), oneOf(c, d))).toEqual(['breaking request body type-changed'])
})

test('who reads it, what it was, and what to do are told in a sentence', () => {
  const [change] = changes(answered(object({ a: read(text) }, ['a'])), answered(object({ a: read(text) })))
  expect(change).toMatchObject({
    operation: 'POST /things/{id}',
    operationId: 'things',
    tag: 'Things',
    readBy: ['client.py'],
    before: 'required',
    after: 'optional',
  })
  expect(change?.sentence).toBe(
    'POST /things/{id} reply 200 /a had to be there, and may be left out now (required → optional). client.py must cope with it before the service is released.',
  )
})

test('what is not in the document is told as not compared', () => {
  expect(evolution(version(asked({ $ref: 'other.json#/A' })), version(asked({ $ref: 'other.json#/A' }))).notes).toEqual([
    'before: other.json#/A lies outside the document and was not read',
    'after: other.json#/A lies outside the document and was not read',
  ])
})

test.each(Object.values(contracts).map((contract) => [contract.service, contract] as const))('%s against itself: nothing', (_, contract) => {
  const document = openapi([contract], { version: '1.0.0' })
  expect(evolution(document, structuredClone(document)).changes).toEqual([])
})

/** What test/clients/provider/alert.py serves at /openapi.json, as release 1 and as release 2; its README lists what differs. */
const release = (number: number) => JSON.parse(readFileSync(new URL(`fixtures/openapi/alert-release-${number}.json`, import.meta.url), 'utf8')) as object

test('two releases of a FastAPI service: what their authors say they changed', () => {
  const { changes } = evolution(release(1), release(2))
  const own = changes
    .filter(({ operation }) => ['GET /alerts', 'POST /alerts', 'DELETE /alerts/{alert_id}'].includes(operation))
    .filter(({ severity }) => severity !== 'information')
  expect(own.map((change) => `${change.operation} ${short(change)}`)).toEqual([
    'GET /alerts breaking reply 200 /total type-changed',
    'GET /alerts breaking reply 200 /alerts/*/last_triggered_at removed',
    'POST /alerts breaking request body /symbol now-required',
    'POST /alerts breaking request body /symbol null-removed',
    'POST /alerts breaking reply 201 /last_triggered_at removed',
    'DELETE /alerts/{alert_id} breaking reply 200 status-removed',
    'GET /alerts warning reply 200 /alerts/*/priority value-added',
    'GET /alerts warning reply 200 /alerts/*/status value-added',
    'POST /alerts warning reply 201 /priority value-added',
    'POST /alerts warning reply 201 /status value-added',
    'DELETE /alerts/{alert_id} warning reply 204 status-added',
  ])
  expect(changes.filter(({ place }) => place === 'body /priority').map(short)).toEqual(Array(2).fill('information request body /priority value-added'))
})

/** Small schemas of every kind; few names and values, so that two of them have something in common. */
const { schema: anySchema } = fc.letrec<{ schema: Schema }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    fc.constantFrom<Schema>(
      {},
      text,
      { type: 'integer' },
      { type: 'number' },
      { type: 'boolean' },
      { type: 'null' },
      { ...text, minLength: 2 },
      { ...text, maxLength: 1 },
    ),
    fc.subarray(['a', 'bb', 'ccc', 1, null], { minLength: 1 }).map((values) => ({ enum: values })),
    fc.record({ least: fc.integer({ min: 0, max: 3 }), type: fc.constantFrom('integer', 'number') }).map(({ least, type }) => ({ type, minimum: least })),
    tie('schema').map((items) => ({ type: 'array', items })),
    tie('schema').map((rest) => ({ type: 'object', additionalProperties: rest })),
    fc.array(tie('schema'), { minLength: 2, maxLength: 2 }).map((options) => ({ anyOf: options })),
    fc.array(tie('schema'), { minLength: 2, maxLength: 2 }).map((parts) => ({ allOf: parts })),
    fc
      .record({ p: tie('schema'), q: tie('schema'), required: fc.subarray(['p', 'q']), closed: fc.boolean() })
      .map(({ p, q, required, closed }) => object({ p, q }, required, closed ? { additionalProperties: false } : {})),
  ),
}))

const { value: anyValue } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2 },
    fc.constantFrom('a', 'bb', 'ccc', '', 0, 1, 2, 1.5, 4, true, null),
    fc.array(tie('value'), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom('p', 'q', 'r'), tie('value'), { maxKeys: 3 }),
  ),
}))

test('a schema against itself: nothing, whatever it is', () => {
  fc.assert(
    fc.property(anySchema, (schema) => {
      expect(told(asked(schema), asked(structuredClone(schema)))).toEqual([])
    }),
    { numRuns: 300 },
  )
})

const ONE_WAY: Partial<Record<EvolutionRule, readonly EvolutionRule[]>> = {
  'required-added': ['removed', 'refused'],
  'optional-added': ['removed', 'refused'],
  removed: ['required-added', 'optional-added'],
  refused: ['required-added', 'optional-added'],
}
const SIDES = ['required:optional', 'narrowed:widened', 'removed:added', 'closed:opened'].map((pair) => pair.split(':') as [string, string])

/** What the same change is called, seen from the other side. */
function mirrored(rule: EvolutionRule): readonly string[] {
  const special = ONE_WAY[rule]
  if (special !== undefined) return special
  const [one, other] = SIDES.find(([one, other]) => rule.includes(one) || rule.includes(other)) ?? ['', '']
  return [one === '' ? rule : rule.includes(one) ? rule.replace(one, other) : rule.replace(other, one)]
}

test('there and back: what is narrower one way is wider the other, at the same place', () => {
  fc.assert(
    fc.property(anySchema, anySchema, (one, other) => {
      const back = changes(asked(other), asked(one)).map(({ place, rule }) => `${place} ${rule}`)
      const forth = changes(asked(one), asked(other))
      expect(forth).toHaveLength(back.length)
      for (const { place, rule } of forth)
        expect(
          mirrored(rule).some((name) => back.includes(`${place} ${name}`)),
          `${place} ${rule} / ${back.join(', ')}`,
        ).toBe(true)
    }),
    { numRuns: 500 },
  )
})

/** Two schemas that have nothing to do with one another, or of which one lets through what the other does and more. */
const twoSchemas = fc.tuple(anySchema, anySchema, fc.nat(3)).map(([one, other, how]): [Schema, Schema] => {
  if (how === 0) return [one, other]
  if (how === 1) return [one, { anyOf: [other, one] }]
  if (how === 2) return [{ allOf: [one, other] }, one]
  return [object({ p: one }, ['p']), object({ p: { anyOf: [one, other] }, q: other })]
})

const ajv = new Ajv2020({ strict: false, validateSchema: false })

test('what hurts nobody by our word hurts nobody: whatever could be sent is still taken', () => {
  let proven = 0
  fc.assert(
    fc.property(twoSchemas, fc.array(anyValue, { minLength: 30, maxLength: 30 }), ([one, other], values) => {
      const found = changes(asked(one), asked(other))
      // Who sent a member of that name before anybody had agreed on it cannot be helped.
      if (found.some(({ severity, rule }) => severity === 'breaking' || rule === 'optional-added')) return
      const [old, young] = [ajv.compile(one), ajv.compile(other)]
      const lost = values.filter((value) => old(value) && !young(value))
      proven += values.filter((value) => old(value)).length
      expect(lost).toEqual([])
    }),
    { numRuns: 800 },
  )
  expect(proven).toBeGreaterThan(200)
})

test('one law for both directions: what widens what may be sent may hurt who reads it, and the other way round', () => {
  fc.assert(
    fc.property(anySchema, anySchema, (one, other) => {
      const [asks, answers] = [changes(asked(one), asked(other)), changes(answered(one), answered(other))]
      expect(answers.map(({ rule }) => rule).sort()).toEqual(asks.map(({ rule }) => (rule === 'refused' ? 'removed' : rule)).sort())
      for (const { rule, severity } of asks.filter(({ rule }) => /(?:narrowed|widened)$/.test(rule)))
        expect(severity).toBe(rule.endsWith('narrowed') ? 'breaking' : 'information')
      for (const { rule, severity } of answers.filter(({ rule }) => rule.endsWith('narrowed'))) expect(severity, rule).toBe('information')
      for (const { rule, direction } of [...asks, ...answers]) expect(RULES[rule][direction], `${direction} ${rule}`).not.toBeNull()
    }),
    { numRuns: 300 },
  )
})
