import { spell } from '../duration.ts'
import { defineFault } from '../fault.ts'
import { staged } from '../staged.ts'
import { time } from '../time.ts'

/** A connection that is as good as gone: a pool that keeps it for its next request loses that one. */
export const slowClose = defineFault({
  summary: 'Answers whole, then takes no more requests on the connection, and closes it only after a while.',
  place: 'delivery',
  needs: 'socket',
  knownAs: { toxiproxy: 'slow_close' },
  options: () => ({ delay: time().describe('how long the connection lingers after the last byte') }),
  explain: ({ delay }) => `close the connection ${spell(delay)} after the answer`,
  inject: ({ delay }) => staged({ stage: 'linger', for: delay }),
})
