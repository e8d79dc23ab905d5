import { defineFault } from '../fault.ts'

/** A callback that never comes, and that its sender takes for delivered. */
export const lost = defineFault({
  summary: 'Never makes a callback, and does not try again.',
  place: 'instead',
  strikes: ['out'],
  options: () => ({}),
  explain: () => 'lose it',
  inject: () => async () => ({ kind: 'lost' }),
})
