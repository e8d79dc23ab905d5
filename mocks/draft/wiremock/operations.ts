import type { DraftOperation } from '../../../contracts/draft/draft.ts'
import { identifier, namer } from '../../../contracts/draft/identifier.ts'
import type { RequestPattern } from '../../kit/wiremock/matches.ts'
import type { Mapping } from './mapping.ts'
import { overlaps, pathOf, type Route, routesOf, type Segment } from './route.ts'

type Method = DraftOperation['method']

/** One operation of the draft, and the mappings that it asks, one after the other. */
export interface Asking {
  name: string
  method: Method
  path: `/${string}`
  segments: readonly Segment[]
  /** Those for which it is there. */
  own: readonly Mapping[]
  branches: readonly Branch[]
}

/** One mapping as an operation asks it. */
export interface Branch {
  mapping: Mapping
  /** What is left to ask once the address has led here; nothing if that is all. */
  pattern: RequestPattern | undefined
}

const METHODS: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** The operations that mappings make up: one for each method and address, which asks every mapping that may be meant there in WireMock's order. */
export function operationsOf(mappings: readonly Mapping[]): Asking[] {
  const routed = mappings.map((mapping) => ({ mapping, routes: routesOf(mapping.request) }))
  const ordered = routed.toSorted((one, other) => one.mapping.priority - other.mapping.priority || other.mapping.order - one.mapping.order)
  const places = new Map<string, { method: Method; segments: readonly Segment[]; own: Mapping[] }>()
  for (const { mapping, routes } of routed) {
    for (const { segments } of routes) {
      for (const method of methodsOf(mapping)) {
        const key = `${method} ${pathOf(segments).replaceAll(/:\w+/g, ':')}`
        const known = places.get(key)
        if (known === undefined) places.set(key, { method, segments, own: [mapping] })
        else known.own.push(mapping)
      }
    }
  }
  const name = namer(new Set(Object.getOwnPropertyNames(Object.prototype)))
  return [...places.values()].map(({ method, segments, own }) => {
    const candidates = ordered.filter(
      ({ mapping, routes }) => methodsOf(mapping).includes(method) && routes.some((route) => arrivesAt(segments, route.segments)),
    )
    return { name: name(nameOf(method, segments, own)), method, path: pathOf(segments), segments, own, branches: branchesOf(candidates, segments) }
  })
}

function methodsOf({ request: { method = 'ANY' } }: Mapping): readonly Method[] {
  return method === 'ANY' ? METHODS : METHODS.filter((one) => one === method)
}

/** Whether requests for the second arrive under the first: not where the second is an address within it, for that one stands before it. */
function arrivesAt(one: readonly Segment[], other: readonly Segment[]): boolean {
  return overlaps(one, other) && !(covers(one, other) && !covers(other, one))
}

/** As far as the first that takes all that arrives. */
function branchesOf(candidates: readonly { mapping: Mapping; routes: readonly Route[] }[], segments: readonly Segment[]): Branch[] {
  const branches: Branch[] = []
  for (const { mapping, routes } of candidates) {
    const pattern = patternLeft(mapping.request, routes, segments)
    branches.push({ mapping, pattern })
    if (isUnconditional({ mapping, pattern })) break
  }
  return branches
}

export const isUnconditional = ({ mapping, pattern }: Branch): boolean => pattern === undefined && mapping.state?.required === undefined

function patternLeft({ method: _, ...pattern }: RequestPattern, routes: readonly Route[], segments: readonly Segment[]): RequestPattern | undefined {
  const { url, urlPath, urlPattern, urlPathPattern, urlPathTemplate, ...rest } = pattern
  const implied = routes.some((route) => route.exact && covers(route.segments, segments))
  const left = implied ? rest : pattern
  return Object.keys(left).length === 0 ? undefined : left
}

/** Whether all that arrives under the second would arrive under the first. */
function covers(one: readonly Segment[], other: readonly Segment[]): boolean {
  for (const [at, left] of one.entries()) {
    if ('rest' in left) return true
    const right = other[at]
    if (right === undefined || 'rest' in right) return false
    if ('literal' in left && !('literal' in right && right.literal === left.literal)) return false
  }
  return one.length === other.length
}

/** `getSecretsValue`; a mapping alone at its address may have a name of its own. */
function nameOf(method: Method, segments: readonly Segment[], own: readonly Mapping[]): string {
  const [only] = own
  if (own.length === 1 && only?.name !== undefined && only.request.method !== 'ANY') return identifier(only.name, 'operation')
  const words = segments.flatMap((segment) => ('literal' in segment && !/^(?:api|v\d+)$/i.test(segment.literal) ? [segment.literal] : []))
  const spoken = words.map((word) => (/[a-z]/.test(word) ? word : word.toLowerCase()))
  const last = segments.at(-1)
  const by = last !== undefined && 'param' in last ? ` by ${last.param}` : ''
  return identifier(
    `${method.toLowerCase()} ${spoken.join(' ') || (segments.length === 1 && last !== undefined && 'rest' in last ? 'anything' : 'root')}${by}`,
    'operation',
  )
}
