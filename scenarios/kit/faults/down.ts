import { spell } from '../duration.ts'
import { defineFault } from '../fault.ts'
import { time } from '../time.ts'

/** A service that is gone: nobody listens on its port. */
export const down = defineFault({
  summary: 'The port refuses connections, and live ones are cut; it comes back by itself.',
  place: 'instead',
  needs: 'port',
  knownAs: { toxiproxy: 'enabled: false', mockserver: 'down' },
  options: () => ({
    for: time().optional().describe('back after so long; without it the service is down as long as the rule lasts, and no request has to come'),
  }),
  standing: (options) => options.for === undefined,
  explain: (options) => (options.for === undefined ? 'refuse connections' : `refuse connections for ${spell(options.for)}`),
  inject: (options, { shut }) => {
    if (options.for !== undefined) shut(options.for)
    return async () => ({ kind: 'refuse' })
  },
})
