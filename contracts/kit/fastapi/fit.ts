import type * as z from 'zod'
import { laxDefOf } from './lax.ts'

/** How well an accepted value fits a type: pydantic's "smart mode" picks the branch of a union by it. */
export interface Fit {
  /** 2 when it is of the type, 1 when a strict reader would still take it, 0 when it had to be turned into one. */
  exactness: 0 | 1 | 2
  /** The members of models that were given; none where no model is concerned. */
  fields?: number
}

const EXACT: Fit = { exactness: 2 }
const STRICT: Fit = { exactness: 1 }
const LAX: Fit = { exactness: 0 }

/** Judges a value that the schema has already accepted. */
export function fitOf(schema: z.core.$ZodType, value: unknown): Fit {
  const { _zod } = schema as z.core.$ZodTypes
  switch (_zod.def.type) {
    case 'number':
      return numberFit(schema, value)
    case 'boolean':
      return typeof value === 'boolean' ? EXACT : LAX
    case 'string':
      return laxDefOf(schema) === undefined ? EXACT : LAX
    case 'enum':
      return LAX
    case 'array':
      return together((value as unknown[]).map((item) => fitOf((_zod.def as z.core.$ZodArrayDef).element, item)))
    case 'record':
      return together(Object.values(value as object).map((item) => fitOf((_zod.def as z.core.$ZodRecordDef).valueType, item)))
    case 'object':
      return modelFit(_zod.def.shape, value as object)
    case 'any':
    case 'unknown':
      return STRICT
    default:
      return 'innerType' in _zod.def && value !== null && value !== undefined ? fitOf(_zod.def.innerType, value) : EXACT
  }
}

/** Whether a plain value is of the very type, so that no other branch of a union could fit it better. */
export function isOfType(schema: z.core.$ZodType, value: unknown): boolean {
  const { type } = schema._zod.def
  if (type !== typeof value) return false
  return type === 'boolean' || (type === 'string' && laxDefOf(schema) === undefined) || (type === 'number' && numberFit(schema, value).exactness === 2)
}

/** More members of a model count for more than a better type; the first of two equals wins. */
export function fitsBetter(one: Fit, other: Fit): boolean {
  if (one.fields !== undefined && other.fields !== undefined && one.fields !== other.fields) return one.fields > other.fields
  return one.exactness > other.exactness
}

function numberFit(schema: z.core.$ZodType, value: unknown): Fit {
  if (typeof value !== 'number' && typeof value !== 'bigint') return LAX
  if (laxDefOf(schema)?.python === 'int') return Number.isInteger(Number(value)) ? EXACT : LAX
  return Number.isInteger(Number(value)) ? STRICT : EXACT
}

/** A model is made of an object, never found: that is no exact fit. */
function modelFit(shape: Readonly<Record<string, z.core.$ZodType>>, value: object): Fit {
  const given = Object.entries(value).filter(([name]) => name in shape)
  const inner = given.map(([name, member]) => fitOf(shape[name] as z.core.$ZodType, member))
  return { exactness: 0, fields: given.length + inner.reduce((sum, { fields }) => sum + (fields ?? 0), 0) }
}

function together(fits: readonly Fit[]): Fit {
  const exactness = Math.min(2, ...fits.map((fit) => fit.exactness)) as Fit['exactness']
  const counted = fits.flatMap(({ fields }) => (fields === undefined ? [] : [fields]))
  return counted.length === 0 ? { exactness } : { exactness, fields: counted.reduce((sum, fields) => sum + fields, 0) }
}
