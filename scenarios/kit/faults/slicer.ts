import * as z from 'zod'
import { spell } from '../duration.ts'
import { defineFault } from '../fault.ts'
import { staged } from '../staged.ts'
import { time } from '../time.ts'

/** A body that trickles in: no read takes long, but the whole of it does. */
export const slicer = defineFault({
  summary: 'Sends the body in pieces, a pause between them.',
  place: 'delivery',
  knownAs: { toxiproxy: 'slicer', wiremock: 'chunkedDribbleDelay', mockserver: 'slicer' },
  options: () => ({
    size: z.int('size is a whole number').positive('size is at least 1').describe('bytes in a piece'),
    delay: time().describe('the pause between two pieces'),
  }),
  explain: ({ size, delay }) => `send the body in pieces of ${size} ${size === 1 ? 'byte' : 'bytes'}, ${spell(delay)} apart`,
  inject: ({ size, delay }) => staged({ stage: 'slice', size, pause: delay }),
})
