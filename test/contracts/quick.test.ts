import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as z from 'zod'
import type { Contract } from '../../contracts/kit/contract.ts'
import { quick, taken } from '../../contracts/kit/quick.ts'
import { contracts } from '../../contracts/services.ts'
import { accepted, anything } from '../services/arbitrary.ts'

test('it says yes to what a plain schema takes as it is', () => {
  const person = z.strictObject({ name: z.string(), age: z.int().nullable(), tags: z.array(z.enum(['a', 'b'])), note: z.string().optional() })
  const test = (value: unknown) => quick(person)?.test(value)
  expect(test({ name: 'Asha', age: null, tags: ['a'] })).toBe(true)
  expect(test({ name: 'Asha', age: 1.5, tags: [] })).toBe(false)
  expect(test({ name: 'Asha', age: 1, tags: [], extra: 1 })).toBe(false)
  expect(test(Object.assign(Object.create({ inherited: 1 }), { name: 'Asha', age: 1, tags: [] }))).toBe(false)
})

test('members that were left out get their defaults, however deep they lie', () => {
  const order = z.object({ lines: z.array(z.object({ sku: z.string(), note: z.string().nullable().default(null) })), priority: z.string().default('medium') })
  expect(taken(order, { lines: [{ sku: 'a' }, { sku: 'b', note: 'x' }] })?.value).toEqual({
    lines: [
      { sku: 'a', note: null },
      { sku: 'b', note: 'x' },
    ],
    priority: 'medium',
  })
  expect(taken(order, { lines: [{}] })).toBeUndefined()
})

test.each([
  ['a transform', z.string().transform((text) => text.length)],
  ['a pattern', z.string().regex(/^a/)],
  ['a bound on a number', z.number().min(1)],
  ['a refinement', z.string().refine(() => false)],
  ['an open object', z.looseObject({})],
  ['a coercion hidden in an object', z.object({ n: z.preprocess(Number, z.number()) })],
])('it has no short way past %s', (_, schema) => {
  expect(quick(schema)).toBeUndefined()
})

test.each([
  ['an option before it that would strip the value', z.union([z.object({ a: z.string() }), z.object({ a: z.string(), b: z.string() })]), { a: 'x', b: 'y' }],
  ['an option before it that would turn the value into its own', z.union([z.coerce.string(), z.number()]), 5],
  ['a bound on the keys of a record', z.record(z.string().min(2), z.number()), { a: 1 }],
  ['a format of the keys of a record', z.record(z.email(), z.number()), { a: 1 }],
])('it says nothing of a value that meets %s', (_, schema, value) => {
  expect(taken<unknown>(schema, value)).toBeUndefined()
})

test('a default is made or copied each time: no two values share it', () => {
  let made = 0
  const note = z.object({ number: z.number().default(() => ++made), tags: z.array(z.string()).default([]) })
  const [first, second] = [taken(note, {}), taken(note, {})]
  expect([first?.value.number, second?.value.number]).toEqual([1, 2])
  expect(first?.value.tags).toEqual([])
  expect(first?.value.tags).not.toBe(second?.value.tags)
})

/** Schemas of all kinds that have a short way, and some that have none. */
const { schema: anySchema } = fc.letrec<{ schema: z.ZodType }>((tie) => {
  const inner = tie('schema')
  const shape = fc.dictionary(fc.constantFrom('a', 'b', 'c'), inner, { minKeys: 1, noNullPrototype: true })
  const plain = [z.string(), z.string().min(2), z.number(), z.int(), z.boolean(), z.null(), z.unknown(), z.undefined()]
  return {
    schema: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      fc.constantFrom<z.ZodType[]>(...plain, z.literal(['a', 1]), z.literal(undefined), z.enum(['a', 'b']), z.coerce.string()),
      fc.oneof(inner.map(z.nullable), inner.map(z.optional), inner.map(z.nullish), inner.map(z.array)),
      fc.tuple(inner, fc.constantFrom('x', null, [])).map(([schema, value]) => z._default(schema, value)),
      fc.tuple(fc.constantFrom(z.string(), z.string().min(2)), inner).map(([key, schema]) => z.record(key, schema)),
      fc.tuple(inner, inner).map(z.union),
      fc.oneof(shape.map(z.object), shape.map(z.strictObject)),
    ),
  }
})
const { value: anyValue } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<unknown[]>('a', 'bb', 1, 0.5, true, null, undefined),
    fc.array(tie('value'), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c', 'dd'), tie('value'), { noNullPrototype: true }),
  ),
}))

test('whatever the schema: what its short way takes it takes too, and makes the same of it', () => {
  fc.assert(
    fc.property(anySchema, fc.array(anyValue, { minLength: 5, maxLength: 10 }), (schema, values) => {
      for (const value of values) {
        const asked = schema.safeParse(structuredClone(value))
        const short = taken(schema, value)
        if (short !== undefined) expect(asked).toStrictEqual({ success: true, data: short.value })
      }
    }),
    { numRuns: 1500, seed: 42 },
  )
})

const schemas = Object.values(contracts as Record<string, Contract>).flatMap(({ service, operations }) =>
  Object.entries(operations).flatMap(([name, operation]) => {
    const { body, responses } = operation.details()
    const replies = Object.entries(responses).map(([status, spec]) => [`${service} ${name} ${status}`, '_zod' in spec ? spec : spec.body] as const)
    return body === undefined ? replies : [...replies, [`${service} ${name} body`, body] as const]
  }),
)

test.each(schemas.filter(([, schema]) => quick(schema) !== undefined))(
  '%s: whatever the short way takes, the schema takes and makes the same of it',
  (_, schema) => {
    fc.assert(
      fc.property(fc.oneof(accepted(schema), anything), (value) => {
        const asked = schema.safeParse(structuredClone(value))
        const short = taken(schema, value)
        if (short !== undefined) expect(asked).toEqual({ success: true, data: short.value })
      }),
      { numRuns: 30, seed: 42 },
    )
  },
)

test('most contracts have a short way for what is asked most', () => {
  expect(schemas.filter(([, schema]) => quick(schema) !== undefined).length / schemas.length).toBeGreaterThan(0.6)
})
