import findMyWay from 'find-my-way'
import type { Contract, Method, Operation } from './contract.ts'
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
export function createRouter(contract: Contract): Router {
  const routes = findMyWay({ maxParamLength: 8192, caseSensitive: true })
  for (const [name, operation] of Object.entries(contract.operations)) {
    routes.on(operation.method, operation.path, () => {}, { name, operation })
  }
  const find = (method: string, path: string) => routes.find(method as Method, path)

  return {
    match(method, path) {
      const routable = path.includes('%') ? decoded(path) : path
      const route = find(method, routable)
      if (route !== null) return { ...(route.store as { name: string; operation: Operation }), params: route.params as Record<string, string> }
      const allow = methodsAt(routable)
      if (allow.length > 0) return { kind: 'method-not-allowed', allow }
      const sibling = routable.endsWith('/') ? routable.slice(0, -1) : `${routable}/`
      if (routable !== '/' && methodsAt(sibling).length > 0) return { kind: 'moved', location: sibling }
      return { kind: 'unknown-operation' }
    },
  }

  function methodsAt(path: string): Method[] {
    const declared = Object.values(contract.operations).map(({ method }) => method)
    return [...new Set(declared)].filter((method) => find(method, path) !== null)
  }
}

/** A path with its escapes undone as Python's `unquote` does it, then only so far escaped again that the router takes it literally. */
function decoded(path: string): string {
  return unquote(path).replace(/[%?#]/g, encodeURIComponent)
}

/**
 * Python's `urllib.parse.unquote`: stray percent signs stay, bytes that are not UTF-8 become U+FFFD.
 * `decodeURIComponent` throws on both, and a caller's typo must not become our failure.
 */
export function unquote(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => Buffer.from(escapes.replaceAll('%', ''), 'hex').toString('utf8'))
}
