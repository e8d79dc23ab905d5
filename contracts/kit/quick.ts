import type * as z from 'zod'

type Test = (value: unknown) => boolean

/**
 * A schema's short way: a test that says yes only to values that the schema takes and leaves as they are. Whoever hears no asks the schema.
 * It makes no copies and no issues, which is most of what judging a good value costs.
 */
export function quick(schema: z.core.$ZodType): Test | undefined {
  if (!known.has(schema)) known.set(schema, compile(schema))
  return known.get(schema)
}

const known = new WeakMap<z.core.$ZodType, Test | undefined>()

/** Zod's own kinds; a schema with a trait besides these may read its values in a way of its own. */
const PLAIN = new Set(
  ['Type', 'String', 'StringFormat', 'Email', 'UUID', 'ISODateTime', 'ISODate', 'Number', 'NumberFormat', 'Boolean', 'Null', 'Undefined', 'Unknown', 'Any']
    .concat(['Literal', 'Enum', 'Array', 'Object', 'ObjectJIT', 'Record', 'Nullable', 'Optional', 'Union', 'Check', 'CheckNumberFormat', 'CheckStringFormat'])
    .flatMap((name) => [`Zod${name}`, `$Zod${name}`, `_Zod${name}`]),
)

function compile(schema: z.core.$ZodType): Test | undefined {
  for (const trait of schema._zod.traits) if (!PLAIN.has(trait)) return undefined
  const { def } = (schema as z.core.$ZodTypes)._zod
  switch (def.type) {
    case 'string':
      return stringTest(def)
    case 'number':
      return numberTest(def)
    case 'boolean':
      return unchecked(def, (value) => typeof value === 'boolean')
    case 'null':
      return (value) => value === null
    case 'unknown':
    case 'any':
      return unchecked(def, (value) => value !== undefined)
    case 'literal':
      return oneOf(def.values)
    case 'enum':
      return oneOf(Object.values(def.entries))
    case 'nullable':
      return either((value) => value === null, quick(def.innerType))
    case 'optional':
      return either((value) => value === undefined, quick(def.innerType))
    case 'union':
      return def.options.map(quick).reduce(either)
    case 'array':
      return unchecked(def, listTest(quick(def.element)))
    case 'record':
      return unchecked(def, recordTest(def))
    case 'object':
      return unchecked(def, objectTest(def))
    default:
      return undefined
  }
}

function unchecked({ checks = [] }: z.core.$ZodTypeDef, test: Test | undefined): Test | undefined {
  return checks.length === 0 ? test : undefined
}

function stringTest(def: z.core.$ZodStringDef): Test | undefined {
  const pattern = 'pattern' in def && def.pattern instanceof RegExp && !def.pattern.global ? def.pattern : undefined
  if ('format' in def && pattern === undefined) return undefined
  let [min, max] = [0, Number.POSITIVE_INFINITY]
  for (const check of def.checks ?? []) {
    const bound = check._zod.def as { check: string; minimum?: number; maximum?: number }
    if (bound.check === 'min_length') min = Math.max(min, bound.minimum ?? 0)
    else if (bound.check === 'max_length') max = Math.min(max, bound.maximum ?? max)
    else return undefined
  }
  return (value) => typeof value === 'string' && value.length >= min && value.length <= max && (pattern === undefined || pattern.test(value))
}

function numberTest(def: z.core.$ZodNumberDef & { format?: string }): Test | undefined {
  if (def.format !== undefined && def.format !== 'safeint') return undefined
  return unchecked(def, def.format === 'safeint' ? Number.isSafeInteger : Number.isFinite)
}

function oneOf(values: readonly unknown[]): Test {
  const set = new Set(values)
  return (value) => set.has(value)
}

function either(one: Test | undefined, other: Test | undefined): Test | undefined {
  return one && other && ((value) => one(value) || other(value))
}

function listTest(item: Test | undefined): Test | undefined {
  return item && ((value) => Array.isArray(value) && value.every(item))
}

function recordTest({ keyType, valueType }: z.core.$ZodRecordDef): Test | undefined {
  const member = quick(valueType)
  if (member === undefined || keyType._zod.def.type !== 'string' || quick(keyType) === undefined) return undefined
  return (value) => {
    if (!isRecord(value)) return false
    for (const name in value) if (name === '__proto__' || !member(value[name])) return false
    return true
  }
}

function objectTest({ shape, catchall }: z.core.$ZodObjectDef): Test | undefined {
  if (catchall !== undefined && catchall._zod.def.type !== 'never') return undefined
  const names = Object.keys(shape)
  const tests = names.map((name) => quick(shape[name] as z.core.$ZodType))
  if (tests.some((test) => test === undefined)) return undefined
  const named = new Set(names)
  return (value) => {
    if (!isRecord(value)) return false
    for (let at = 0; at < names.length; at += 1) if (!(tests[at] as Test)(value[names[at] as string])) return false
    for (const name in value) if (!named.has(name)) return false
    return true
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
