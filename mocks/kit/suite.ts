import type { Address } from '../../contracts/kit/contract.ts'
import { MockSuiteError } from '../../contracts/kit/error.ts'
import type { Clock } from '../../scenarios/kit/clock.ts'
import type { Journal } from './journal.ts'
import { Lane, type WorldOverlay } from './lane.ts'
import type { Mock } from './mock.ts'
import { takenPorts } from './taken.ts'
import { fetchFrom } from './transports/fetch.ts'
import { type Listening, listen } from './transports/ports.ts'
import type { WorldSpec } from './world.ts'

/** Lanes stand this many ports apart. */
const LANE_STRIDE = 100

/** How long requests under way may take to finish when the suite stops, in milliseconds. */
const PATIENCE = 5000

export interface SuiteOptions<Name extends string = string> {
  /** Which fakes to start. @default all of them */
  services?: readonly Name[]
  /** `fixed`: those of the contracts; `auto`: free ones; `none`: none, for suites in one process. @default 'fixed' */
  ports?: 'fixed' | 'auto' | 'none'
  /** Added to every fixed port. @default 0 */
  portOffset?: number
  /** Addresses to listen on. @default both loopback families */
  hosts?: readonly string[]
  /** Isolated copies, on ports 100 apart. @default 1 */
  lanes?: number
  /** The root of all chance and ids. @default 42 */
  seed?: number
  /** Records that replace or join those of the default world, by table. */
  world?: WorldOverlay
  /** Refuse missing credentials even where real clients are known to send none. @default false */
  strictAuth?: boolean
  /** How many exchanges each lane's journal keeps. @default 10000 */
  journalLimit?: number
  /** An instant at which the clock stands still. @default real time */
  clock?: string | number
  /** Where failures of ours are told. @default standard error */
  complain?: (message: string) => void
}

/** A whole neighbourhood at work. Dispose of it, or call {@link stop}. */
export interface Suite<Name extends string = string> extends AsyncDisposable {
  readonly seed: number
  readonly services: readonly Name[]
  readonly lanes: readonly Lane[]
  /** @throws MockSuiteError `unknown-lane` */
  lane(index: number): Lane
  /** Where a fake listens: `http://127.0.0.1:8085`. */
  url(service: Name, lane?: number): string
  /** Asks a fake without a socket; works with and without ports. A string is a path. */
  fetch(service: Name, request: string | Request, init?: RequestInit & { lane?: number }): Promise<Response>
  /** What the service under test must read to find the fakes. */
  env(lane?: number): Record<string, string>
  /** The first lane's. */
  readonly journal: Journal
  /** The first lane's. */
  readonly clock: Clock
  /** Every lane as it was at the start; the number of timers and late replies that were fenced off. */
  reset(): { fenced: number }
  stop(): Promise<void>
}

/** What a suite is made of: its services, the world they share, and what else a client of theirs reads. */
export interface Neighbourhood<Name extends string> {
  mocks: Readonly<Record<Name, Mock>>
  world: WorldSpec
  environment?: (lane: Lane) => Record<string, string>
}

/** A `startSuite` for this neighbourhood. */
export function suiteOf<Name extends string>(neighbourhood: Neighbourhood<Name>) {
  return async function startSuite<const Asked extends Name = Name>(options: SuiteOptions<Asked> = {}): Promise<Suite<Asked>> {
    const names = (options.services ?? (Object.keys(neighbourhood.mocks) as Asked[])).map((name) => known(name, neighbourhood.mocks))
    const lanes = createLanes(names, neighbourhood, options)
    const listening = options.ports === 'none' ? [] : await openAll(lanes, options)
    return assemble(names, lanes, listening, neighbourhood, options)
  }
}

function known<Name extends string>(name: Name, mocks: Readonly<Record<string, Mock>>): Name {
  if (Object.hasOwn(mocks, name)) return name
  throw new MockSuiteError(
    'unknown-service',
    `could not start ${JSON.stringify(name)}: there is no service of that name. There are ${Object.keys(mocks).join(', ')}.`,
  )
}

function createLanes<Name extends string>(names: readonly Name[], { mocks, world }: Neighbourhood<Name>, options: SuiteOptions): Lane[] {
  return Array.from({ length: count(options.lanes ?? 1) }, (_, index) => {
    return new Lane(index, {
      mocks: names.map((name) => mocks[name]),
      world,
      ...(options.world === undefined ? {} : { overlay: options.world }),
      seed: options.seed ?? 42,
      strictAuth: options.strictAuth ?? false,
      journalLimit: options.journalLimit ?? 10_000,
      ...(options.clock === undefined ? {} : { clock: options.clock }),
      complain: options.complain ?? ((message) => process.stderr.write(`mock-suite: ${message}\n`)),
    })
  })
}

function count(lanes: number): number {
  if (Number.isInteger(lanes) && lanes >= 1 && lanes <= 64) return lanes
  throw new MockSuiteError('bad-option', `could not open ${lanes} lanes: the number must be whole, from 1 to 64.`)
}

/** Either every port opens or none stays open. */
async function openAll(lanes: readonly Lane[], { ports = 'fixed', portOffset = 0, hosts = ['127.0.0.1', '::1'] }: SuiteOptions): Promise<Listening[]> {
  const wanted = lanes.flatMap((lane) =>
    [...lane.services.values()].map((service) => {
      const { service: name, port } = service.contract
      return { lane, service, name, port: ports === 'auto' ? 0 : port + portOffset + lane.index * LANE_STRIDE }
    }),
  )
  const tries = await Promise.allSettled(wanted.map(({ service, port }) => listen(service, hosts, port)))
  const listening = tries.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const failed = tries.flatMap((one, at) => (one.status === 'rejected' ? [{ ...(wanted[at] as (typeof wanted)[number]), error: one.reason as Error }] : []))
  if (failed.length > 0) {
    await Promise.all(listening.map(({ close }) => close(0)))
    throw takenPorts(failed)
  }
  for (const [at, { address }] of listening.entries()) {
    const { lane, name } = wanted[at] as (typeof wanted)[number]
    lane.addresses.set(name, address)
  }
  return listening
}

function assemble<Name extends string>(
  services: readonly Name[],
  lanes: readonly Lane[],
  listening: readonly Listening[],
  { environment }: Neighbourhood<string>,
  { seed = 42 }: SuiteOptions,
): Suite<Name> {
  const first = lanes[0] as Lane
  let stopped: Promise<void> | undefined
  const suite: Suite<Name> = {
    seed,
    services,
    lanes,
    lane(index) {
      const lane = lanes[index]
      if (lane === undefined) throw new MockSuiteError('unknown-lane', `could not find lane ${index}: there are ${lanes.length}, counted from 0.`)
      return lane
    },
    url: (service, lane = 0) => addressOf(suite.lane(lane), service).url,
    fetch(name, request, init = {}) {
      const service = suite.lane(init.lane ?? 0).service(name)
      return fetchFrom(service, typeof request === 'string' ? new Request(`http://${service.contract.host}:${service.contract.port}${request}`, init) : request)
    },
    env(index = 0) {
      const lane = suite.lane(index)
      const variables = [...lane.services.values()].flatMap(({ contract }) => {
        return Object.entries(contract.env).map(([name, render]) => [name, render(addressOf(lane, contract.service))])
      })
      return { ...environment?.(lane), ...Object.fromEntries(variables) }
    },
    journal: first.journal,
    clock: first.clock,
    reset: () => ({ fenced: lanes.reduce((sum, lane) => sum + lane.reset().fenced, 0) }),
    stop() {
      stopped ??= Promise.all(listening.map(({ close }) => close(PATIENCE))).then(() => {
        for (const lane of lanes) lane.clock.reset()
      })
      return stopped
    },
    [Symbol.asyncDispose]: () => suite.stop(),
  }
  return suite
}

function addressOf(lane: Lane, service: string): Address {
  const address = lane.addresses.get(lane.service(service).contract.service)
  if (address === undefined) throw new MockSuiteError('not-running', `could not tell the address of ${service}: the suite was started without ports.`)
  return address
}
