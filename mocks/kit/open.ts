import type { Lane } from './lane.ts'
import type { Service } from './service.ts'
import type { SuiteOptions } from './suite-options.ts'
import type { Listening } from './transports/open-server.ts'
import { listen } from './transports/ports.ts'
import { unopenedPorts } from './unopened.ts'

/** Lanes stand this many ports apart. */
export const LANE_STRIDE = 100

export const LOOPBACK: readonly string[] = ['127.0.0.1', '::1']

/** A port that somebody wants to open. */
export interface Door {
  name: string
  port: number
  open(): Promise<Listening>
  /** Told once every door is open. */
  opened(listening: Listening): void
}

/** A fake's. */
export interface FakeDoor extends Door {
  lane: Lane
  /** The same for the same fake at the same port of the same lane. */
  key: string
}

/** One for each fake of a lane, or of those that it is to have. */
export function doorsOf(lane: Lane, services: Iterable<Service>, { ports = 'fixed', portOffset = 0, hosts = LOOPBACK }: SuiteOptions): FakeDoor[] {
  if (ports === 'none') return []
  return Array.from(services, (service) => {
    const { service: name, port: planned } = service.contract
    const port = ports === 'auto' || planned === 0 ? 0 : planned + portOffset + lane.index * LANE_STRIDE
    const key = `${lane.index} ${name} ${port}`
    return { name, port, lane, key, open: () => listen(service, hosts, port), opened: (listening) => lane.opened(name, listening) }
  })
}

/**
 * Either every door opens or none stays open.
 *
 * @throws MockSuiteError `port-taken`, or `bad-option` when a host is not this machine's.
 */
export async function openAll(doors: readonly Door[]): Promise<Listening[]> {
  const tries = await Promise.allSettled(doors.map((door) => door.open()))
  const listening = tries.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const failed = tries.flatMap((one, at) => (one.status === 'rejected' ? [{ ...(doors[at] as Door), error: one.reason as Error }] : []))
  if (failed.length > 0) {
    await Promise.all(listening.map(({ close }) => close(0)))
    throw unopenedPorts(failed)
  }
  for (const [at, one] of listening.entries()) (doors[at] as Door).opened(one)
  return listening
}
