import type { Contract } from '../contract.ts'
import { createRouter } from '../match.ts'
import type { RecordedExchange } from './exchange.ts'

/**
 * Tells the path and query that a client of the service asked for, escapes as they were: without the path that stood before all of them in the
 * real service's address.
 */
export function askedPaths(contract: Contract, exchanges: readonly RecordedExchange[]): (exchange: RecordedExchange) => string {
  const bases = new Map<string, string>()
  const router = createRouter(contract)
  for (const { operation, request } of exchanges) {
    const { origin, pathname } = new URL(request.url)
    if (operation === undefined || bases.has(origin)) continue
    const base = basesOf(pathname).find((one) => {
      const match = router.match(request.method, pathname.slice(one.length))
      return !('kind' in match) && match.name === operation
    })
    if (base !== undefined) bases.set(origin, base)
  }
  return ({ request }) => {
    const { origin, pathname, search } = new URL(request.url)
    const base = bases.get(origin) ?? ''
    return (pathname.startsWith(`${base}/`) ? pathname.slice(base.length) : pathname) + search
  }
}

/** All beginnings of a path that end before a slash, the empty one first. */
function basesOf(path: string): string[] {
  return [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index))
}
