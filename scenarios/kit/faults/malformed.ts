import { defineFault } from '../fault.ts'
import { staged } from '../staged.ts'

/** An answer that begins well: status and headers are right, and half of the body, before the framing breaks. */
export const malformed = defineFault({
  summary: 'Sends the right head and half of the body, then a chunk that is none.',
  place: 'delivery',
  needs: 'socket',
  knownAs: { wiremock: 'MALFORMED_RESPONSE_CHUNK' },
  options: () => ({}),
  lie: () => 'the body is no valid HTTP',
  explain: () => 'break the body midway with a malformed chunk',
  inject: () => staged({ stage: 'garble', bytes: NO_CHUNK }),
})

/** Where the length of a chunk has to be, in hexadecimal digits. */
const NO_CHUNK = 'ZZZ\r\nthis is no chunk\r\n'
