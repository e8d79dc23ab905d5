import type { Contract } from '../kit/contract.ts'
import { createRouter, type Match } from '../kit/match.ts'
import type { RecordedExchange } from '../kit/recording/exchange.ts'

/** Whose a recorded request was, and which operation takes it. */
export interface Addressee {
  contract: Contract
  /** Path and query as the service's own routes know them. */
  target: string
  match?: Match | undefined
}

/**
 * Finds the addressee of recorded requests: by what the recording says, by the folder in which it lies, by host and port.
 *
 * @param folder The name of the recording's folder, which may be a service's.
 */
export function createDirectory(contracts: readonly Contract[]): (exchange: RecordedExchange, folder?: string) => Addressee | undefined {
  const routers = new Map(contracts.map((contract) => [contract.service, { contract, router: createRouter(contract) }]))
  return ({ service, operation, request }, folder) => {
    const url = new URL(request.url, 'http://recorded.invalid')
    const named = routers.get(service ?? '') ?? routers.get(folder ?? '') ?? byHost([...routers.values()], url)
    if (named === undefined) return undefined
    const { contract, router } = named
    let found: Addressee | undefined
    for (const [below, tail] of tailsOf(url.pathname).entries()) {
      const match = router.match(request.method, tail)
      if ('kind' in match) continue
      const addressee = { contract, match, target: tail + url.search }
      // Whoever recorded it knew how far below the service's own path begins.
      if (match.name === operation) return addressee
      if (below <= GATEWAY) found ??= addressee
      if (operation === undefined && found !== undefined) break
    }
    return found ?? { contract, target: url.pathname + url.search }
  }
}

/** A gateway may put a service below a path of its own: `/alert/api/v1/alerts` is also tried as `/api/v1/alerts` and `/v1/alerts`. */
const GATEWAY = 2
/** No service lies deeper. */
const DEEPEST = 8

function byHost<Known extends { contract: Contract }>(known: readonly Known[], { hostname, port }: URL): Known | undefined {
  return known.find(({ contract }) => contract.host === hostname) ?? known.find(({ contract }) => String(contract.port) === port)
}

function tailsOf(path: string): string[] {
  const tails = [path]
  for (let at = path.indexOf('/', 1); at !== -1 && tails.length <= DEEPEST; at = path.indexOf('/', at + 1)) tails.push(path.slice(at))
  return tails
}
