import { readFileSync } from 'node:fs'
import { expect, expectTypeOf, test } from 'vitest'
import * as z from 'zod'
import { readAsPython } from '../../contracts/kit/fastapi/python-json.ts'
import { fastapi, py, pydantic } from '../../contracts/kit/fastapi.ts'
import type { Place, Problem } from '../../contracts/kit/problem.ts'

const errors = fastapi({ version: '0.115.0' })
const recorded = JSON.parse(readFileSync(new URL('./fixtures/fastapi-0.115.0.json', import.meta.url), 'utf8')).replies

/** What the service says of a value that a schema refuses. */
function said(schema: z.ZodType, input: unknown, place: Place = 'body', version: '0.104.1' | '0.115.0' = '0.115.0'): unknown {
  const { error } = schema.safeParse(input)
  const { body } = fastapi({ version }).render({ kind: 'invalid', faults: [{ place, issues: error?.issues ?? [], input }] })
  return (body as { detail: unknown }).detail
}

test.each<[string, Problem]>([
  ['no HTTP at all', { kind: 'unreadable', detail: 'Parse Error' }],
  ['an unknown method', { kind: 'unreadable', detail: 'Invalid method encountered' }],
  ['a header with no colon', { kind: 'unreadable', detail: 'Invalid header token' }],
  ['HTTPException 413 without words', { kind: 'too-large', limit: 1 }],
  ['HTTPException 415 without words', { kind: 'unsupported-media-type', expected: 'application/json', got: undefined, body: '' }],
  ['HTTPException 404 without words', { kind: 'unknown-operation' }],
  ['a gate: no credentials, all wrong', { kind: 'unauthorized', detail: 'Could not validate credentials', challenge: 'Bearer' }],
])('%s gets the words that were recorded', (name, problem) => {
  const { status, body, contentType = 'application/json', headers = [] } = errors.render(problem)
  const { headers: sent, ...reply } = recorded[name]
  expect({ status, body: typeof body === 'string' ? body : JSON.stringify(body) }).toEqual(reply)
  expect(sent).toContainEqual(['content-type', contentType])
  if (headers.length > 0) expect(sent).toContainEqual(headers)
})

test('items of 0.104 name a page of the manual, those of 0.115 do not', () => {
  const missing = { type: 'missing', loc: ['body', 'name'], msg: 'Field required', input: {} }
  expect(said(z.object({ name: z.string() }), {}, 'body', '0.104.1')).toEqual([{ ...missing, url: 'https://errors.pydantic.dev/2.5/v/missing' }])
  expect(said(z.object({ name: z.string() }), {}, 'body', '0.115.0')).toEqual([missing])
})

test('a missing member shows the object that lacks it, a missing parameter shows nothing', () => {
  const schema = z.object({ page: z.string() })
  expect(said(schema, { other: 1 })).toMatchObject([{ loc: ['body', 'page'], input: { other: 1 } }])
  expect(said(schema, { other: '1' }, 'query')).toMatchObject([{ loc: ['query', 'page'], input: null }])
})

test.each<[string, z.ZodType, unknown, object]>([
  ['a string', z.string(), 5, { type: 'string_type' }],
  ['a short string', z.string().min(2), 'x', { type: 'string_too_short', msg: 'String should have at least 2 characters', ctx: { min_length: 2 } }],
  ['a string of the wrong shape', z.string().regex(/^a+$/), 'b', { type: 'string_pattern_mismatch', ctx: { pattern: '^a+$' } }],
  ['a short string of the wrong shape', z.string().min(2).regex(/^a+$/), 'b', { type: 'string_too_short' }],
  ['an integer with a fraction', z.int(), 1.5, { type: 'int_from_float' }],
  ['a bigint', z.bigint(), 'x', { type: 'int_parsing' }],
  ['a number', z.number(), 'x', { type: 'float_parsing' }],
  ['a number that is none', z.number(), [], { type: 'float_type' }],
  ['a small number', z.number().positive(), 0, { type: 'greater_than', ctx: { gt: 0 } }],
  ['a large number', z.number().max(1), 2, { type: 'less_than_equal', ctx: { le: 1 } }],
  ['a boolean', z.boolean(), 'x', { type: 'bool_type' }],
  ['null', z.null(), 5, { type: 'none_required' }],
  ['an object', z.object({}), [], { type: 'model_attributes_type' }],
  ['a record', z.record(z.string(), z.any()), [], { type: 'dict_type' }],
  ['an array', z.array(z.any()), {}, { type: 'list_type' }],
  ['a short array', z.array(z.any()).min(1), [], { type: 'too_short', msg: 'List should have at least 1 item after validation, not 0' }],
  ['a long array', z.array(z.any()).max(1), [1, 2], { type: 'too_long', ctx: { field_type: 'List', max_length: 1, actual_length: 2 } }],
  ['a literal', z.literal(['a', 'b']), 'c', { type: 'literal_error', msg: "Input should be 'a' or 'b'" }],
  ['an enum', z.enum(['a', 'b', 'c']), 'd', { type: 'literal_error', msg: "Input should be 'a', 'b' or 'c'" }],
  ['an e-mail address', z.email(), 'x', { type: 'value_error', ctx: { reason: 'An email address must have an @-sign.' } }],
  ['a UUID', z.uuid(), 'x-', { type: 'uuid_parsing' }],
  ['an instant', z.iso.datetime(), 'x', { type: 'datetime_from_date_parsing', ctx: { error: 'input is too short' } }],
  ['a day', z.iso.date(), '2026-02-30', { type: 'date_from_datetime_parsing', ctx: { error: 'day value is outside expected range' } }],
  ['what else a schema refuses', z.string().startsWith('a'), 'b', { type: 'value_error', ctx: { error: {} } }],
  ['what a refinement refuses', z.string().refine(() => false, 'no good'), 'b', { type: 'value_error', msg: 'Value error, no good' }],
])('schemas of plain zod speak pydantic too: %s', (_, schema, value, item) => {
  expect(said(z.object({ value: schema }), { value })).toEqual([expect.objectContaining({ loc: ['body', 'value'], input: value, ...item })])
})

test('a strict object names each member that it does not know', () => {
  expect(said(z.object({ inner: z.strictObject({}) }), { inner: { a: 1, b: 2 } })).toEqual([
    { type: 'extra_forbidden', loc: ['body', 'inner', 'a'], msg: 'Extra inputs are not permitted', input: 1 },
    { type: 'extra_forbidden', loc: ['body', 'inner', 'b'], msg: 'Extra inputs are not permitted', input: 2 },
  ])
})

test('a wrong key is told from a wrong value', () => {
  expect(said(z.record(z.string().max(1), z.any()), { ab: 1 })).toMatchObject([{ type: 'string_too_long', loc: ['body', 'ab', '[key]'], input: 'ab' }])
})

test('every type keeps its JSON Schema, whichever way it is read', () => {
  const schema = py.object({
    text: py.str({ min: 1, max: 5 }),
    whole: py.int({ ge: 1 }),
    number: py.float({ lt: 2 }),
    flag: py.bool(),
    at: py.datetime(),
    day: py.date(),
    id: py.uuid(),
    mail: py.email(),
    kind: py.enum(['a', 'b']),
    either: py.union([py.int(), py.str()]),
    maybe: py.optional(py.int()),
  })
  const properties = {
    text: { type: 'string', minLength: 1, maxLength: 5 },
    whole: { type: 'integer', minimum: 1 },
    number: { type: 'number', exclusiveMaximum: 2 },
    flag: { type: 'boolean' },
    at: { type: 'string', format: 'date-time' },
    day: { type: 'string', format: 'date' },
    id: { type: 'string', format: 'uuid' },
    mail: { type: 'string', format: 'email' },
    kind: { type: 'string', enum: ['a', 'b'] },
    either: { type: ['integer', 'string'] },
    maybe: { type: ['integer', 'null'], default: null },
  }
  const required = Object.keys(properties)
  expect(z.toJSONSchema(schema, { io: 'input' })).toMatchObject({ properties, required: required.filter((name) => name !== 'maybe') })
  expect(z.toJSONSchema(schema, { io: 'output' })).toMatchObject({ properties, required })
})

test('every type keeps its TypeScript type', () => {
  const schema = py.object({
    whole: py.int(),
    at: py.datetime(),
    kind: py.enum(['a', 'b']),
    either: py.union([py.int(), py.str()]),
    maybe: py.optional(py.bool()),
    all: py.list(py.literal(['x', 1])),
  })
  expectTypeOf<z.output<typeof schema>>().toEqualTypeOf<{
    whole: number
    at: string
    kind: 'a' | 'b'
    either: number | string
    maybe: boolean | null
    all: ('x' | 1)[]
  }>()
  expect(schema.parse({ whole: '1', at: 0, kind: 'a', either: '5', all: [1] })).toEqual({
    whole: 1,
    at: '1970-01-01T00:00:00Z',
    kind: 'a',
    either: '5',
    maybe: null,
    all: [1],
  })
})

test('a described, bounded or optional type is still lax', () => {
  expect(py.int().min(1).describe('a count').optional().parse('5')).toBe(5)
  expect(said(py.int().describe('a count'), 'x')).toMatchObject([{ type: 'int_parsing' }])
})

test('a union takes the branch that the value is of, not the first that would do', () => {
  expect(py.union([py.int(), py.str()]).parse('5')).toBe('5')
  expect(py.union([py.bool(), py.int()]).parse(1)).toBe(1)
  expect(py.union([py.float(), py.any()]).parse('5')).toBe('5')
})

test('of two models a union takes the one that more of the members belong to', () => {
  const Small = py.object({ a: py.int() })
  const Large = py.object({ a: py.int(), b: py.optional(py.int()) })
  expect(py.union([Small, Large]).parse({ a: 1, b: 2 })).toEqual({ a: 1, b: 2 })
  expect(py.union([Small, Large]).parse({ a: 1 })).toEqual({ a: 1 })
})

test('the two releases of pydantic read a few things differently', () => {
  expect(pydantic('2.9').datetime().parse('2026-01-17')).toBe('2026-01-17T00:00:00')
  expect(pydantic('2.5').datetime().safeParse('2026-01-17').success).toBe(false)
  expect(pydantic('2.9').int().parse(' 5 ')).toBe(5)
  expect(pydantic('2.5').int().safeParse(' 5 ').success).toBe(false)
})

test('integers past 2^53 that arrive as bigint stay what they are', () => {
  expect(py.int({ ge: 1 }).parse(9007199254740993n)).toBe(9007199254740993n)
})

test("Python's JSON takes what JavaScript's does not, and agrees with it otherwise", () => {
  expect(readAsPython('[NaN, Infinity, -Infinity]')).toEqual({ value: [Number.NaN, Infinity, -Infinity] })
  const text = '{"a": [1, -0.5e3, true, null], "__proto__": {"b": "\\ud83d\\ude00"}}'
  expect(readAsPython(text)).toEqual({ value: JSON.parse(text) })
})
