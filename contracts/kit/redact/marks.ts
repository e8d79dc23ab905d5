import * as z from 'zod'

/** What a contract may mean at one place: every branch of a union is one. */
export type Schemas = readonly z.core.$ZodType[]

/** Whether a contract marks what stands here as secret, or says that it is not one whatever it is called. */
export function markOf(schemas: Schemas): boolean | undefined {
  if (schemas.length === 0) return undefined
  const marks = schemas.flatMap((schema) => markAt(schema) ?? [])
  return marks.length === 0 ? undefined : marks.includes(true)
}

export function memberSchemas(schemas: Schemas, name: string): Schemas {
  if (schemas.length === 0) return NONE
  return schemas.flatMap(leavesOf).flatMap((schema): Schemas => {
    const def = schema._zod.def as Def
    if (def.type === 'record') return def.valueType ? [def.valueType] : NONE
    if (def.type !== 'object') return NONE
    const member = def.shape !== undefined && Object.hasOwn(def.shape, name) ? def.shape[name] : def.catchall
    return member === undefined ? NONE : [member]
  })
}

export function itemSchemas(schemas: Schemas, at: number): Schemas {
  if (schemas.length === 0) return NONE
  return schemas.flatMap(leavesOf).flatMap((schema): Schemas => {
    const def = schema._zod.def as Def
    if (def.type === 'array') return def.element ? [def.element] : NONE
    const item = def.type === 'tuple' ? (def.items?.[at] ?? def.rest) : undefined
    return item ? [item] : NONE
  })
}

interface Def {
  type: string
  innerType?: z.core.$ZodType
  in?: z.core.$ZodType
  out?: z.core.$ZodType
  left?: z.core.$ZodType
  right?: z.core.$ZodType
  getter?: () => z.core.$ZodType
  options?: readonly z.core.$ZodType[]
  element?: z.core.$ZodType
  items?: readonly z.core.$ZodType[]
  rest?: z.core.$ZodType | null
  shape?: Readonly<Record<string, z.core.$ZodType>>
  catchall?: z.core.$ZodType
  valueType?: z.core.$ZodType
}

const NONE: Schemas = []
const MAX_DEPTH = 20

/** The schemas directly inside of one that say something about the same value. */
function inside(schema: z.core.$ZodType): Schemas {
  const { innerType, in: first, out, left, right, getter, options } = schema._zod.def as Def
  return [innerType, first, out, left, right, getter?.(), ...(options ?? [])].filter((one) => one !== undefined)
}

const marks = new WeakMap<z.core.$ZodType, boolean | undefined>()

function markAt(schema: z.core.$ZodType, depth = 0): boolean | undefined {
  if (marks.has(schema)) return marks.get(schema)
  const own = z.globalRegistry.get(schema)?.secret
  const found = typeof own === 'boolean' ? [own] : depth > MAX_DEPTH ? [] : inside(schema).flatMap((one) => markAt(one, depth + 1) ?? [])
  const mark = found.length === 0 ? undefined : found.includes(true)
  marks.set(schema, mark)
  return mark
}

const leaves = new WeakMap<z.core.$ZodType, Schemas>()

function leavesOf(schema: z.core.$ZodType): Schemas {
  const known = leaves.get(schema)
  if (known !== undefined) return known
  const found = leavesWithin(schema, 0)
  leaves.set(schema, found)
  return found
}

function leavesWithin(schema: z.core.$ZodType, depth: number): Schemas {
  const within = depth > MAX_DEPTH ? [] : inside(schema)
  return within.length === 0 ? [schema] : within.flatMap((one) => leavesWithin(one, depth + 1))
}
