import * as z from 'zod'

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
