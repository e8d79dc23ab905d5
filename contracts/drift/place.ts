import * as z from 'zod'
import { pointerOf } from '../kit/conform.ts'

/** One place in a body, as its schema knows it. */
export interface Place {
  /** With `*` for every element of a list and every key of a map. */
  pointer: string
  /** What is agreed there; nothing where nothing is. */
  schema: z.core.$ZodType | undefined
  /** Who is known to read it, or what holds it. */
  readBy: readonly string[]
}

/** Follows a path down a schema. */
export function placeOf(schema: z.core.$ZodType | undefined, path: readonly PropertyKey[]): Place {
  const readers = new Set<string>()
  const steps: PropertyKey[] = []
  let here = schema
  for (const step of path) {
    for (const reader of readersOf(here)) readers.add(reader)
    const next = stepInto(here, step)
    steps.push(next.name)
    here = next.schema
  }
  for (const reader of readersBelow(here)) readers.add(reader)
  return { pointer: pointerOf(steps), schema: here, readBy: [...readers] }
}

interface Step {
  name: PropertyKey
  schema: z.core.$ZodType | undefined
}

/** One step down. A list has elements, a map has values, and of several options the first that knows the name is taken. */
export function stepInto(schema: z.core.$ZodType | undefined, step: PropertyKey): Step {
  const bare = schema && unwrapped(schema)
  const def = bare?._zod.def as z.core.$ZodTypes['_zod']['def'] | undefined
  switch (def?.type) {
    case 'object':
      return Object.hasOwn(def.shape, step) ? { name: step, schema: def.shape[step as string] } : amongOthers(def.catchall, step)
    case 'array':
      return { name: '*', schema: def.element }
    case 'tuple':
      return { name: step, schema: def.items[Number(step)] }
    case 'record':
      return { name: def.keyType._zod.values === undefined ? '*' : step, schema: def.valueType }
    case 'union':
      return 'discriminator' in def && def.discriminator === step ? eitherOf(def.options, step) : firstThatKnows(def.options, step)
    case 'intersection':
      return firstThatKnows([def.left, def.right], step)
    default:
      return { name: typeof step === 'number' ? '*' : step, schema: undefined }
  }
}

/** Members that have no name in the schema: agreed on as the values of a map are, taken as they come, or not agreed on. */
function amongOthers(rest: z.core.$ZodType | undefined, step: PropertyKey): Step {
  const type = rest?._zod.def.type
  if (rest === undefined || type === 'never') return { name: step, schema: undefined }
  return { name: type === 'unknown' || type === 'any' ? step : '*', schema: rest }
}

/** What tells several forms apart is agreed on as any of them has it. */
function eitherOf(options: readonly z.core.$ZodType[], step: PropertyKey): Step {
  return { name: step, schema: z.union(options.flatMap((option) => stepInto(option, step).schema ?? [])) }
}

function firstThatKnows(options: readonly z.core.$ZodType[], step: PropertyKey): Step {
  const steps = options.map((option) => stepInto(option, step))
  return steps.find(({ schema }) => schema !== undefined) ?? steps[0] ?? { name: step, schema: undefined }
}

/** A schema without what only says that a value may be left out, be null, or be made otherwise. */
export function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  const inner = innerOf(schema)
  return inner === undefined ? schema : unwrapped(inner)
}

export function innerOf(schema: z.core.$ZodType): z.core.$ZodType | undefined {
  const { def } = (schema as z.core.$ZodTypes)._zod
  if (def.type === 'pipe') return def.in._zod.def.type === 'transform' ? def.out : def.in
  if (def.type === 'lazy') return def.getter()
  return 'innerType' in def ? (def.innerType as z.core.$ZodType) : undefined
}

/** The readers of a schema that are written on it, on any of its wrappings. */
function readersOf(schema: z.core.$ZodType | undefined): readonly string[] {
  if (schema === undefined) return []
  const own = (z.globalRegistry.get(schema) as { readBy?: readonly string[] } | undefined)?.readBy ?? []
  return [...own, ...readersOf(innerOf(schema))]
}

const below = new WeakMap<z.core.$ZodType, readonly string[]>()

/** Who reads anything at all of what a schema describes: whoever reads a member misses it when all of it is gone. */
export function readersBelow(schema: z.core.$ZodType | undefined): readonly string[] {
  if (schema === undefined) return []
  const known = below.get(schema)
  if (known !== undefined) return known
  // A recursive schema finds itself here, with nothing to add.
  below.set(schema, [])
  const bare = unwrapped(schema)
  const readers = [...new Set([...readersOf(schema), ...partsOf(bare).flatMap(readersBelow)])]
  below.set(schema, readers)
  return readers
}

/** The schemas that a schema without wrappings consists of. */
export function partsOf(schema: z.core.$ZodType): readonly z.core.$ZodType[] {
  const { def } = (schema as z.core.$ZodTypes)._zod
  switch (def.type) {
    case 'object':
      return Object.values(def.shape)
    case 'array':
      return [def.element]
    case 'tuple':
      return def.items
    case 'record':
      return [def.valueType]
    case 'union':
      return def.options
    case 'intersection':
      return [def.left, def.right]
    default:
      return []
  }
}
