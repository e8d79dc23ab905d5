import type { TextFormat } from '../../drift/shape/text-format.ts'
import { volatility } from '../../drift/shape/volatility.ts'
import { areKeys, jsonType, Shape } from '../../drift/shape.ts'
import type { DraftFormat, DraftObject, DraftSchema } from '../draft.ts'
import { kindsOf } from './sampled-kinds.ts'

export type Objects = readonly Record<string, unknown>[]

/**
 * What takes every one of the samples and promises no more than they show: what some lack is optional, an enumeration comes with
 * its counts, a constant stays a text.
 */
export function sampledSchema(samples: readonly unknown[]): DraftSchema {
  const nulls = samples.filter((sample) => sample === null).length
  const values = nulls === 0 ? samples : samples.filter((sample) => sample !== null)
  if (values.length === 0) return { kind: 'anything', note: nulls === 0 ? 'No sample shows what this is.' : `Null in all ${nulls}.` }
  const schema = schemaOf(values)
  return nulls === 0 || schema.kind === 'anything' ? schema : { ...schema, nullable: true, note: said(schema.note, `Null in ${nulls} of ${samples.length}.`) }
}

function schemaOf(values: readonly unknown[]): DraftSchema {
  const types = new Map<string, unknown[]>()
  for (const value of values) {
    const type = kindOf(value)
    const known = types.get(type)
    if (known === undefined) types.set(type, [value])
    else known.push(value)
  }
  const options = [...types].map(([type, some]) => schemaOfType(type, some))
  return options.length === 1 ? (options[0] as DraftSchema) : { kind: 'either', options }
}

function kindOf(value: unknown): string {
  const type = jsonType(value)
  return type === 'integer' ? 'number' : type
}

function schemaOfType(type: string, values: readonly unknown[]): DraftSchema {
  switch (type) {
    case 'boolean':
      return { kind: 'boolean' }
    case 'number':
      return numberOf(values as (number | bigint)[])
    case 'text':
      return textOf(values as string[])
    case 'list':
      return { kind: 'list', of: sampledSchema((values as unknown[][]).flat()) }
    default:
      return objectOf(values as Objects)
  }
}

function numberOf(values: readonly (number | bigint)[]): DraftSchema {
  const whole = values.every((value) => typeof value === 'bigint' || Number.isSafeInteger(value))
  return { kind: 'number', whole, ...(values.some((value) => typeof value === 'bigint') && { long: true }) }
}

const FORMATS: readonly (TextFormat & DraftFormat)[] = ['uuid', 'datetime', 'date', 'time', 'email', 'url', 'ipv4']

function textOf(values: readonly string[]): DraftSchema {
  const shape = new Shape()
  for (const value of values) shape.learn(value)
  const { kind, values: words, samples } = volatility(shape)
  if (kind === 'enumeration')
    return { kind: 'one-of', values: words.map(([word]) => String(word)), note: `Seen: ${words.map(([word, times]) => `${word} ×${times}`).join(', ')}.` }
  const format = FORMATS.find((format) => shape.texts?.formats[format] === samples)
  const note = kind === 'constant' && samples > 1 ? `Always ${JSON.stringify(words[0]?.[0])} in ${samples}.` : undefined
  return { kind: 'text', ...(format === undefined ? {} : { format }), ...(note === undefined ? {} : { note }) }
}

function objectOf(values: Objects): DraftSchema {
  if (isMap(values)) return { kind: 'map', of: sampledSchema(values.flatMap((value) => Object.values(value))) }
  const kinds = kindsOf(values)
  if (kinds === undefined) return recordOf(values)
  const options = kinds.groups.map(({ words, objects }) => {
    const { members } = recordOf(objects)
    const note = objects.length === 1 ? { note: 'Seen once.' } : {}
    return { kind: 'object' as const, members: { ...members, [kinds.member]: { schema: { kind: 'one-of' as const, values: words } } }, ...note }
  })
  return { kind: 'either', options, discriminator: kinds.member }
}

function isMap(values: Objects): boolean {
  if (!areKeys([...new Set(values.flatMap(Object.keys))])) return false
  const shape = new Shape()
  for (const value of values) shape.learn(value)
  return shape.asMap() !== undefined
}

/** Members stand in the order in which they were first seen. */
export function recordOf(objects: Objects): DraftObject {
  const names = [...new Set(objects.flatMap(Object.keys))]
  const members = names.map((name) => {
    const having = objects.filter((object) => Object.hasOwn(object, name))
    const schema = sampledSchema(having.map((object) => object[name]))
    return [name, having.length === objects.length ? { schema } : { schema, optional: true, note: `In ${having.length} of ${objects.length}.` }] as const
  })
  return { kind: 'object', members: Object.fromEntries(members) }
}

const said = (...notes: (string | undefined)[]): string => notes.filter((note) => note !== undefined).join(' ')
