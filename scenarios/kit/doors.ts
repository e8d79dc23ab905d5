import type { Contract } from '../../contracts/kit/contract.ts'
import type { Clock, Timer } from './clock.ts'
import type { Exchange } from './exchange.ts'
import type { Injection } from './injection.ts'
import { concerns, type LiveRule, type Playing } from './playing.ts'

export interface DoorsContext {
  clock: Clock
  /** Those of the services that run, now. */
  readonly contracts: readonly Contract[]
  /** A service's port is to be shut, by some fault, or opened again. */
  door(service: string, shut: boolean, fault?: string): void
}

interface Shut {
  injection: Injection
  /** On the clock; as long as a standing rule is in force when none. */
  until: number | undefined
}

/** Which ports are shut by now. What a standing rule does it does by the clock alone: no request has to come. */
export class Doors {
  readonly #context: DoorsContext
  readonly #playing: () => readonly Playing[]
  #shut = new Map<string, Shut>()
  #alarm: Timer | undefined
  #overdue = false

  constructor(context: DoorsContext, playing: () => readonly Playing[]) {
    this.#context = context
    this.#playing = playing
  }

  /** Why a service's port is shut; nothing when it is open. */
  shutting(service: string): Injection | undefined {
    return this.#shut.get(service)?.injection
  }

  /** Shuts a port for so many milliseconds. */
  shut(service: string, milliseconds: number, injection: Injection): void {
    const until = this.#context.clock.now() + milliseconds
    this.#settle(new Map(this.#shut).set(service, { injection, until }))
  }

  /** Looks at everything anew: one scenario came, went or began again, or all did. What the others hold shut they go on holding. */
  renew(scenario?: string): void {
    const others = [...this.#shut].filter(([, { injection }]) => scenario !== undefined && injection.scenario !== scenario)
    const timed = others.filter(([, { until }]) => until !== undefined)
    this.#settle(new Map([...timed, ...this.#standing(new Map(others))]))
  }

  /** A request has changed what is in force. Done with the next request or tick, so that the answer to this one still leaves. */
  turnSoon(): void {
    this.#overdue = true
    this.#context.clock.at(this.#context.clock.now(), () => this.catchUp())
  }

  /** What is overdue. */
  catchUp(): void {
    if (this.#overdue) this.#turn()
  }

  /** What the clock, or a request, has changed. */
  #turn(): void {
    this.#overdue = false
    const now = this.#context.clock.now()
    const timed = [...this.#shut].filter(([, { until }]) => until !== undefined && until > now)
    this.#settle(new Map([...timed, ...this.#standing(this.#shut)]))
  }

  #settle(shut: Map<string, Shut>): void {
    const before = this.#shut
    this.#shut = shut
    for (const service of before.keys()) if (!shut.has(service)) this.#context.door(service, false)
    for (const [service, { injection }] of shut) if (!before.has(service)) this.#context.door(service, true, injection.fault)
    this.#arm()
  }

  /** What standing rules shut; one that was in force before has struck already. */
  *#standing(before: ReadonlyMap<string, Shut>): Generator<[string, Shut]> {
    const { clock, contracts } = this.#context
    const inForce = this.#playing().flatMap((playing) => playing.standing(clock.now()).map((live): [Playing, LiveRule] => [playing, live]))
    for (const contract of contracts) {
      const port = this.#port(contract)
      const [playing, live] = inForce.find(([, one]) => concerns(one, port)) ?? []
      if (playing === undefined || live === undefined) continue
      const known = before.get(contract.service)
      yield [contract.service, known !== undefined && holds(known, playing, live) ? known : { injection: playing.stand(live, port), until: undefined }]
    }
  }

  /** One timer, for what changes first. */
  #arm(): void {
    this.#alarm?.cancel()
    const now = this.#context.clock.now()
    const edges = [...this.#playing().map((playing) => playing.next(now)), ...[...this.#shut.values()].map(({ until }) => until)].filter(
      (at) => at !== undefined,
    )
    this.#alarm = edges.length === 0 ? undefined : this.#context.clock.at(Math.min(...edges), () => this.#turn())
  }

  /** A standing rule strikes no request, but the port itself. */
  #port(contract: Contract): Exchange {
    return { request: NOBODY, contract, operation: undefined, direction: 'in', clock: this.#context.clock, sleep: () => Promise.resolve() }
  }
}

/** Whether it is this rule by which a port is shut already. */
function holds({ injection: { scenario, rule }, until }: Shut, playing: Playing, live: LiveRule): boolean {
  return until === undefined && scenario === playing.scenario.name && rule === live.label
}

const NOBODY = { method: '', target: '', rawHeaders: [], body: Buffer.alloc(0), tooLarge: false, gone: false }
