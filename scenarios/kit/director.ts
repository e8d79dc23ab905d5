import type { Exchange, Middleware } from './exchange.ts'

/**
 * Decides which layers an exchange meets. The choice is made in one turn of the event loop: of sixteen simultaneous
 * requests exactly one is the first.
 */
export interface Director {
  select(exchange: Exchange): readonly Middleware[]
  /** Counters back to nought; what plays goes on playing. */
  reset(): void
}

const NOTHING: readonly Middleware[] = []

/** The director of a suite in which nothing plays: it costs one call. */
export const calm: Director = { select: () => NOTHING, reset() {} }
