import { answer } from '../answer.ts'
import { denied, undeniable } from '../denied.ts'
import { defineFault } from '../fault.ts'

/** A token that was good when the client fetched it. */
export const expiredToken = defineFault({
  summary: 'Refuses the token as one that has expired, in the vendor’s own words and with its status.',
  place: 'instead',
  options: () => ({}),
  check: (_, target, excused) => undeniable('expired', target, excused),
  explain: () => 'refuse the token as expired',
  inject: () => async (exchange) => answer(exchange, denied('expired', exchange)),
})
