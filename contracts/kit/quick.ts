import type * as z from 'zod'

/**
 * A schema's short way. It says yes only to values that the schema takes and leaves as they are, apart from members that were left out
 * and have a default; whoever hears no asks the schema. It makes no copies and no issues, which is most of what judging a good value costs.
 */
export interface Quick {
  test(value: unknown): boolean
  /** Puts the defaults into a value that passed, in place. None where there are no defaults. */
  fill?: (value: never) => void
  /** What stands for a member that was left out. */
  initial?: { value: unknown }
}

/** The short way past a schema, if there is one. */
export function quick(schema: z.core.$ZodType): Quick | undefined {
  if (!known.has(schema)) known.set(schema, compile(schema))
  return known.get(schema)
}

/** The value as the schema would make it, by the short way; nothing when the schema must be asked. Changes the value in place. */
export function taken<T>(schema: z.ZodType<T>, value: unknown): { value: T } | undefined {
  const way = quick(schema)
  if (way === undefined || way.initial !== undefined || !way.test(value)) return undefined
  way.fill?.(value as never)
  return { value: value as T }
}

const known = new WeakMap<z.core.$ZodType, Quick | undefined>()

/** Zod's own kinds; a schema with a trait besides these may read its values in a way of its own. */
const PLAIN = new Set(
  ['Type', 'String', 'StringFormat', 'Email', 'UUID', 'ISODateTime', 'ISODate', 'Number', 'NumberFormat', 'Boolean', 'Null', 'Undefined', 'Unknown', 'Any']
    .concat(['Literal', 'Enum', 'Array', 'Object', 'ObjectJIT', 'Record', 'Nullable', 'Optional', 'Default', 'Union'])
    .concat(['Check', 'CheckNumberFormat', 'CheckStringFormat'])
    .flatMap((name) => [`Zod${name}`, `$Zod${name}`, `_Zod${name}`]),
)

function compile(schema: z.core.$ZodType): Quick | undefined {
  for (const trait of schema._zod.traits) if (!PLAIN.has(trait)) return undefined
  const { def } = (schema as z.core.$ZodTypes)._zod
  switch (def.type) {
    case 'string':
      return stringWay(def)
    case 'number':
      return numberWay(def)
    case 'boolean':
      return unchecked(def, { test: (value) => typeof value === 'boolean' })
    case 'null':
      return { test: (value) => value === null }
    case 'unknown':
    case 'any':
      return unchecked(def, { test: (value) => value !== undefined })
    case 'literal':
      return oneOf(def.values)
    case 'enum':
      return oneOf(Object.values(def.entries))
    case 'nullable':
      return besides(null, quick(def.innerType))
    case 'optional':
      return besides(undefined, quick(def.innerType))
    case 'default':
      return defaulted(def, quick(def.innerType))
    case 'union':
      return unionWay(def.options.map(quick))
    case 'array':
      return unchecked(def, listWay(quick(def.element)))
    case 'record':
      return unchecked(def, recordWay(def))
    case 'object':
      return unchecked(def, objectWay(def))
    default:
      return undefined
  }
}

function unchecked({ checks = [] }: z.core.$ZodTypeDef, way: Quick | undefined): Quick | undefined {
  return checks.length === 0 ? way : undefined
}

function stringWay(def: z.core.$ZodStringDef): Quick | undefined {
  const pattern = 'pattern' in def && def.pattern instanceof RegExp && !def.pattern.global ? def.pattern : undefined
  if ('format' in def && pattern === undefined) return undefined
  let [min, max] = [0, Number.POSITIVE_INFINITY]
  for (const check of def.checks ?? []) {
    const bound = check._zod.def as { check: string; minimum?: number; maximum?: number }
    if (bound.check === 'min_length') min = Math.max(min, bound.minimum ?? 0)
    else if (bound.check === 'max_length') max = Math.min(max, bound.maximum ?? max)
    else return undefined
  }
  return { test: (value) => typeof value === 'string' && value.length >= min && value.length <= max && (pattern === undefined || pattern.test(value)) }
}

function numberWay(def: z.core.$ZodNumberDef & { format?: string }): Quick | undefined {
  if (def.format !== undefined && def.format !== 'safeint') return undefined
  return unchecked(def, { test: def.format === 'safeint' ? Number.isSafeInteger : Number.isFinite })
}

function oneOf(values: readonly unknown[]): Quick {
  const set = new Set(values)
  return { test: (value) => set.has(value) }
}

/** A way that also takes one more value. */
function besides(other: null | undefined, way: Quick | undefined): Quick | undefined {
  if (way === undefined || way.initial !== undefined) return undefined
  const { test, fill } = way
  const both = (value: unknown) => value === other || test(value)
  return fill === undefined ? { test: both } : { test: both, fill: (value: never) => void (value === other || fill(value)) }
}

/** Only plain defaults: an object would have to be copied each time. */
function defaulted({ defaultValue }: z.core.$ZodDefaultDef, way: Quick | undefined): Quick | undefined {
  if (way === undefined || Object(defaultValue) === defaultValue) return undefined
  return { ...way, test: (value) => value === undefined || way.test(value), initial: { value: defaultValue } }
}

function unionWay(ways: readonly (Quick | undefined)[]): Quick | undefined {
  if (!ways.every((way) => way !== undefined && way.fill === undefined && way.initial === undefined)) return undefined
  return { test: (value) => ways.some((way) => way?.test(value)) }
}

function listWay(item: Quick | undefined): Quick | undefined {
  if (item === undefined || item.initial !== undefined) return undefined
  const { test, fill } = item
  const all = (value: unknown) => Array.isArray(value) && value.every(test)
  return fill === undefined ? { test: all } : { test: all, fill: (list: never[]) => list.forEach(fill) }
}

function recordWay({ keyType, valueType }: z.core.$ZodRecordDef): Quick | undefined {
  const member = quick(valueType)
  if (member === undefined || member.fill !== undefined || member.initial !== undefined) return undefined
  if (keyType._zod.def.type !== 'string' || quick(keyType) === undefined) return undefined
  const { test } = member
  return {
    test(value) {
      if (!isRecord(value)) return false
      for (const name in value) if (name === '__proto__' || !test(value[name])) return false
      return true
    },
  }
}

function objectWay({ shape, catchall }: z.core.$ZodObjectDef): Quick | undefined {
  if (catchall !== undefined && catchall._zod.def.type !== 'never') return undefined
  const names = Object.keys(shape)
  const ways = names.map((name) => quick(shape[name] as z.core.$ZodType))
  if (!ways.every((way) => way !== undefined)) return undefined
  const named = new Set(names)
  const test = (value: unknown) => {
    if (!isRecord(value)) return false
    for (let at = 0; at < names.length; at += 1) if (!ways[at]?.test(value[names[at] as string])) return false
    for (const name in value) if (!named.has(name)) return false
    return true
  }
  const filling = names.flatMap((name, at) => (ways[at]?.initial || ways[at]?.fill ? [{ name, ...(ways[at] as Quick) }] : []))
  if (filling.length === 0) return { test }
  return {
    test,
    fill(value: Record<string, unknown>) {
      for (const { name, initial, fill } of filling) {
        if (value[name] !== undefined) fill?.(value[name] as never)
        else if (initial !== undefined) value[name] = initial.value
      }
    },
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
