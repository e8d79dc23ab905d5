import * as z from 'zod'
import { defineFault } from '../fault.ts'

/** A connection that ends politely: what a client sees when a server is shut down, or recycles its workers. */
export const close = defineFault({
  summary: 'Ends the connection (FIN) without an answer, before the work or after it.',
  place: 'end',
  needs: 'socket',
  knownAs: { wiremock: 'EMPTY_RESPONSE', mockserver: 'dropConnection', mockttp: 'thenCloseConnection' },
  options: () => ({
    at: z.enum(['before', 'after']).optional().describe('before the work is done, which is the default, or after it: done, and the answer is lost'),
  }),
  explain: ({ at = 'before' }) => (at === 'before' ? 'close the connection' : 'do the work, then close the connection'),
  inject: ({ at = 'before' }) => {
    return async (_, next) => {
      if (at === 'after') await next()
      return { kind: 'close' }
    }
  },
})
