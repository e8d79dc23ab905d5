import findMyWay from 'find-my-way'
import { type Contract, type Method, type Operation, once } from './contract.ts'
import type { Problem } from './problem.ts'

export interface Match {
  /** The operation's name in its contract: `createAlert`. */
  name: string
  operation: Operation
  params: Record<string, string>
}

export interface Router {
  /** The operation that a request is for, or why there is none. */
  match(method: string, path: string): Match | Problem
}

/** Routes as the contract's operations say: fixed parts win over parameters, whatever the order. */
export function createRouter(contract: Pick<Contract, 'operations'>): Router {
  const fixed = fixedPaths(contract)
  const routes = once(() => routesOf(contract))
  const methods = [...new Set(Object.values(contract.operations).map(({ method }) => method))]

  return {
    match(method, path) {
      const known = fixed.get(path)?.get(method)
      if (known !== undefined) return known
      const routable = path.includes('%') ? decoded(path) : path
      const route = find(method, routable)
      if (route !== undefined) return matched(route)
      const allow = methodsAt(routable)
      if (allow.length > 0) return { kind: 'method-not-allowed', allow }
      const sibling = routable.endsWith('/') ? routable.replace(/\/+$/, '') : `${routable}/`
      if (sibling !== '' && methodsAt(sibling).length > 0) return { kind: 'moved', location: quoted(sibling) }
      return { kind: 'unknown-operation' }
    },
  }

  function find(method: string, path: string): Found | undefined {
    const route = routes().find(method as Method, path)
    if (route === null || (/\/(?:\/|$)/.test(path) && lacksParam(route))) return undefined
    return route as unknown as Found
  }

  /** In order of declaration: Starlette allows what the first route with this path allows. */
  function methodsAt(path: string): Method[] {
    const found = methods.flatMap((method) => find(method, path) ?? [])
    return found.sort((one, other) => one.store.order - other.store.order).map(({ store }) => store.operation.method)
  }
}

/** Paths without parameters, found as they stand: fixed parts win anyway, and `/health` answers before any route is built. */
function fixedPaths({ operations }: Pick<Contract, 'operations'>): Map<string, Map<string, Match>> {
  const fixed = new Map<string, Map<string, Match>>()
  for (const [name, operation] of Object.entries(operations)) {
    if (/[:*%]/.test(operation.path)) continue
    const methods = fixed.get(operation.path) ?? new Map<string, Match>()
    if (!methods.has(operation.method)) methods.set(operation.method, { name, operation, params: {} })
    fixed.set(operation.path, methods)
  }
  return fixed
}

function routesOf({ operations }: Pick<Contract, 'operations'>) {
  const routes = findMyWay({ maxParamLength: 8192, caseSensitive: true })
  for (const [order, [name, operation]] of Object.entries(operations).entries()) {
    routes.on(operation.method, operation.path, () => {}, { name, operation, order })
  }
  return routes
}

interface Found {
  store: { name: string; operation: Operation; order: number }
  params: Record<string, string>
}

function matched({ store: { name, operation }, params }: Found): Match {
  return { name, operation, params }
}

/** A parameter takes at least one character; only `*` takes none. */
function lacksParam({ params }: { params: Record<string, string | undefined> }): boolean {
  return Object.entries(params).some(([name, value]) => value === '' && name !== '*')
}

/** A path with its escapes undone as Python's `unquote` does it, then only so far escaped again that the router takes it literally. */
function decoded(path: string): string {
  return unquote(path).replace(/[%?#]/g, encodeURIComponent)
}

/** Escaped as far as a `location` has to be. */
const quoted = (path: string): string => encodeURI(path).replaceAll('%25', '%')

/**
 * Python's `urllib.parse.unquote`: stray percent signs stay, bytes that are not UTF-8 become U+FFFD.
 * `decodeURIComponent` throws on both, and a caller's typo must not become our failure.
 */
function unquote(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => Buffer.from(escapes.replaceAll('%', ''), 'hex').toString('utf8'))
}
