import type { LaneReset } from '../../contracts/control.ts'
import type { Address } from '../../contracts/kit/contract.ts'
import { MockSuiteError } from '../../contracts/kit/error.ts'
import { didYouMean } from '../../contracts/kit/nearest.ts'
import { Clock } from '../../scenarios/kit/clock.ts'
import { Director } from '../../scenarios/kit/director.ts'
import type { BackendOf } from './backend.ts'
import { createCallbacks } from './callbacks.ts'
import { Fake } from './fake.ts'
import { Fence } from './fence.ts'
import { createIds, type Ids } from './ids.ts'
import { Journal } from './journal.ts'
import type { Mock } from './mock.ts'
import { Service, type ServiceContext } from './service.ts'
import { Store, type TableSpecs } from './store.ts'
import type { Listening } from './transports/open-server.ts'
import type { WorldSpec } from './world.ts'
import { seedWorld, type WorldOverlay } from './world-seed.ts'

export interface LaneOptions {
  mocks: readonly Mock[]
  /** By service: who answers in place of its fake. */
  backends?: Readonly<Partial<Record<string, BackendOf>>>
  world: WorldSpec
  /** Records that replace or join those of the default world. */
  overlay?: WorldOverlay
  seed: number
  strictAuth: boolean
  journalLimit: number
  /** @default 32 MiB */
  journalBytes?: number
  /** An instant to stand still at. */
  clock?: string | number
  complain(message: string): void
}

/** One isolated set of fakes: its own records, journal, clock and chance. */
export class Lane {
  readonly index: number
  readonly clock: Clock
  readonly journal: Journal
  readonly store = new Store()
  readonly services: ReadonlyMap<string, Service>
  /** What goes wrong here, and when. */
  readonly director: Director
  /** Where this lane's fakes listen; filled once they do. */
  readonly addresses = new Map<string, Address>()
  readonly #doors = new Map<string, Listening['shut']>()
  /** Whose ports are to be shut. */
  readonly #shut = new Set<string>()
  readonly #options: LaneOptions
  readonly #ids = new Map<string, Ids>()
  readonly #tokens = new Map<string, (needs: string | undefined) => string>()
  readonly #resetWatchers = new Set<(reset: LaneReset) => void>()
  readonly #fence = new Fence()
  #lastReset: LaneReset

  constructor(index: number, options: LaneOptions) {
    this.index = index
    this.#options = options
    this.clock = new Clock(options.clock)
    this.#lastReset = { lane: index, generation: 0, fenced: 0 }
    this.journal = new Journal(index, options.journalLimit, options.journalBytes, options.complain)
    const world = this.store.open('world', options.world.tables as TableSpecs)
    seedWorld(this.store, options.world, this.clock.now(), options.overlay)
    this.director = new Director({
      seed: options.seed,
      lane: index,
      clock: this.clock,
      contracts: options.mocks.map(({ contract }) => contract),
      door: (service, shut, fault) => {
        if (fault !== undefined) this.journal.tally.struck(service, fault)
        if (shut) this.#shut.add(service)
        else this.#shut.delete(service)
        this.#turn(service, shut)
      },
    })
    const { clock, director, journal } = this
    const context: ServiceContext = { clock, director, journal, fence: this.#fence, complain: options.complain }
    this.services = new Map(options.mocks.map((mock) => [mock.contract.service, this.#service(mock, world, context)]))
  }

  /** @throws MockSuiteError `unknown-service` */
  service(name: string): Service {
    const service = this.services.get(name)
    if (service === undefined) {
      const running = [...this.services.keys()]
      throw new MockSuiteError(
        'unknown-service',
        `could not find the service ${name}: it is not running.${didYouMean(name, running)} Running are ${running.join(', ')}.`,
      )
    }
    return service
  }

  /** A secret of the world, as credentials are compared with it. */
  secret(name: string): string | undefined {
    return (this.store.table(`world.${this.#options.world.secrets}`).get(name) as { value?: string } | undefined)?.value
  }

  /** A bearer token of a service that lets in whoever shows it. */
  token(service: string, needs: string | undefined): string | undefined {
    return this.#tokens.get(service)?.(needs)
  }

  /** A fake listens from now on; scenarios may shut its port and open it again. */
  opened(service: string, { address, shut }: Pick<Listening, 'address' | 'shut'>): void {
    this.addresses.set(service, address)
    this.#doors.set(service, shut)
    // What plays from the start has shut it before there was anything to shut.
    if (this.#shut.has(service)) this.#turn(service, true)
  }

  /** Counts resets. */
  get generation(): number {
    return this.#lastReset.generation
  }

  /** Cuts what waits for a clock that stands still: nobody will move it on while the suite stops. */
  drain(): void {
    if (this.clock.frozen) this.#fence.reset()
  }

  /** Lets go of what stands open behind its services, once nobody asks them any more. */
  async close(): Promise<void> {
    await Promise.all([...this.services.values()].map((service) => service.close()))
  }

  /** What the last reset told. */
  get lastReset(): LaneReset {
    return this.#lastReset
  }

  /** Everything as it was at the start; tells how many timers, late replies and webhooks of the old generation were fenced off. */
  reset(): LaneReset {
    const reset = { lane: this.index, generation: this.generation + 1, fenced: this.#fence.reset() + this.clock.reset() }
    for (const watcher of this.#resetWatchers) watcher(reset)
    this.#lastReset = reset
    this.store.reset()
    this.journal.reset()
    this.director.reset()
    for (const [name, service] of this.services) {
      service.reset()
      this.#ids.set(name, createIds(this.#options.seed, this.index, name))
    }
    return reset
  }

  /** Calls at every reset, while the journal still has what happened before; returns how to stop. */
  onReset(watcher: (reset: LaneReset) => void): () => void {
    this.#resetWatchers.add(watcher)
    return () => this.#resetWatchers.delete(watcher)
  }

  #turn(service: string, shut: boolean): void {
    this.#doors
      .get(service)?.(shut)
      .catch((error: Error) => {
        this.#options.complain(`could not open the port of ${service} again: ${error.message}. It stays shut until the next try.`)
      })
  }

  #service({ contract, behaviour }: Mock, world: unknown, context: ServiceContext): Service {
    const backend = this.#options.backends?.[contract.service]
    if (backend !== undefined) return new Service(backend({ index: this.index, clock: this.clock, complain: this.#options.complain }), context)
    const tables = this.store.open(contract.service, behaviour.tables ?? {})
    this.#ids.set(contract.service, createIds(this.#options.seed, this.index, contract.service))
    const callback = createCallbacks({ contract, ...context })
    const surroundings = {
      tables: tables as never,
      world: world as never,
      clock: this.clock,
      lane: this.index,
      address: (service: string) => this.addresses.get(service),
      callback,
    }
    const seeded = behaviour.seed?.(surroundings) ?? {}
    for (const [name, rows] of Object.entries(seeded)) this.store.table(`${contract.service}.${name}`).load(rows as unknown as readonly object[])
    const currentIds = () => this.#ids.get(contract.service) as Ids
    const withIds = {
      ...surroundings,
      get ids() {
        return currentIds()
      },
    }
    const { verify, letIn } = behaviour
    if (letIn !== undefined) this.#tokens.set(contract.service, (needs) => letIn(needs, withIds))
    const fake = new Fake(contract, behaviour.operations, {
      store: this.store,
      secret: (name) => this.secret(name),
      verify: verify && ((token, needs) => verify(token, needs, withIds)),
      strictAuth: this.#options.strictAuth,
      surroundings: withIds,
    })
    return new Service(fake, context)
  }
}
