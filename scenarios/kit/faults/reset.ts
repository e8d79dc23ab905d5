import * as z from 'zod'
import { defineFault } from '../fault.ts'

/** A connection that is torn down: what a client sees when a process is killed, or a firewall forgets a connection. */
export const reset = defineFault({
  summary: 'Resets the connection (RST), before the work or after it.',
  place: 'end',
  needs: 'socket',
  knownAs: {
    toxiproxy: 'reset_peer',
    wiremock: 'CONNECTION_RESET_BY_PEER',
    mockserver: 'resetPeer',
    mountebank: 'CONNECTION_RESET_BY_PEER',
    mockttp: 'thenResetConnection',
  },
  options: () => ({
    at: z.enum(['before', 'after']).optional().describe('before the work is done, which is the default, or after it: done, and the answer is lost'),
  }),
  explain: ({ at = 'before' }) => (at === 'before' ? 'reset the connection' : 'do the work, then reset the connection'),
  inject: ({ at = 'before' }) => {
    return async (_, next) => {
      if (at === 'after') await next()
      return { kind: 'reset' }
    }
  },
})
