import { defineFault } from '../fault.ts'

/** A service that takes the request and says nothing more: how long to wait is the client's decision. */
export const timeout = defineFault({
  summary: 'Never answers, and holds the connection until the client gives up.',
  place: 'end',
  needs: 'socket',
  knownAs: { toxiproxy: 'timeout', mockttp: 'thenTimeout' },
  options: () => ({}),
  explain: () => 'never answer',
  inject: () => async () => ({ kind: 'hang' }),
})
