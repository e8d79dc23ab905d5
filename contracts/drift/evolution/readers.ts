import { type Document, isJson } from '../../draft/openapi/document.ts'
import { readersOf } from './meaning.ts'

/** What shows values rather than asking for them. */
const SHOWN = new Set(['example', 'examples', 'default', 'enum', 'const'])

/** Everybody who is said to read a schema or anything below it. */
export function readersIn(schema: unknown, document: Document): readonly string[] {
  const readers = new Set<string>()
  const seen = new Set<unknown>()
  const open: unknown[] = [schema]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next !== 'object' || next === null || seen.has(next)) continue
    seen.add(next)
    if (!isJson(next)) open.push(...(next as unknown[]))
    else {
      for (const reader of readersOf(next)) readers.add(reader)
      if (typeof next.$ref === 'string') open.push(document.resolve(next))
      open.push(...Object.entries(next).flatMap(([name, value]) => (SHOWN.has(name) && !isJson(value) ? [] : [value])))
    }
  }
  return [...readers]
}
