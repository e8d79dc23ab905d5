import type { ClockInfo } from '../../../contracts/control.ts'
import type { Lane } from '../lane.ts'
import type { Handlers, Subject } from './subject.ts'

/** The clock of one lane. */
export function clockHandlers({ suite }: Subject) {
  return {
    getClock: ({ query }) => ({ status: 200, body: told(suite.lane(query.lane ?? 0)) }),
    advanceClock({ query, body }) {
      const lane = suite.lane(query.lane ?? 0)
      const ran = lane.clock.advance(body.by)
      return { status: 200, body: { ...told(lane), ran } }
    },
    freezeClock({ query, body }) {
      const lane = suite.lane(query.lane ?? 0)
      lane.clock.freeze(body?.at)
      return { status: 200, body: told(lane) }
    },
    resumeClock({ query }) {
      const lane = suite.lane(query.lane ?? 0)
      lane.clock.resume()
      return { status: 200, body: told(lane) }
    },
  } satisfies Handlers<'getClock' | 'advanceClock' | 'freezeClock' | 'resumeClock'>
}

function told({ index, clock }: Lane): ClockInfo {
  return { lane: index, now: clock.iso(), frozen: clock.frozen, pending: clock.pending }
}
