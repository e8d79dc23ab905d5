import * as z from 'zod'
import { answer } from '../answer.ts'
import { comeAgain } from '../come-again.ts'
import { undeclared, worded } from '../declared.ts'
import { spell } from '../duration.ts'
import { defineFault } from '../fault.ts'
import { time } from '../time.ts'

const UNAVAILABLE = 503

/** A service that listens before it can work. */
export const slowStart = defineFault({
  summary: 'Is not ready for a while after the scenario began, and tells when it will be.',
  place: 'instead',
  options: () => ({
    for: time().describe('not ready for so long'),
    code: z.int('a status is a whole number').min(400, RANGE).max(599, RANGE).optional().describe('what it answers until then; 503 when left out'),
  }),
  answers: ({ code = UNAVAILABLE }) => code,
  check: ({ code = UNAVAILABLE }, target, excused) => undeclared(target, code, excused),
  explain: ({ for: lasts, code = UNAVAILABLE }) => `answer ${code} for the first ${spell(lasts)}`,
  inject({ for: lasts, code = UNAVAILABLE }, { clock, since }) {
    const left = since + lasts - clock.now()
    return left <= 0 ? undefined : async (exchange) => answer(exchange, comeAgain(worded(exchange, code), left))
  },
})
const RANGE = 'a failure is between 400 and 599'
