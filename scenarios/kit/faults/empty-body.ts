import { edited, withBody } from '../edited.ts'
import { defineFault } from '../fault.ts'

/** A success that says nothing: the work was done, and its result is not told. */
export const emptyBody = defineFault({
  summary: 'A success without its body, told with a length of nought.',
  place: 'reply',
  options: () => ({}),
  lie: () => 'the body is left out on purpose',
  explain: () => 'leave out the body',
  inject: () => edited((reply) => (reply.status >= 200 && reply.status < 300 ? withBody(reply, '') : reply)),
})
