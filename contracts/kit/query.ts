import type * as z from 'zod'

/**
 * The query of a target, or a form, as FastAPI sees it: the last of several values wins, unless the schema wants a list.
 * A schema says so by an array, possibly optional or with a default, under the member's name.
 */
export function queryOf(target: string, schema: z.ZodType): Record<string, string | string[]> {
  const at = target.indexOf('?')
  const query: Record<string, string | string[]> = {}
  if (at === -1 || at === target.length - 1) return query
  const lists = listsOf(schema)
  for (const [name, value] of new URLSearchParams(target.slice(at + 1))) {
    const before = query[name]
    query[name] = lists.has(name) ? [...(Array.isArray(before) ? before : []), value] : value
  }
  return query
}

const known = new WeakMap<z.ZodType, ReadonlySet<string>>()

function listsOf(schema: z.ZodType): ReadonlySet<string> {
  let lists = known.get(schema)
  if (lists === undefined) {
    const shape = 'shape' in schema ? (schema.shape as Record<string, z.core.$ZodType>) : {}
    lists = new Set(Object.keys(shape).filter((name) => isList(shape[name] as z.core.$ZodType)))
    known.set(schema, lists)
  }
  return lists
}

function isList(schema: z.core.$ZodType): boolean {
  const { def } = schema._zod as z.core.$ZodTypeInternals & { def: { innerType?: z.core.$ZodType; out?: z.core.$ZodType } }
  if (def.type === 'array') return true
  const inner = def.innerType ?? def.out
  return inner !== undefined && isList(inner)
}
