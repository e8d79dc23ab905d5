import type { DraftAuth } from '../draft.ts'
import { type Document, isJson, type Json, listOf, own } from './document.ts'

/** What an operation asks for, of the ways in which a contract can ask. */
export function authOf(operation: Json, document: Document): DraftAuth | undefined {
  const ways = listOf(operation.security ?? document.root.security).filter(isJson)
  const read = ways.filter((way) => Object.keys(way).length > 0).flatMap((way) => allOf(Object.keys(way), document) ?? [])
  const distinct = [...new Map(read.map((auth) => [JSON.stringify(auth), auth])).values()]
  const [only] = distinct
  if (only === undefined) return undefined
  const auth: DraftAuth = distinct.length === 1 ? only : { kind: 'any', of: distinct }
  return ways.some((way) => Object.keys(way).length === 0) ? { kind: 'lenient', of: auth } : auth
}

function allOf(names: readonly string[], document: Document): DraftAuth | undefined {
  const schemes = names.flatMap((name) => schemeOf(name, document) ?? [])
  const distinct = [...new Map(schemes.map((auth) => [JSON.stringify(auth), auth])).values()]
  return distinct.length < 2 ? distinct[0] : { kind: 'all', of: distinct }
}

function schemeOf(name: string, document: Document): DraftAuth | undefined {
  const scheme = document.resolve(own(own(document.root.components, 'securitySchemes'), name))
  if (scheme?.type === 'apiKey' && scheme.in === 'header' && typeof scheme.name === 'string') return { kind: 'key', header: scheme.name }
  if (scheme?.type === 'http' && String(scheme.scheme).toLowerCase() === 'bearer') return { kind: 'bearer' }
  if (scheme?.type === 'oauth2' || scheme?.type === 'openIdConnect') {
    document.note(`the security scheme ${name} (${scheme.type}) is told as a bearer token; its scopes are not`)
    return { kind: 'bearer' }
  }
  document.note(`the security scheme ${name} (${told(scheme)}) is not asked for`)
  return undefined
}

function told(scheme: Json | undefined): string {
  if (scheme === undefined) return 'which is not declared'
  return scheme.type === 'apiKey' ? `a key in the ${String(scheme.in)}` : `${String(scheme.type)} ${String(scheme.scheme ?? '')}`.trim()
}
