import * as z from 'zod'

/** A value that a schema should take, as plain as it comes. Whoever must be sure asks the schema: not every check can be met unseen. */
export function plausible(schema: z.core.$ZodType, words: string): unknown {
  return made(schema, words, 0)
}

/** Below this, recursive schemas get no more than they must have. */
const DEEP = 6
const BOTTOM = 30

function made(type: z.core.$ZodType, words: string, depth: number): unknown {
  const shown = (z.globalRegistry.get(type) as { examples?: readonly unknown[] } | undefined)?.examples?.[0]
  if (shown !== undefined) return shown
  if (depth > BOTTOM) return undefined
  const inside = (inner: z.core.$ZodType) => made(inner, words, depth + 1)
  const schema = type as z.core.$ZodTypes
  const { def } = schema._zod
  switch (def.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(def.shape)
          .filter(([, member]) => member._zod.optout === undefined)
          .map(([name, member]) => [name, inside(member)]),
      )
    case 'array':
      return Array.from({ length: Math.max(depth > DEEP ? 0 : 1, boundsOf(schema).least ?? 0) }, () => inside(def.element))
    case 'tuple':
      return def.items.map(inside)
    case 'record':
      return Object.fromEntries((def.keyType._zod.values === undefined ? [] : [...def.keyType._zod.values]).map((key) => [key, inside(def.valueType)]))
    case 'string':
      return textOf(schema, words)
    case 'number':
      return numberOf(schema)
    case 'bigint':
      return BigInt(numberOf(schema))
    case 'boolean':
      return true
    case 'literal':
    case 'enum':
      return [...(schema._zod.values ?? [])][0]
    case 'nullable':
      return depth > DEEP ? null : inside(def.innerType)
    case 'optional':
    case 'nonoptional':
    case 'readonly':
    case 'catch':
      return inside(def.innerType)
    case 'default':
    case 'prefault':
      return def.defaultValue
    case 'union':
      return firstThatHolds(def.options, inside)
    case 'intersection':
      return Object.assign({}, inside(def.left), inside(def.right))
    case 'lazy':
      return inside(def.getter())
    case 'pipe':
      return inside(def.in)
    case 'undefined':
    case 'void':
      return undefined
    default:
      return null
  }
}

function firstThatHolds(options: readonly z.core.$ZodType[], inside: (option: z.core.$ZodType) => unknown): unknown {
  const values = options.map((option) => ({ option, value: inside(option) }))
  return (values.find(({ option, value }) => z.safeParse(option, value).success) ?? values[0])?.value
}

const FORMATS: Readonly<Record<string, string>> = {
  datetime: '2026-01-17T09:15:30Z',
  date: '2026-01-17',
  time: '09:15:30',
  duration: 'PT1M',
  email: 'user_123@example.com',
  url: 'http://example.com/',
  uuid: '3f2b8a4e-5c1d-4e6f-8a9b-0c1d2e3f4a5b',
  guid: '3f2b8a4e-5c1d-4e6f-8a9b-0c1d2e3f4a5b',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
}

function textOf(schema: z.core.$ZodTypes, words: string): string {
  const { least = 0, most = Number.POSITIVE_INFINITY } = boundsOf(schema)
  const plain = FORMATS[formatOf(schema) ?? ''] ?? words.padEnd(least, '.').slice(0, most)
  const patterns = patternsOf(schema)
  const fits = (text: string) => text.length >= least && text.length <= most && patterns.every((pattern) => text.search(pattern) !== -1)
  return patterns.length === 0 || fits(plain) ? plain : (USUAL.find(fits) ?? plain)
}

/** What patterns usually want. */
const USUAL: readonly string[] = [
  ...['1', '1.5', '12', '1234', 'a', 'A', 'abc', 'ABC', 'Abc', 'NIFTY', 'abc1', 'ABC1', 'abc_1', 'abc-1', 'en', 'en-US', 'USD', 'true', '1.0.0', 'v1'],
  ...['2026-01-17', '09:15', '09:15:30', '2026-01-17T09:15:30Z', '2026-01-17T09:15:30', '2026-01', '+15550100123', '5550100123', '#a1b2c3', '0.0.0.0'],
  ...['user_123@example.com', 'http://example.com/', '/path', 'example.com', 'NSE@NIFTY', 'NSE:NIFTY', '3f2b8a4e-5c1d-4e6f-8a9b-0c1d2e3f4a5b'],
  ...[
    '3f2b8a4e5c1d4e6f8a9b0c1d2e3f4a5b',
    '3f2b8a4e5c1d4e6f8a9b0c1d',
    '3f2b8a4e5c1d4e6f8a9b0c1d2e3f4a5b3f2b8a4e5c1d4e6f8a9b0c1d2e3f4a5b',
    '12345',
    '123456',
    '1234567890123456',
  ],
]

function patternsOf({ _zod: { def } }: z.core.$ZodTypes): RegExp[] {
  return checksOf(def).flatMap((check) => {
    const { check: kind, pattern } = check as z.core.$ZodCheckRegexDef
    return kind === 'string_format' && pattern instanceof RegExp ? [pattern] : []
  })
}

function formatOf({ _zod: { def } }: z.core.$ZodTypes): string | undefined {
  if ('format' in def && typeof def.format === 'string') return def.format
  return checksOf(def).find((check) => check.check === 'string_format')?.format
}

function numberOf(schema: z.core.$ZodTypes): number {
  const { least = 0, most = Number.POSITIVE_INFINITY } = boundsOf(schema)
  return Math.min(Math.max(least, 0), most)
}

/** How small and how large a number may be, or how short and how long a text or a list. */
function boundsOf({ _zod: { def } }: z.core.$ZodTypes): { least?: number; most?: number } {
  const bounds: { least?: number; most?: number } = {}
  for (const check of checksOf(def)) {
    if (check.check === 'greater_than') bounds.least = Number(check.value) + (check.inclusive ? 0 : 1)
    if (check.check === 'less_than') bounds.most = Number(check.value) - (check.inclusive ? 0 : 1)
    if (check.check === 'min_length') bounds.least = check.minimum
    if (check.check === 'max_length') bounds.most = check.maximum
    if (check.check === 'length_equals') bounds.least = bounds.most = check.length
  }
  return bounds
}

function checksOf({ checks = [] }: z.core.$ZodTypeDef): z.core.$ZodChecks['_zod']['def'][] {
  return checks.map((check) => (check as z.core.$ZodChecks)._zod.def)
}
