import type { Contract } from '../../contracts/kit/contract.ts'
import { MockSuiteError } from '../../contracts/kit/error.ts'
import { didYouMean } from '../../contracts/kit/nearest.ts'
import type { RecordedExchange } from '../../contracts/kit/recording/exchange.ts'
import { recordedContract } from '../../mocks/kit/replay/recorded-contract.ts'

/** Who is played by a recording, and what he said in it. */
export interface Cast {
  contract: Contract
  exchanges: RecordedExchange[]
}

export interface CastOptions {
  /** By name. */
  contracts: Readonly<Record<string, Contract>>
  /** Whose the exchanges are. */
  service?: string | undefined
}

/**
 * Sorts recorded exchanges by service: as they say themselves, or by the host that was asked. A host of which there is no contract is one of its own.
 *
 * @throws MockSuiteError `unknown-service`
 */
export function castsOf(exchanges: readonly RecordedExchange[], { contracts, service }: CastOptions): Map<string, Cast> {
  if (service !== undefined && !Object.hasOwn(contracts, service)) {
    throw new MockSuiteError('unknown-service', `could not replay ${service}: there is no contract of that name.${didYouMean(service, Object.keys(contracts))}`)
  }
  const casts = new Map<string, Cast>()
  for (const exchange of exchanges) {
    const name = exchange.service ?? service ?? nameOf(exchange, contracts)
    if (service !== undefined && name !== service) continue
    const cast = casts.get(name) ?? { contract: contractOf(name, exchange, contracts), exchanges: [] }
    cast.exchanges.push(exchange)
    casts.set(name, cast)
  }
  return casts
}

function contractOf(name: string, { request }: RecordedExchange, contracts: CastOptions['contracts']): Contract {
  const known = Object.hasOwn(contracts, name) ? contracts[name] : undefined
  return known ?? recordedContract(name, new URL(request.url).hostname)
}

/** A name that can stand in a path: `api.example.com-8443`. */
function nameOf({ request }: RecordedExchange, contracts: CastOptions['contracts']): string {
  const { hostname, host } = new URL(request.url)
  const known = Object.values(contracts).find((contract) => contract.host === hostname)
  return known?.service ?? host.replaceAll(/[^\w.-]+/g, '-')
}
