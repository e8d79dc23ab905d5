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
  ['a default that would be copied', z.object({ list: z.array(z.string()).default([]) })],
  ['a transform', z.string().transform((text) => text.length)],
  ['a pattern', z.string().regex(/^a/)],
  ['a bound on a number', z.number().min(1)],
  ['a refinement', z.string().refine(() => false)],
  ['an open object', z.looseObject({})],
  ['a coercion hidden in an object', z.object({ n: z.preprocess(Number, z.number()) })],
])('it has no short way past %s', (_, schema) => {
  expect(quick(schema)).toBeUndefined()
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
