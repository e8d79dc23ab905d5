import * as z from 'zod'
import { defineFault } from '../fault.ts'
import { staged } from '../staged.ts'

/** A line that is too thin. */
export const bandwidth = defineFault({
  summary: 'Sends the body at so many KB a second.',
  place: 'delivery',
  knownAs: { toxiproxy: 'bandwidth', mockserver: 'bandwidth' },
  options: () => ({ rate: z.number().positive('a rate is more than 0').describe('KB a second, of 1024 bytes each') }),
  explain: ({ rate }) => `send the body at ${rate} KB/s`,
  inject: ({ rate }) => staged({ stage: 'throttle', rate: rate * 1024 }),
})
