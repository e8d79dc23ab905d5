import type { DraftObject, DraftSchema } from '../../../contracts/draft/draft.ts'

/** What takes each of these values: their kinds, and nothing of what they happen to be. */
export function schemaOf(values: readonly unknown[]): DraftSchema {
  const nullable = values.includes(null)
  const given = values.filter((value) => value !== null)
  const kinds = new Map<string, unknown[]>()
  for (const value of given) kinds.set(kindOf(value), [...(kinds.get(kindOf(value)) ?? []), value])
  const options = [...kinds].map(([kind, some]) => one(kind, some))
  if (options.length === 0) return nullable ? { kind: 'null' } : { kind: 'anything' }
  const schema: DraftSchema = options.length === 1 ? (options[0] as DraftSchema) : { kind: 'either', options }
  return nullable ? { ...schema, nullable } : schema
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'list' : typeof value
}

function one(kind: string, values: readonly unknown[]): DraftSchema {
  switch (kind) {
    case 'list':
      return { kind: 'list', of: schemaOf(values.flat()) }
    case 'object':
      return objectOf(values as readonly Readonly<Record<string, unknown>>[])
    case 'number':
      return { kind: 'number', whole: values.every(Number.isSafeInteger) }
    case 'boolean':
      return { kind: 'boolean' }
    default:
      return { kind: 'text' }
  }
}

function objectOf(objects: readonly Readonly<Record<string, unknown>>[]): DraftObject {
  const names = [...new Set(objects.flatMap((object) => Object.keys(object)))]
  const members = names.map((name): [string, DraftObject['members'][string]] => {
    const having = objects.filter((object) => Object.hasOwn(object, name))
    const schema = schemaOf(having.map((object) => object[name]))
    return [name, having.length === objects.length ? { schema } : { schema, optional: true }]
  })
  return { kind: 'object', members: Object.fromEntries(members) }
}
