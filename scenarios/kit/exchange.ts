import type { Contract } from '../../contracts/kit/contract.ts'
import type { WireRequest } from '../../contracts/kit/message.ts'
import type { Clock } from './clock.ts'
import type { Outcome } from './outcome.ts'

/** One request and what surrounds it, as rules and faults see it. */
export interface Exchange {
  readonly request: WireRequest
  readonly contract: Contract
  /** The operation's name; none for a request that no operation takes. */
  readonly operation: string | undefined
  /** `in` for a request to the fake, `out` for a callback that the fake makes. */
  readonly direction: 'in' | 'out'
  /** The lane's. */
  readonly clock: Clock
  /**
   * Waits so many milliseconds on the lane's clock. Waits of one exchange add up exactly, however far the clock was moved on at once.
   * A reset ends the exchange: then this never returns, and nothing that follows it is done.
   */
  sleep(milliseconds: number): Promise<void>
  /**
   * Of a callback: waits until the next one of the same service has gone, but no longer than so many milliseconds on the lane's clock. While one waits,
   * the others pass it at once. A reset ends it as it ends {@link sleep}.
   */
  overtaken?(milliseconds: number): Promise<void>
}

/** One layer around the answer: it may wait, change the outcome, or never call `next`. */
export type Middleware = (exchange: Exchange, next: () => Promise<Outcome>) => Promise<Outcome>

/** The layers around an answer as one call; the first is outermost. */
export function compose(layers: readonly Middleware[], exchange: Exchange, answer: () => Promise<Outcome>): Promise<Outcome> {
  const run = (at: number): Promise<Outcome> => {
    const layer = layers[at]
    return layer === undefined ? answer() : layer(exchange, () => run(at + 1))
  }
  return run(0)
}
