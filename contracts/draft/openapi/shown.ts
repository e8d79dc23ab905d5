import { type Document, isJson, type Json, jsonOf, own } from './document.ts'

/** Values that a document shows, by name. */
export type Shown = Readonly<Record<string, unknown>>

/** What is shown of a body or a parameter: its examples, its one example, or those of its schema. */
export function shownIn(holder: Json, document: Document): Shown {
  const several = Array.isArray(holder.examples) ? listed(holder.examples) : named(holder.examples, document)
  if (Object.keys(several).length > 0) return several
  if (holder.example !== undefined) return { shown: holder.example }
  const schema = isJson(holder.schema) ? document.resolve(holder.schema) : undefined
  if (schema === undefined) return {}
  if (Array.isArray(schema.examples) && schema.examples.length > 0) return listed(schema.examples)
  return schema.example === undefined ? {} : { shown: schema.example }
}

const listed = (values: readonly unknown[]): Shown => Object.fromEntries(values.map((value, at) => [at === 0 ? 'shown' : `shown${at + 1}`, value]))

function named(examples: unknown, document: Document): Shown {
  const found = Object.entries(jsonOf(examples)).flatMap(([name, example]) => {
    const value = own(document.resolve(example), 'value')
    return value === undefined ? [] : [[name, value] as const]
  })
  return Object.fromEntries(found)
}
