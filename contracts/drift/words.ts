import type * as z from 'zod'
import { innerOf } from '../kit/schema-step.ts'

/** What a schema asks for, in a few words. */
export function saysOf(schema: z.core.$ZodType | undefined): string {
  if (schema === undefined) return 'nothing'
  const { def } = (schema as z.core.$ZodTypes)._zod
  switch (def.type) {
    case 'optional':
    case 'default':
    case 'prefault':
      return `${saysOf(def.innerType)} or absent`
    case 'nullable':
      return `${saysOf(def.innerType)} or null`
    case 'string':
      return 'format' in def && typeof def.format === 'string' ? `text (${def.format})` : 'text'
    case 'number':
      return 'format' in def && String(def.format).includes('int') ? 'whole number' : 'number'
    case 'bigint':
      return 'whole number'
    case 'boolean':
    case 'null':
      return def.type
    case 'literal':
    case 'enum':
      return oneOf([...(schema._zod.values ?? [])])
    case 'array':
      return `list of ${saysOf(def.element)}`
    case 'record':
      return `map of ${saysOf(def.valueType)}`
    case 'object':
      return `object with ${some(Object.keys(def.shape))}`
    case 'union':
      return def.options.map(saysOf).join(' or ')
    case 'unknown':
    case 'any':
      return 'anything'
    default: {
      const inner = innerOf(schema)
      return inner === undefined ? def.type : saysOf(inner)
    }
  }
}

function oneOf(values: readonly unknown[]): string {
  const shown = values.map((value) => shownValue(value))
  return shown.length === 1 ? (shown[0] as string) : `one of ${some(shown, 8)}`
}

function some(names: readonly string[], most = 5): string {
  return names.length <= most ? names.join(', ') || 'no members' : `${names.slice(0, most).join(', ')} and ${names.length - most} more`
}

/** Longer than this, a value is shown by its beginning. */
const LONG = 60

/** A value in a few words; `undefined` stands for one that is not there. */
export function shownValue(value: unknown): string {
  if (value === undefined) return 'absent'
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'bigint') return String(value)
  if (typeof value === 'string') return JSON.stringify(value.length > LONG ? `${value.slice(0, LONG)}…` : value)
  if (Array.isArray(value)) return `a list of ${value.length}`
  return `an object with ${some(Object.keys(value))}`
}
