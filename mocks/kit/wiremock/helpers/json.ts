import { jsonPath } from '../json-path.ts'
import type { Helper } from '../render.ts'
import { Json, jackson, plain, print, Told } from '../value.ts'

export const jsonHelpers: Readonly<Record<string, Helper>> = {
  jsonPath: ([source, path], { hash }) => {
    const document = documentOf(source)
    const fallback = hash.default
    if (document === undefined) return fallback
    try {
      const value = jsonPath(document.value, print(path), { leafToNull: true })?.value ?? fallback
      return typeof value === 'object' && value !== null ? new Json(value) : value
    } catch (error) {
      return `[ERROR: ${error instanceof Error ? error.message : error}]`
    }
  },
  parseJson: (args, { assign, body }) => {
    const [source, name] = body === undefined ? args : [body(), args[0]]
    const value = documentOf(source)?.value
    if (name === undefined) return value
    assign(print(name), value)
    return ''
  },
  toJson: ([value]) => jackson(jsonOf(value)),
  array: (items) => [...items],
  size: ([value]) => {
    const inner = plain(value)
    if (inner instanceof Told) return inner.items.length
    if (inner instanceof Map) return inner.size
    return typeof inner === 'object' && inner !== null ? Object.keys(inner).length : print(inner).length
  },
  range: ([from, to]) => Array.from({ length: Math.max(0, Math.min(10_000, Number(to) - Number(from) + 1)) }, (_, at) => Number(from) + at),
}

function documentOf(source: unknown): { value: unknown } | undefined {
  const inner = plain(source)
  if (typeof inner === 'object' && inner !== null && !(inner instanceof Told)) return { value: inner }
  try {
    return { value: JSON.parse(print(inner)) }
  } catch {
    return undefined
  }
}

function jsonOf(value: unknown): unknown {
  const inner = plain(value)
  if (inner instanceof Map) return Object.fromEntries([...inner].map(([name, one]) => [name, jsonOf(one)]))
  return inner instanceof Told ? (inner.items.length > 1 ? inner.items : inner.text) : inner
}
