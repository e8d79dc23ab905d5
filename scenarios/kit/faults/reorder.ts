import { spell } from '../duration.ts'
import { defineFault } from '../fault.ts'
import { time } from '../time.ts'

/** A callback that its successor overtakes. */
export const reorder = defineFault({
  summary: 'Holds a callback until the next one of the same service has gone.',
  place: 'delay',
  strikes: ['out'],
  options: () => ({ within: time().optional().describe('goes after so long even when no other comes; 5s when left out') }),
  explain: ({ within = WITHIN }) => `let the next one overtake it, within ${spell(within)}`,
  inject:
    ({ within = WITHIN }) =>
    async (exchange, next) => {
      await exchange.overtaken?.(within)
      return next()
    },
})

const WITHIN = 5000
