import type { LaneReset } from '../../contracts/control.ts'
import type { Address } from '../../contracts/kit/contract.ts'
import { MockSuiteError } from '../../contracts/kit/error.ts'
import { didYouMean } from '../../contracts/kit/nearest.ts'
import { Clock } from '../../scenarios/kit/clock.ts'
import { calm, type Director } from '../../scenarios/kit/director.ts'
import { createCallbacks } from './callbacks.ts'
import { Fake } from './fake.ts'
import { createIds, type Ids } from './ids.ts'
import { Journal } from './journal.ts'
import type { Mock } from './mock.ts'
import { Service, type ServiceContext } from './service.ts'
import { Store, type TableSpecs } from './store.ts'
import type { WorldSpec } from './world.ts'

export interface LaneOptions {
  mocks: readonly Mock[]
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
  director?: Director
  complain(message: string): void
}

/** World table → records, as a world file gives them. */
export type WorldOverlay = Readonly<Record<string, readonly object[]>>

/** One isolated set of fakes: its own records, journal, clock and chance. */
export class Lane {
  readonly index: number
  readonly clock: Clock
  readonly journal: Journal
  readonly store = new Store()
  readonly services: ReadonlyMap<string, Service>
  /** Where this lane's fakes listen; filled once they do. */
  readonly addresses = new Map<string, Address>()
  readonly #options: LaneOptions
  readonly #director: Director
  readonly #ids = new Map<string, Ids>()
  readonly #resetWatchers = new Set<(reset: LaneReset) => void>()
  #lastReset: LaneReset
  #fenced = 0

  constructor(index: number, options: LaneOptions) {
    this.index = index
    this.#options = options
    this.#director = options.director ?? calm
    this.clock = new Clock(options.clock)
    this.#lastReset = { lane: index, generation: 0, fenced: 0 }
    this.journal = new Journal(index, options.journalLimit, options.journalBytes, options.complain)
    const world = this.store.open('world', options.world.tables as TableSpecs)
    this.#seedWorld()
    const context: ServiceContext = {
      clock: this.clock,
      director: this.#director,
      journal: this.journal,
      generation: () => this.generation,
      fenced: () => {
        this.#fenced += 1
      },
      complain: options.complain,
    }
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

  /** Counts resets. */
  get generation(): number {
    return this.#lastReset.generation
  }

  /** What the last reset told. */
  get lastReset(): LaneReset {
    return this.#lastReset
  }

  /** Everything as it was at the start; tells how many timers and late replies of the old generation were fenced off. */
  reset(): LaneReset {
    const reset = { lane: this.index, generation: this.generation + 1, fenced: this.#fenced + this.clock.reset() }
    for (const watcher of this.#resetWatchers) watcher(reset)
    this.#fenced = 0
    this.#lastReset = reset
    this.store.reset()
    this.journal.reset()
    this.#director.reset()
    for (const service of this.services.keys()) this.#ids.set(service, this.#createIds(service))
    return reset
  }

  /** Calls at every reset, while the journal still has what happened before; returns how to stop. */
  onReset(watcher: (reset: LaneReset) => void): () => void {
    this.#resetWatchers.add(watcher)
    return () => this.#resetWatchers.delete(watcher)
  }

  #seedWorld(): void {
    const { world, overlay = {} } = this.#options
    for (const name of Object.keys(overlay)) {
      if (name in world.tables) continue
      throw new MockSuiteError(
        'bad-world',
        `could not load the world: it names the table ${name}, which there is not. The tables are ${Object.keys(world.tables).join(', ')}.`,
      )
    }
    for (const [name, rows] of Object.entries(world.seed(this.clock.now())))
      this.store.table(`world.${name}`).load([...(rows as readonly object[]), ...(overlay[name] ?? [])])
    for (const name of Object.keys(overlay)) this.store.table(`world.${name}`).check()
  }

  #service({ contract, behaviour }: Mock, world: unknown, context: ServiceContext): Service {
    const tables = this.store.open(contract.service, behaviour.tables ?? {})
    this.#ids.set(contract.service, this.#createIds(contract.service))
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
    const { verify } = behaviour
    const secrets = this.store.table(`world.${this.#options.world.secrets}`)
    const fake = new Fake(contract, behaviour.operations, {
      store: this.store,
      secret: (name) => (secrets.get(name) as { value?: string } | undefined)?.value,
      verify: verify && ((token, needs) => verify(token, needs, withIds)),
      strictAuth: this.#options.strictAuth,
      surroundings: withIds,
    })
    return new Service(fake, context)
  }

  #createIds(service: string): Ids {
    return createIds(this.#options.seed, this.index, service)
  }
}
