import type { Contract } from '../../contracts/kit/contract.ts'
import type { Match } from '../../contracts/kit/match.ts'
import type { WireRequest } from '../../contracts/kit/message.ts'
import type { Problem } from '../../contracts/kit/problem.ts'
import type { Clock } from '../../scenarios/kit/clock.ts'
import type { Exchange } from '../../scenarios/kit/exchange.ts'
import type { Injection } from '../../scenarios/kit/injection.ts'
import type { Answer } from './backend.ts'

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
  injections = NOTHING
  answer: Answer | undefined = undefined
  failure: Error | undefined = undefined
  /** When its last wait was over, or will be. */
  #wakes = 0

  constructor(
    { request, contract, match, direction }: Pick<Life, 'request' | 'contract' | 'match' | 'direction'>,
    { clock, generation }: { clock: Clock; generation: number },
  ) {
    this.request = request
    this.contract = contract
    this.match = match
    this.clock = clock
    this.direction = direction
    this.generation = generation
    this.startedAt = clock.now()
  }

  get operation(): string | undefined {
    return 'kind' in this.match ? undefined : this.match.name
  }

  /** Counted from where the last wait was over, not from when somebody got round to asking: the clock may have been moved far on at once. */
  async sleep(milliseconds: number): Promise<void> {
    this.#wakes = (this.#wakes || this.clock.now()) + milliseconds
    if (!(await this.clock.until(this.#wakes))) await NEVER
  }

  /** The instant at which it is over, when asked in the end. */
  get endedAt(): number {
    return this.#wakes !== 0 && this.clock.frozen ? Math.ceil(this.#wakes) : this.clock.now()
  }
}

/** A reset has dropped the wait, and what would have followed it. */
const NEVER = new Promise<never>(() => {})
