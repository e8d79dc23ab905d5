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
  return ({ service, request }, folder) => {
    const url = new URL(request.url, 'http://recorded.invalid')
    const named = routers.get(service ?? '') ?? routers.get(folder ?? '') ?? byHost([...routers.values()], url)
    if (named === undefined) return undefined
    const { contract, router } = named
    const [path, ...tails] = tailsOf(url.pathname)
    for (const tail of [path as string, ...tails]) {
      const match = router.match(request.method, tail)
      if (!('kind' in match)) return { contract, match, target: tail + url.search }
    }
    return { contract, target: url.pathname + url.search }
  }
}

function byHost<Known extends { contract: Contract }>(known: readonly Known[], { hostname, port }: URL): Known | undefined {
  return known.find(({ contract }) => contract.host === hostname) ?? known.find(({ contract }) => String(contract.port) === port)
}

/** A gateway may put the service below a path of its own: `/alert/api/v1/alerts` is also tried as `/api/v1/alerts` and `/v1/alerts`. */
function tailsOf(path: string): string[] {
  const steps = path.split('/').slice(1)
  return [path, ...[1, 2].filter((left) => left < steps.length).map((left) => `/${steps.slice(left).join('/')}`)]
}
