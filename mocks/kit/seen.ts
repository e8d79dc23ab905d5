import type { Address } from '../../contracts/kit/contract.ts'

/** Who asks, as its request says. */
export interface Asker {
  /** Its Host header. */
  host: string | undefined
  /** The DNS name of the fake that it asked. */
  own: string
}

/**
 * Where a fake is for whoever asked a fake beside it. One that listens everywhere has as many addresses as its machine has names: the right one is of the kind
 * by which the asker got here. Who knows us by our DNS name knows the other one by its own, within the same domain.
 */
export function seenBy({ host, own }: Asker, address: Address, name: string): Address {
  const asked = isEverywhere(address.host) ? /^(?:\[[^\]]+\]|[^:]+)/.exec(host ?? '')?.[0] : undefined
  if (asked === undefined) return reached(address)
  return at(asked === own || asked.startsWith(`${own}.`) ? name + asked.slice(own.length) : asked, address.port)
}

/** Where a fake is for whoever is on its machine. */
export function reached(address: Address): Address {
  return isEverywhere(address.host) ? at(loopbackOf(address.host), address.port) : address
}

/** Whether it means every address of a machine, which is none that a client can ask. */
const isEverywhere = (host: string): boolean => host === '0.0.0.0' || host === '::'

const loopbackOf = (host: string): string => (host === '::' ? '[::1]' : '127.0.0.1')

const at = (host: string, port: number): Address => ({ host: host.replace(/^\[|\]$/g, ''), port, url: `http://${host}:${port}` })
