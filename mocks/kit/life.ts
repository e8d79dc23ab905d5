import type { Contract } from '../../contracts/kit/contract.ts'
import type { Match } from '../../contracts/kit/match.ts'
import type { WireRequest } from '../../contracts/kit/message.ts'
import type { Problem } from '../../contracts/kit/problem.ts'
import type { Clock } from '../../scenarios/kit/clock.ts'
import type { Exchange } from '../../scenarios/kit/exchange.ts'
import type { Injection } from '../../scenarios/kit/injection.ts'
import type { Acts } from './acts.ts'
import type { Answer } from './backend.ts'
import type { Queue } from './queue.ts'

const NOTHING: readonly Injection[] = []

/** What is known of an exchange while it lives. A class, not a literal: one is made for every request. */
export class Life implements Exchange {
  readonly request: WireRequest
  readonly contract: Contract
  readonly match: Match | Problem
  readonly clock: Clock
  readonly direction: Exchange['direction']
  readonly generation: number
  readonly startedAt: number
  /** The how manieth exchange it is since the last reset of its lane, as they began. */
  readonly arrival: number
  readonly #queue: Queue | undefined
  injections = NOTHING
  answer: Answer | undefined = undefined
  failure: Error | undefined = undefined
  /** How far the clock had been moved past the end of the last wait when it was over. */
  #overshot = 0

  constructor(
    { request, contract, match, direction }: Pick<Life, 'request' | 'contract' | 'match' | 'direction'>,
    { clock, generation, acts, queue }: { clock: Clock; generation: number; acts: Pick<Acts, 'arrive'>; queue?: Queue },
  ) {
    this.request = request
    this.contract = contract
    this.match = match
    this.clock = clock
    this.direction = direction
    this.generation = generation
    this.startedAt = clock.now()
    this.arrival = acts.arrive()
    this.#queue = queue
  }

  get operation(): string | undefined {
    return 'kind' in this.match ? undefined : this.match.name
  }

  /** The clock may be moved on by a minute at once: a wait of a second leaves the rest of it to those that follow. */
  async sleep(milliseconds: number): Promise<void> {
    const due = this.clock.now() - this.#overshot + milliseconds
    if (!(await this.clock.until(due))) await NEVER
    this.#overshot = this.clock.now() - due
  }

  async overtaken(milliseconds: number): Promise<void> {
    if (this.#queue === undefined) return
    const passed = await this.#queue.wait(this.clock.now() - this.#overshot, milliseconds)
    this.#overshot = this.clock.now() - passed
  }

  /** The instant at which it is over, when asked in the end. Where time runs by itself, being late is part of what happened. */
  get endedAt(): number {
    return this.clock.frozen ? Math.ceil(this.clock.now() - this.#overshot) : this.clock.now()
  }
}

/** A reset has dropped the wait, and what would have followed it. */
const NEVER = new Promise<never>(() => {})
