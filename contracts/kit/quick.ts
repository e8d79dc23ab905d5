import type * as z from 'zod'

/**
 * A schema's short way. It says yes only to values that the schema takes and leaves as they are, apart from members that were left out
 * and have a default; whoever hears no asks the schema. It makes no copies and no issues, which is most of what judging a good value costs.
 */
export interface Quick {
  test(value: unknown): boolean
  /** Its no is the schema's own: what it does not take, the schema does not take either. */
  final?: boolean
  /** Puts the defaults into a value that passed, in place. None where there are no defaults. */
  fill?: (value: never) => void
  /** Makes what stands for a member that was left out. */
  initial?: () => unknown
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
  if ('coerce' in def && def.coerce === true) return undefined
  switch (def.type) {
    case 'string':
      return stringWay(def)
    case 'number':
      return numberWay(def)
    case 'boolean':
      return unchecked(def, { test: (value) => typeof value === 'boolean', final: true })
    case 'null':
      return { test: (value) => value === null, final: true }
    case 'unknown':
    case 'any':
      return unchecked(def, { test: (value) => value !== undefined })
    case 'literal':
    case 'enum':
      return oneOf(schema._zod.values)
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
  const test = (value: unknown) => typeof value === 'string' && value.length >= min && value.length <= max && (pattern === undefined || pattern.test(value))
  return { test, final: true }
}

function numberWay(def: z.core.$ZodNumberDef & { format?: string }): Quick | undefined {
  if (def.format !== undefined && def.format !== 'safeint') return undefined
  return unchecked(def, { test: def.format === 'safeint' ? Number.isSafeInteger : Number.isFinite, final: true })
}

/** A member that must be there and may be `undefined` is told from one that is not there, which no test of ours sees. */
function oneOf(values: ReadonlySet<unknown> | undefined): Quick | undefined {
  return values === undefined || values.has(undefined) ? undefined : { test: (value) => values.has(value), final: true }
}

/** A way that also takes one more value. */
function besides(other: null | undefined, way: Quick | undefined): Quick | undefined {
  if (way === undefined || way.initial !== undefined) return undefined
  const { test, fill } = way
  const both = { ...way, test: (value: unknown) => value === other || test(value) }
  return fill === undefined ? both : { ...both, fill: (value: never) => void (value === other || fill(value)) }
}

/** Zod, too, asks its definition each time: behind this member stands what copies the default, or makes a new one. */
function defaulted(def: z.core.$ZodDefaultDef, way: Quick | undefined): Quick | undefined {
  return way && { ...way, test: (value) => value === undefined || way.test(value), initial: () => def.defaultValue }
}

/** The first option that takes a value makes of it what it will: one that may have been too modest must have none behind it. */
function unionWay(ways: readonly (Quick | undefined)[]): Quick | undefined {
  if (!ways.every((way) => way !== undefined && way.fill === undefined && way.initial === undefined)) return undefined
  if (!ways.slice(0, -1).every((way) => way?.final)) return undefined
  return { test: (value) => ways.some((way) => way?.test(value)), final: ways.at(-1)?.final === true }
}

function listWay(item: Quick | undefined): Quick | undefined {
  if (item === undefined || item.initial !== undefined) return undefined
  const { test, fill } = item
  const all = { ...item, test: (value: unknown) => Array.isArray(value) && value.every(test) }
  return fill === undefined ? all : { ...all, fill: (list: never[]) => list.forEach(fill) }
}

function recordWay({ keyType, valueType }: z.core.$ZodRecordDef): Quick | undefined {
  const member = quick(valueType)
  if (member === undefined || member.fill !== undefined || member.initial !== undefined) return undefined
  const key = keyType._zod.def.type === 'string' ? quick(keyType) : undefined
  if (key === undefined) return undefined
  return {
    test(value) {
      if (!isRecord(value)) return false
      for (const name in value) if (name === '__proto__' || !key.test(name) || !member.test(value[name])) return false
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
  if (filling.length === 0) return { test, final: catchall !== undefined && ways.every((way) => way?.final) }
  return {
    test,
    fill(value: Record<string, unknown>) {
      for (const { name, initial, fill } of filling) {
        if (value[name] !== undefined) fill?.(value[name] as never)
        else if (initial !== undefined) value[name] = initial()
      }
    },
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
