import type { DraftObject, DraftSchema } from '../draft.ts'
import { sampledSchema } from './sampled-schema.ts'

/** The texts of a path, a query or a form, by name; several where one was repeated. */
export type Fields = Readonly<Record<string, readonly string[]>>

export function fieldsOf(pairs: readonly (readonly [string, string])[]): Fields {
  const fields: Record<string, string[]> = Object.create(null)
  for (const [name, value] of pairs) (fields[name] ??= []).push(value)
  return fields
}

/** What such texts stand for: numbers, yes and no, words. One that fewer than `certain` requests had, or that one lacked, may be left out. */
export function sampledFields(requests: readonly Fields[], { certain }: { certain: number }): DraftObject | undefined {
  const names = [...new Set(requests.flatMap(Object.keys))]
  if (names.length === 0) return undefined
  const members = names.map((name) => {
    const having = requests.flatMap((request) => (request[name] === undefined ? [] : [request[name]]))
    const schema = having.some((values) => values.length > 1) ? { kind: 'list' as const, of: fieldSchema(having.flat()) } : fieldSchema(having.flat())
    const optional = having.length < requests.length || having.length < certain
    return [
      name,
      optional
        ? { schema, optional, note: `In ${having.length} of ${requests.length}${having.length === requests.length ? ': too few to insist' : ''}.` }
        : { schema },
    ] as const
  })
  return { kind: 'object', members: Object.fromEntries(members) }
}

/** A leading zero is no number's. */
const WHOLE = /^(?:0|-?[1-9]\d{0,14})$/
const NUMBER = /^-?(?:0|[1-9]\d{0,14})(?:\.\d+)?$/

export function fieldSchema(values: readonly string[]): DraftSchema {
  if (values.every((value) => WHOLE.test(value))) return { kind: 'number', whole: true }
  if (values.every((value) => NUMBER.test(value))) return { kind: 'number', whole: false }
  if (values.every((value) => /^(?:true|false)$/i.test(value))) return { kind: 'boolean' }
  return sampledSchema(values)
}
