import * as z from 'zod'
import { answer } from '../answer.ts'
import { comeAgain } from '../come-again.ts'
import { undeclared, worded } from '../declared.ts'
import { spell } from '../duration.ts'
import { defineFault } from '../fault.ts'
import { time } from '../time.ts'

/** So many requests a day, an hour, a minute. One rule over several operations gives them one quota together. */
export const quota = defineFault({
  summary: 'Answers 429 once a quota is used up, until the next period begins.',
  place: 'instead',
  knownAs: { mockserver: 'quotaLimit, quotaWindowMillis' },
  options: () => ({
    limit: z.int('limit is a whole number').nonnegative('limit is at least 0').describe('so many requests a period'),
    per: time()
      .refine((milliseconds) => milliseconds > 0, 'a period is longer than nothing')
      .describe('the period; the first begins with the scenario'),
  }),
  answers: () => 429,
  check: (_, target, excused) => undeclared(target, 429, excused),
  explain: ({ limit, per }) => `answer 429 past ${limit} requests per ${spell(per)}`,
  begin: () => ({ period: 0, used: 0 }),
  inject({ limit, per }, { state, clock, since }) {
    const elapsed = clock.now() - since
    const period = Math.floor(elapsed / per)
    if (period !== state.period) Object.assign(state, { period, used: 0 })
    if (state.used < limit) {
      state.used += 1
      return undefined
    }
    return async (exchange) => answer(exchange, comeAgain(worded(exchange, 429), (period + 1) * per - elapsed))
  },
})
