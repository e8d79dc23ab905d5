import type * as z from 'zod'
import { innerOf } from '../schema-step.ts'
import { listed, shownValue } from './shown.ts'

/** What zod keeps of the checks of a schema. */
interface Bag {
  format?: string
  minimum?: number | bigint
  maximum?: number | bigint
  exclusiveMinimum?: number
  exclusiveMaximum?: number
  multipleOf?: number
  patterns?: ReadonlySet<RegExp>
}

/** What a schema takes, in words: `a whole number from 1 to 500`. */
export function asksFor(schema: z.core.$ZodType | undefined): string {
  if (schema === undefined) return 'nothing'
  const { def, bag } = (schema as z.core.$ZodTypes)._zod as { def: z.core.$ZodTypes['_zod']['def']; bag: Bag }
  switch (def.type) {
    case 'optional':
    case 'default':
    case 'prefault':
      return asksFor(def.innerType)
    case 'nullable':
      return `${asksFor(def.innerType)}, or null`
    case 'string':
      return text(bag)
    case 'number':
    case 'bigint':
      return number(bag, def.type)
    case 'boolean':
      return 'true or false'
    case 'null':
      return 'null'
    case 'literal':
    case 'enum':
      return oneOf([...(schema._zod.values ?? [])])
    case 'array':
      return `a list${amount(bag, 'item')} of ${asksFor(def.element)}`
    case 'record':
      return `an object whose values are ${asksFor(def.valueType)}`
    case 'object':
      return object(def.shape)
    case 'union':
      return [...new Set(def.options.map(asksFor))].join(' or ')
    case 'unknown':
    case 'any':
      return 'any value'
    default: {
      const inner = innerOf(schema)
      return inner === undefined ? def.type : asksFor(inner)
    }
  }
}

const FORMATS: Readonly<Record<string, string>> = {
  'date-time': 'a date and time',
  datetime: 'a date and time',
  date: 'a date',
  uuid: 'a UUID',
  guid: 'a UUID',
  email: 'an e-mail address',
  url: 'a URL',
}

function text(bag: Bag): string {
  const format = FORMATS[bag.format ?? '']
  if (format !== undefined) return format
  const [pattern] = bag.patterns ?? []
  return `text${amount(bag, 'character')}${pattern === undefined ? '' : ` like ${pattern.source}`}`
}

function amount({ minimum, maximum }: Bag, unit: string): string {
  const units = (many: unknown) => `${many} ${unit}${many === 1 ? '' : 's'}`
  if (minimum !== undefined && maximum !== undefined) return minimum === maximum ? ` of ${units(minimum)}` : ` of ${minimum} to ${units(maximum)}`
  if (minimum !== undefined && minimum > 0) return ` of at least ${units(minimum)}`
  return maximum === undefined ? '' : ` of at most ${units(maximum)}`
}

function number(bag: Bag, type: string): string {
  const word = type === 'bigint' || bag.format?.includes('int') ? 'a whole number' : 'a number'
  return `${word}${bounds(bag)}${bag.multipleOf === undefined ? '' : `, a multiple of ${bag.multipleOf}`}`
}

/** The largest that JavaScript counts without gaps is no bound that anybody set. */
const UNSET = Number.MAX_SAFE_INTEGER

function bounds({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Bag): string {
  const least = minimum === undefined || minimum <= -UNSET ? undefined : minimum
  const most = maximum === undefined || maximum >= UNSET ? undefined : maximum
  if (least !== undefined && most !== undefined) return ` from ${least} to ${most}`
  const told = [
    least === undefined ? undefined : `at least ${least}`,
    exclusiveMinimum === undefined ? undefined : `more than ${exclusiveMinimum}`,
    most === undefined ? undefined : `at most ${most}`,
    exclusiveMaximum === undefined ? undefined : `less than ${exclusiveMaximum}`,
  ].filter((bound) => bound !== undefined)
  return told.length === 0 ? '' : ` of ${told.join(' and ')}`
}

function oneOf(values: readonly unknown[]): string {
  const shown = values.map(shownValue)
  return shown.length === 1 ? (shown[0] as string) : `one of ${listed(shown, 12)}`
}

function object(shape: Readonly<Record<string, z.core.$ZodType>>): string {
  const required = Object.keys(shape).filter((name) => shape[name]?._zod.optin === undefined)
  if (required.length > 0) return `an object with ${listed(required)}`
  return Object.keys(shape).length === 0 ? 'an object' : `an object, perhaps with ${listed(Object.keys(shape))}`
}
