import { answer } from '../answer.ts'
import { denied, undeniable } from '../denied.ts'
import { defineFault } from '../fault.ts'

/** A credential that is not known, or not known any more: a key was rotated. */
export const unauthorized = defineFault({
  summary: 'Refuses the credential with 401, in the vendor’s own words.',
  place: 'instead',
  options: () => ({}),
  answers: () => 401,
  check: (_, target, excused) => undeniable('unauthorized', target, excused),
  explain: () => 'refuse the credential',
  inject: () => async (exchange) => answer(exchange, denied('unauthorized', exchange)),
})
