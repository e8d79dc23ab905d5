import type { Stage } from './delivery.ts'
import type { Middleware } from './exchange.ts'

/** A layer that sends what is answered through one more stage; where nothing is answered there is nothing to send. */
export function staged(stage: Stage): Middleware {
  return async (_, next) => {
    const outcome = await next()
    return outcome.kind === 'reply' ? { ...outcome, delivery: [...(outcome.delivery ?? []), stage] } : outcome
  }
}
