import fc from 'fast-check'
import * as z from 'zod'

interface JsonSchema {
  type?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  allOf?: JsonSchema[]
  properties?: Record<string, JsonSchema>
  required?: string[]
  additionalProperties?: JsonSchema | boolean
  items?: JsonSchema
  minItems?: number
  maxItems?: number
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  exclusiveMaximum?: number
  format?: string
  pattern?: string
}

/** Values that the seed world knows: without them no generated request would get past the first look-up. */
const KNOWN = [
  'user_123',
  'user_456',
  'user_42',
  'system',
  'nobody',
  'prod_momentum_001',
  'prod_reversal_002',
  'exec_token_abc123',
  'exec_token_expired',
  'sub_4711',
  '4711',
  '123',
  '1.0.0',
  'NSE@RELIANCE@EQ',
  'signal_notification',
  'sig_20260118_0001',
  'user_123@example.com',
  'ui',
  'email',
  '2026-01-17T09:15:30',
]

/** Text as clients send it, and as nobody should. */
export const text = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...KNOWN) },
  { weight: 3, arbitrary: fc.string({ maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.constantFrom('', ' ', '../..', '%', '%zz', '__proto__', 'constructor', 'a/b', "'; drop table", '\u0000', '🙂', 'x'.repeat(2000)) },
)

/** Values that a zod schema should take. */
export function accepted(schema: z.ZodType): fc.Arbitrary<unknown> {
  return from(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', cycles: 'ref' }) as JsonSchema)
}

/** Any JSON at all: nearly always something that a schema should refuse. */
export const anything = fc.jsonValue({ maxDepth: 3 })

function from(schema: JsonSchema): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return fc.oneof(...choices.map(from))
  switch (schema.type) {
    case 'string':
      return string(schema)
    case 'integer':
      return fc.integer(range(schema, 2 ** 31 - 1))
    case 'number':
      return fc.oneof(fc.integer(range(schema, 1_000_000)), fc.double({ ...range(schema, 1e6), noNaN: true }))
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array':
      return fc.array(from(schema.items ?? {}), { minLength: schema.minItems ?? 0, maxLength: Math.min(schema.maxItems ?? 4, (schema.minItems ?? 0) + 4) })
    case 'object':
      return object(schema)
    default:
      return fc.jsonValue({ maxDepth: 2 })
  }
}

function range({ minimum, exclusiveMinimum, maximum, exclusiveMaximum }: JsonSchema, far: number) {
  const min = minimum ?? (exclusiveMinimum === undefined ? -far : exclusiveMinimum + 1)
  const max = maximum ?? (exclusiveMaximum === undefined ? far : exclusiveMaximum - 1)
  return { min: Math.max(min, -far), max: Math.min(max, far) }
}

function string({ format, pattern, minLength = 0, maxLength }: JsonSchema): fc.Arbitrary<string> {
  if (format === 'date-time') return fc.constantFrom('2026-01-17T09:15:30', '2026-01-17T09:15:30Z', '2020-02-29T23:59:59.999999')
  if (format === 'date') return fc.constantFrom('2026-01-17', '2020-02-29')
  if (format === 'uuid') return fc.uuid()
  if (format === 'email') return fc.constantFrom('user_123@example.com', 'bounce@example.com', 'a@b.co')
  if (format === 'uri') return fc.constantFrom('http://127.0.0.1:1/hook')
  if (pattern !== undefined) return fc.oneof(fc.stringMatching(new RegExp(pattern)), text)
  return text.filter((value) => value.length >= minLength && value.length <= (maxLength ?? 10_000))
}

function object({ properties = {}, required = [], additionalProperties }: JsonSchema): fc.Arbitrary<unknown> {
  const members = Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, from(schema)]))
  const named = fc.record(members, { requiredKeys: required })
  if (typeof additionalProperties !== 'object') return named
  const others = fc.dictionary(text, from(additionalProperties), { maxKeys: 4 })
  return fc.tuple(others, named).map(([rest, own]) => ({ ...rest, ...own }))
}
