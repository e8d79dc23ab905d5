import * as z from 'zod'
import { answer } from '../answer.ts'
import { comeAgain } from '../come-again.ts'
import { undeclared, worded } from '../declared.ts'
import { spell } from '../duration.ts'
import { defineFault } from '../fault.ts'
import { time } from '../time.ts'

/** So many requests in any stretch of time, and no more: what limiters on Redis do. */
export const rateLimit = defineFault({
  summary: 'Answers 429 to what goes past so many requests in a sliding window on the clock.',
  place: 'instead',
  options: () => ({
    limit: z.int('limit is a whole number').nonnegative('limit is at least 0').describe('so many requests get through'),
    window: time()
      .refine((milliseconds) => milliseconds > 0, 'a window is longer than nothing')
      .describe('in any stretch of this length'),
  }),
  answers: () => 429,
  check: (_, target, excused) => undeclared(target, 429, excused),
  explain: ({ limit, window }) => `answer 429 past ${limit} requests in ${spell(window)}`,
  /** When the last ones got through, the oldest first. What was refused does not count. */
  begin: (): number[] => [],
  inject({ limit, window }, { state: passed, clock }) {
    const now = clock.now()
    while (passed[0] !== undefined && passed[0] <= now - window) passed.shift()
    if (passed.length < limit) {
      passed.push(now)
      return undefined
    }
    const wait = (passed[0] ?? now) + window - now
    return async (exchange) => answer(exchange, comeAgain(worded(exchange, 429), wait))
  },
})
