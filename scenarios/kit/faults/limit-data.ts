import * as z from 'zod'
import { defineFault } from '../fault.ts'
import { staged } from '../staged.ts'

/** An answer that breaks off: the head has announced more than comes. */
export const limitData = defineFault({
  summary: 'Ends the connection once so many bytes of the body are sent.',
  place: 'delivery',
  needs: 'socket',
  knownAs: { toxiproxy: 'limit_data', mockserver: 'limitData' },
  options: () => ({
    bytes: z.int('bytes is a whole number').nonnegative('bytes is at least 0').describe('of the body; the head is sent whole'),
    by: z.enum(['close', 'reset']).optional().describe('how the connection ends: a FIN, which is the default, or a RST'),
  }),
  explain: ({ bytes, by = 'close' }) =>
    `${by === 'close' ? 'cut the body' : 'reset the connection'} after ${bytes} ${bytes === 1 ? 'byte' : 'bytes'}${by === 'close' ? '' : ' of the body'}`,
  inject: ({ bytes, by = 'close' }) => staged({ stage: 'cut', after: bytes, by }),
})
