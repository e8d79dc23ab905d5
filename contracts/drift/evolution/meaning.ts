import { type Document, isJson, type Json, jsonOf, listOf } from '../../draft/openapi/document.ts'
import { lengthBounds, numberBounds } from './bounds.ts'
import { intersection, type Member, type Option, simplified } from './options.ts'

/** What a schema lets through, whatever its parts are called and in whatever order they stand. */
export interface Meaning {
  /** Empty where there is nothing but null, or nothing at all. */
  options: readonly Option[]
  nullable: boolean
  /** Clients that are said to read it. */
  readBy: readonly string[]
}

export interface Reading {
  document: Document
  /** What is only read is not sent, and what is only sent does not come. */
  direction: 'request' | 'reply'
}

/** One level deep: members and elements stay schemas, as they may lead back here. */
export function meaningOf(schema: unknown, reading: Reading): Meaning {
  return read(schema, reading, new Set()) ?? ANYTHING
}

const ANYTHING: Meaning = { options: [{ kind: 'anything' }], nullable: true, readBy: [] }
const NOTHING: Meaning = { options: [], nullable: false, readBy: [] }

/** Nothing, where a schema is part of itself: that adds nothing to it. */
function read(schema: unknown, reading: Reading, open: ReadonlySet<string>): Meaning | undefined {
  if (!isJson(schema)) return schema === false ? NOTHING : ANYTHING
  const parts = [
    bare(schema, reading.direction),
    referred(schema, reading, open),
    ...listOf(schema.allOf).map((part) => read(part, reading, open)),
    ...[schema.anyOf, schema.oneOf].map((options) => (Array.isArray(options) ? union(options.map((option) => read(option, reading, open))) : undefined)),
  ]
  const whole = parts.filter((part) => part !== undefined).reduce(both)
  return {
    options: simplified(whole.options),
    nullable: whole.nullable || schema.nullable === true,
    readBy: [...new Set([...readersOf(schema), ...whole.readBy])],
  }
}

/** Who is said to read just this. */
export const readersOf = (schema: Json): string[] => listOf(schema['x-read-by']).filter((name) => typeof name === 'string')

function referred({ $ref }: Json, reading: Reading, open: ReadonlySet<string>): Meaning | undefined {
  if (typeof $ref !== 'string' || open.has($ref)) return undefined
  const target = reading.document.resolve({ $ref })
  return target === undefined ? ANYTHING : read(target, reading, new Set([...open, $ref]))
}

function both(one: Meaning, other: Meaning): Meaning {
  return { options: intersection(one.options, other.options), nullable: one.nullable && other.nullable, readBy: [...one.readBy, ...other.readBy] }
}

function union(all: readonly (Meaning | undefined)[]): Meaning | undefined {
  const known = all.filter((one) => one !== undefined)
  if (known.length === 0) return undefined
  return {
    options: known.flatMap(({ options }) => options),
    nullable: known.some(({ nullable }) => nullable),
    readBy: known.flatMap(({ readBy }) => readBy),
  }
}

/** What the schema itself says, its parts apart. */
function bare(schema: Json, direction: Reading['direction']): Meaning {
  if (schema.const !== undefined) return valued([schema.const])
  if (Array.isArray(schema.enum)) return valued(schema.enum)
  const types = typesOf(schema)
  if (types.length === 0) return ANYTHING
  const options = types.flatMap((type) => typed(type, schema, direction) ?? [])
  return { options, nullable: types.includes('null'), readBy: [] }
}

function valued(all: readonly unknown[]): Meaning {
  const values = all.filter((value) => value !== null)
  return { options: values.length === 0 ? [] : [{ kind: 'values', values }], nullable: values.length < all.length, readBy: [] }
}

function typed(type: unknown, schema: Json, direction: Reading['direction']): Option | undefined {
  switch (type) {
    case 'null':
      return undefined
    case 'string':
    case 'file':
      return { kind: 'text', bounds: lengthBounds(schema, 'Length') }
    case 'integer':
    case 'number':
      return { kind: 'number', whole: type === 'integer', bounds: numberBounds(schema, type === 'integer') }
    case 'boolean':
      return { kind: 'boolean' }
    case 'array':
      return { kind: 'list', of: elements(schema), bounds: lengthBounds(schema, 'Items') }
    case 'object':
      return { kind: 'object', members: membersOf(schema, direction), rest: restOf(schema), bounds: lengthBounds(schema, 'Properties') }
    default:
      return { kind: 'anything' }
  }
}

/** What stands in which place is not told apart. */
function elements({ prefixItems, items }: Json): unknown {
  const places = listOf(prefixItems)
  return places.length === 0 ? (items ?? {}) : { anyOf: isJson(items) ? [...places, items] : places }
}

function membersOf(schema: Json, direction: Reading['direction']): ReadonlyMap<string, Member> {
  const required = new Set(listOf(schema.required).filter((name) => typeof name === 'string'))
  const properties = new Map(Object.entries(jsonOf(schema.properties)))
  const names = [...new Set([...properties.keys(), ...required])]
  const hidden = direction === 'request' ? 'readOnly' : 'writeOnly'
  return new Map(
    names.flatMap((name) => {
      const own = properties.get(name) ?? {}
      return isJson(own) && own[hidden] === true ? [] : [[name, { schema: own, required: required.has(name) }] as const]
    }),
  )
}

const restOf = ({ additionalProperties: rest }: Json): unknown => (rest === undefined || (isJson(rest) && Object.keys(rest).length === 0) ? true : rest)

/** The types that a schema says, or that its other words let one guess. */
function typesOf(schema: Json): readonly unknown[] {
  if (schema.type !== undefined) return Array.isArray(schema.type) ? schema.type : [schema.type]
  const has = (...keywords: string[]) => keywords.some((keyword) => schema[keyword] !== undefined)
  if (has('properties', 'additionalProperties', 'required')) return ['object']
  if (has('items', 'prefixItems', 'minItems', 'maxItems')) return ['array']
  if (has('pattern', 'minLength', 'maxLength')) return ['string']
  return has('minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum') ? ['number'] : []
}
