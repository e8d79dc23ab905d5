import { MockSuiteError } from '../../contracts/kit/error.ts'
import { writeJson } from '../../contracts/kit/json.ts'
import type { BackendOf } from './backend.ts'
import { createCallbacks } from './callbacks.ts'
import { Fake } from './fake.ts'
import { Fence } from './fence.ts'
import { createIds, type Ids } from './ids.ts'
import type { Lane } from './lane.ts'
import type { Mock } from './mock.ts'
import type { Post } from './post.ts'
import { seenBy } from './seen.ts'
import { Service } from './service.ts'
import type { ServiceContext } from './service-context.ts'
import { Store, type TableSpecs } from './store.ts'
import type { Write } from './table-context.ts'
import type { WorldSpec } from './world.ts'
import { seedWorld, type WorldOverlay } from './world-seed.ts'

/** What a lane is filled with. */
export interface SetupOptions {
  mocks: readonly Mock[]
  /** By service: who answers in place of its fake. */
  backends?: Readonly<Partial<Record<string, BackendOf>>>
  world: WorldSpec
  /** Records that replace or join those of the default world. */
  overlay?: WorldOverlay
  seed: number
  strictAuth: boolean
  /** What the service under test reads besides the addresses of its neighbours. */
  variables?: (lane: Lane) => Readonly<Record<string, string>>
  complain(message: string): void
}

/**
 * The records and the services of one lane: made whole before anybody is let in, so that a lane can go over from one to the next between two requests.
 * What outlives them (clock, journal, director) is the lane's.
 */
export class Setup {
  readonly store = new Store()
  readonly services: ReadonlyMap<string, Service>
  readonly options: SetupOptions
  /** The instant to which the seed world belongs. */
  readonly born: number
  readonly #lane: Lane
  readonly #context: ServiceContext
  /** Requests, and all that is done to their connections. */
  readonly #fence = new Fence()
  /** What the fakes send by themselves. */
  readonly #callbacks = new Fence()
  readonly #ids = new Map<string, Ids>()
  readonly #tokens = new Map<string, (needs: string | undefined) => string>()

  /**
   * @param posts Where its services are to answer.
   * @throws MockSuiteError `bad-mock`, and all that {@link seedWorld} throws.
   */
  constructor(lane: Lane, options: SetupOptions, posts: ReadonlyMap<string, Pick<Service, 'post'>> = new Map()) {
    this.#lane = lane
    this.options = options
    const { clock, director, journal, acts } = lane
    this.#context = { clock, director, journal, acts, fence: this.#fence, complain: options.complain }
    // All of it is of one instant.
    clock.linger()
    this.born = clock.now()
    const world = this.store.open('world', options.world.tables as TableSpecs)
    seedWorld(this.store, options.world, this.born, options.overlay)
    this.services = new Map(options.mocks.map((mock) => [mock.contract.service, this.#service(mock, world, posts.get(mock.contract.service)?.post)]))
    this.store.watch((write) => this.#written(write))
  }

  #written(write: Write): void {
    const { acts } = this.#lane
    if (write.kind === 'put') acts.add({ kind: 'put', table: write.table, record: writeJson(write.row, true) })
    else acts.add(write)
  }

  /** A secret of the world, as credentials are compared with it. */
  secret(name: string): string | undefined {
    return (this.store.table(`world.${this.options.world.secrets}`).get(name) as { value?: string } | undefined)?.value
  }

  /** A bearer token of a service that lets in whoever shows it. */
  token(service: string, needs: string | undefined): string | undefined {
    return this.#tokens.get(service)?.(needs)
  }

  /** Ends all that is under way; tells how much it was. */
  cut(): number {
    return this.#fence.reset() + this.#callbacks.reset()
  }

  /** Ends all that is under way, for good: what could not be answered any more stands in the journal. */
  end(): void {
    this.#fence.end()
    this.#callbacks.reset()
  }

  /** Records, ids and backends as they were at the start. */
  reset(): void {
    this.store.reset()
    for (const [name, service] of this.services) {
      service.reset()
      this.#ids.set(name, createIds(this.options.seed, this.#lane.index, name))
    }
  }

  /** From now on its services answer. */
  stand(): void {
    for (const service of this.services.values()) service.post.service = service
  }

  /**
   * Another has taken its place. Requests under way end here, as if nothing had happened, and stand in no journal: the next generation's is not theirs.
   * Tells how many webhooks were fenced off.
   */
  retire(): number {
    const { tally } = this.#lane.journal
    this.#context.journal = { add: (happening) => tally.add(happening) }
    this.store.watch(() => {})
    return this.#callbacks.reset()
  }

  /** Nothing is under way any more. */
  async drained(): Promise<void> {
    // What was just decided may still have to be delivered.
    while (this.#fence.busy) await this.#fence.emptied()
  }

  /** Lets go of what stands open behind its services, once nobody asks them any more. */
  async close(): Promise<void> {
    await Promise.all([...this.services.values()].map((service) => service.close()))
  }

  #service(mock: Mock, world: unknown, post: Post | undefined): Service {
    const { contract, behaviour } = mock
    const { backends, complain, strictAuth } = this.options
    const { index, clock, addresses } = this.#lane
    const backend = backends?.[contract.service]
    if (backend !== undefined) return new Service(backend({ index, clock, complain }), this.#context, post)
    const tables = this.store.open(contract.service, behaviour.tables ?? {})
    this.#ids.set(contract.service, createIds(this.options.seed, index, contract.service))
    const surroundings = {
      tables: tables as never,
      world: world as never,
      clock,
      lane: index,
      address: (service: string, host?: string) => {
        const address = addresses.get(service)
        return address && seenBy({ host, own: contract.host }, address, this.#lane.service(service).contract.host)
      },
      callback: createCallbacks({ ...this.#context, contract, fence: this.#callbacks }),
    }
    this.#seed(mock, surroundings as never)
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
      strictAuth,
      surroundings: withIds,
    })
    return new Service(fake, this.#context, post)
  }

  #seed({ contract: { service }, behaviour }: Mock, surroundings: never): void {
    for (const [name, rows] of Object.entries(seedOf(service, () => behaviour.seed?.(surroundings) ?? {}))) {
      this.store.table(`${service}.${name}`).load(rows as unknown as readonly object[])
    }
  }
}

function seedOf<T>(service: string, seed: () => T): T {
  try {
    return seed()
  } catch (error) {
    if (error instanceof MockSuiteError) throw error
    throw new MockSuiteError('bad-mock', `could not fill the tables of ${service}: ${(error as Error).message}. Correct the seed of its mock.`, {
      cause: error,
    })
  }
}
