import type { Rest, WireReply } from '../../../contracts/kit/message.ts'
import type { Clock } from '../../../scenarios/kit/clock.ts'
import { delivery, type Stage, type Step } from '../../../scenarios/kit/delivery.ts'

/**
 * The steps of a reply that streams, each when its time has come; waits are on the clock, and a reset that drops one ends them. Pieces are
 * asked for one by one, so whoever is slow to take a step holds back the source. A source that dies ends the connection in the middle of the body.
 */
export async function* streamedSteps(
  { body }: WireReply,
  rest: Rest,
  stages: readonly Stage[],
  clock: Pick<Clock, 'now' | 'until'>,
): AsyncGenerator<Exclude<Step, { do: 'wait' }>, void> {
  const walk = delivery(stages)
  let due = clock.now()
  for await (const step of source(body, rest)) {
    due = Math.max(due, clock.now())
    for (const next of walk(step)) {
      if (next.do !== 'wait') yield next
      else if (!(await clock.until((due += next.for)))) return
      if (next.do === 'end') return
    }
  }
}

async function* source(body: string | Uint8Array, rest: Rest): AsyncGenerator<Step, void> {
  if (body.length > 0) yield { do: 'write', bytes: typeof body === 'string' ? Buffer.from(body) : body }
  try {
    for await (const bytes of rest) yield { do: 'write', bytes }
  } catch {
    // Behind a relay it has been told already, with the name of the one who died.
    yield { do: 'end', by: 'close' }
    return
  }
  yield { do: 'end', by: 'complete' }
}
