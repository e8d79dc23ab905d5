import { type Document, isJson, type Json, jsonOf, listOf, textOf } from '../../draft/openapi/document.ts'
import type { Told } from './told.ts'

/** Whether what opened an operation still does, and whether anything else does now; what a scheme is called does not matter. */
export function securityChanges(before: unknown, after: unknown, [old, young]: readonly [Document, Document]): Told[] {
  const [was, is] = [waysOf(before, old), waysOf(after, young)]
  const words = { direction: 'request', place: 'security', status: null, before: saysOf(was), after: saysOf(is), readBy: [], read: true } as const
  const opens = (given: ReadonlySet<string>, ways: readonly ReadonlySet<string>[]) => ways.some((asked) => [...asked].every((one) => given.has(one)))
  return [
    ...(was.every((way) => opens(way, is)) ? [] : [{ rule: 'security-stricter', ...words } as const]),
    ...(is.every((way) => opens(way, was)) ? [] : [{ rule: 'security-relaxed', ...words } as const]),
  ]
}

/** What must be shown together, for each way in. */
function waysOf(security: unknown, document: Document): ReadonlySet<string>[] {
  const ways = listOf(security).filter(isJson)
  if (ways.length === 0) return [new Set()]
  return ways.map((way) => new Set(Object.entries(way).flatMap(([name, scopes]) => asked(name, listOf(scopes), document))))
}

function asked(name: string, scopes: readonly unknown[], document: Document): string[] {
  const scheme = document.resolve(jsonOf(jsonOf(document.root.components).securitySchemes)[name])
  const says = scheme === undefined ? name : schemeSays(scheme)
  return [says, ...scopes.filter((scope) => typeof scope === 'string').map((scope) => `${says} with ${scope}`)]
}

function schemeSays(scheme: Json): string {
  const place = textOf(scheme.in)
  switch (scheme.type) {
    case 'apiKey':
      return `key in the ${place} ${place === 'header' ? String(scheme.name).toLowerCase() : String(scheme.name)}`
    case 'http':
      return String(scheme.scheme).toLowerCase()
    default:
      return String(scheme.type)
  }
}

const saysOf = (ways: readonly ReadonlySet<string>[]): string => [...new Set(ways.map((way) => [...way].sort().join(' and ') || 'nothing'))].sort().join(' or ')
