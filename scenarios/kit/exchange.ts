import type { WireRequest } from '../../contracts/kit/message.ts'
import type { Outcome } from './outcome.ts'

/** One request and what surrounds it, as rules and faults see it. */
export interface Exchange {
  readonly request: WireRequest
  readonly service: string
  /** The operation's name; none for a request that no operation takes. */
  readonly operation: string | undefined
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
