import type * as z from 'zod'

/** Stands for every item of a list, and for every member of an object. */
export const EACH = '*'

/** The steps of a path into JSON: a pointer (`/alerts/0/status`), or names with dots between them (`alerts.*.status`). */
export function stepsIn(path: string): string[] {
  if (!path.startsWith('/')) return path.split('.')
  return path
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** Where a path leaves what a schema describes. */
export interface Astray {
  step: string
  /** The members there are instead. */
  known: readonly string[]
}

/** Where a path leaves what any of these schemas describes; nothing when it stays inside, or when a schema does not tell. */
export function astray(schemas: readonly z.core.$ZodType[], [step, ...rest]: readonly string[]): Astray | undefined {
  if (step === undefined) return undefined
  const inside = schemas.flatMap(optionsOf)
  const next = inside.flatMap((schema) => followed(schema, step))
  if (next.includes(UNTOLD)) return undefined
  if (next.length === 0) return { step, known: [...new Set(inside.flatMap(membersOf))] }
  return astray(next as z.core.$ZodType[], rest)
}

/** A schema behind which anything may stand. */
const UNTOLD = 'untold'

/** A schema without its wrapping; each of its options where it is a choice. */
function optionsOf(schema: z.core.$ZodType): z.core.$ZodType[] {
  const { def } = (schema as z.core.$ZodTypes)._zod
  switch (def.type) {
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'nonoptional':
    case 'readonly':
    case 'catch':
      return optionsOf(def.innerType)
    case 'lazy':
      return optionsOf(def.getter())
    case 'pipe':
      // What is on the wire is what goes in.
      return optionsOf(def.in)
    case 'union':
      return def.options.flatMap(optionsOf)
    case 'intersection':
      return [def.left, def.right].flatMap(optionsOf)
    default:
      return [schema]
  }
}

function followed(schema: z.core.$ZodType, step: string): (z.core.$ZodType | typeof UNTOLD)[] {
  const { def } = (schema as z.core.$ZodTypes)._zod
  switch (def.type) {
    case 'object': {
      const named = step === EACH ? Object.values(def.shape) : Object.hasOwn(def.shape, step) ? [def.shape[step] as z.core.$ZodType] : []
      const open = def.catchall !== undefined && def.catchall._zod.def.type !== 'never'
      return named.length > 0 || !open ? named : [def.catchall as z.core.$ZodType]
    }
    case 'record':
      return [def.valueType]
    case 'array':
      return isIndex(step) ? [def.element] : []
    case 'tuple':
      return step === EACH ? [...def.items] : [def.items[Number(step)] ?? def.rest ?? []].flat()
    case 'unknown':
    case 'any':
    case 'custom':
    case 'transform':
      return [UNTOLD]
    default:
      return []
  }
}

const isIndex = (step: string): boolean => step === EACH || /^\d+$/.test(step)

function membersOf(schema: z.core.$ZodType): string[] {
  const { def } = (schema as z.core.$ZodTypes)._zod
  if (def.type === 'object') return Object.keys(def.shape)
  return def.type === 'array' || def.type === 'tuple' ? [EACH] : []
}
