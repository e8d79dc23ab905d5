import type { DraftObject, DraftSchema } from '../draft.ts'
import { type Document, type Json, jsonOf, listOf, own, textOf } from './document.ts'
import type { DraftPath } from './path.ts'
import type { SchemaReader } from './schema.ts'
import { type Shown, shownIn } from './shown.ts'

export type Part = 'params' | 'query' | 'headers'

export interface Parameters {
  fields: Partial<Record<Part, DraftObject>>
  /** What the document shows of each, where it does. */
  shown: Record<Part, Shown>
}

const PARTS: Readonly<Record<string, Part>> = { path: 'params', query: 'query', header: 'headers' }

/** What an operation takes besides its body: its own parameters, and those of its path. */
export function parametersOf(
  item: Json,
  operation: Json,
  path: DraftPath,
  { document, reader, where }: { document: Document; reader: SchemaReader; where: string },
): Parameters {
  const members: Record<Part, Record<string, { schema: DraftSchema; optional?: boolean }>> = { params: {}, query: {}, headers: {} }
  const shown: Record<Part, Record<string, unknown>> = { params: {}, query: {}, headers: {} }
  for (const name of path.names.values()) members.params[name] = { schema: { kind: 'text' } }

  for (const parameter of declared(item, operation, document)) {
    const { name, in: place } = parameter as { name: string; in: unknown }
    const part = PARTS[String(place)]
    if (part === undefined) document.note(`${where}: the ${String(place)} parameter ${name} is not told`)
    else if (part === 'headers' && /^(?:accept|content-type)$/i.test(name)) continue
    else if (part === 'params' && !path.names.has(name)) document.note(`${where}: the path has no {${name}}`)
    else {
      const key = part === 'params' ? (path.names.get(name) ?? name) : part === 'headers' ? name.toLowerCase() : name
      members[part][key] = { schema: schemaOf(parameter, name), ...(part === 'params' || parameter.required === true ? {} : { optional: true }) }
      const first = Object.values(shownIn(parameter, document))[0]
      if (first !== undefined && first !== null) shown[part][key] = first
    }
  }
  return {
    fields: Object.fromEntries(
      Object.entries(members).flatMap(([part, named]) => (isTelling(part, named) ? [[part, { kind: 'object', members: named }]] : [])),
    ),
    shown,
  }

  function schemaOf(parameter: Json, name: string): DraftSchema {
    const at = `${where} ${String(parameter.in)} ${name}`
    if (parameter.schema === undefined && parameter.content !== undefined) {
      document.note(`${at} is written as ${Object.keys(jsonOf(parameter.content))[0]}: any text is taken`)
      return { kind: 'text' }
    }
    const { note: _, ...schema } = reader.read(parameter.schema ?? {}, at)
    if (own(parameter, 'style') === 'deepObject' || schema.kind === 'object' || schema.kind === 'map') {
      document.note(`${at} is an object: what is in it is not told`)
      return { kind: 'anything' }
    }
    if (parameter.explode === false && schema.kind === 'list') {
      document.note(`${at} is a list in one text: any text is taken`)
      return { kind: 'text' }
    }
    return schema
  }
}

/** The operation's own word wins over the path's. */
function declared(item: Json, operation: Json, document: Document): Json[] {
  const known = new Map<string, Json>()
  for (const one of [...listOf(item.parameters), ...listOf(operation.parameters)]) {
    const found = document.resolve(one)
    if (found !== undefined && textOf(found.name) !== undefined) known.set(`${String(found.in)} ${String(found.name)}`, found)
  }
  return [...known.values()]
}

/** The parameters of a path are texts without anybody's saying so. */
function isTelling(part: string, members: Readonly<Record<string, { schema: DraftSchema }>>): boolean {
  const schemas = Object.values(members).map(({ schema }) => schema)
  if (part !== 'params') return schemas.length > 0
  return schemas.some((schema) => schema.kind !== 'text' || Object.keys(schema).some((key) => key !== 'kind' && key !== 'default'))
}
