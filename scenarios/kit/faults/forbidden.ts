import { answer } from '../answer.ts'
import { denied, undeniable } from '../denied.ts'
import { defineFault } from '../fault.ts'

/** A caller who is known, and may not: a right was taken away. */
export const forbidden = defineFault({
  summary: 'Refuses the caller with 403, in the vendor’s own words.',
  place: 'instead',
  options: () => ({}),
  answers: () => 403,
  check: (_, target, excused) => undeniable('forbidden', target, excused),
  explain: () => 'forbid it',
  inject: () => async (exchange) => answer(exchange, denied('forbidden', exchange)),
})
