import * as z from 'zod'
import { spell } from '../duration.ts'
import { defineFault } from '../fault.ts'
import type { Random } from '../random.ts'

/** An answer that comes late. */
export const latency = defineFault({
  summary: 'Answers late.',
  place: 'delay',
  strikes: ['in', 'out'],
  knownAs: { toxiproxy: 'latency', wiremock: 'fixedDelayMilliseconds, delayDistribution', mockserver: 'delay', mountebank: 'wait', mockttp: 'delay' },
  options: () => ({
    ms: z.number().nonnegative().describe('how late, in milliseconds'),
    jitter: z.number().nonnegative().optional().describe('how far it strays from that, in milliseconds'),
    distribution: z.enum(['uniform', 'normal', 'lognormal']).optional().describe('how it strays; uniform when left out'),
    at: z
      .enum(['before', 'after'])
      .optional()
      .describe('waits before the work, or after it: done at once, told late, which is the default for a request; a callback leaves late'),
  }),
  judge: ({ ms, jitter = 0, distribution = 'uniform' }) =>
    distribution === 'uniform' && jitter > ms ? `a jitter of ${jitter} is more than the ${ms} ms it strays from` : undefined,
  draw: ({ ms, jitter = 0, distribution = 'uniform', at }, random) => ({
    ms: jitter === 0 ? ms : Math.max(0, Math.round(DISTRIBUTIONS[distribution](ms, jitter, random))),
    ...(at === undefined ? {} : { at }),
  }),
  explain({ ms, jitter = 0, distribution = 'uniform', at = 'after' }) {
    const strays = jitter === 0 ? '' : ` ± ${spell(jitter)}${distribution === 'uniform' ? '' : `, ${distribution}`}`
    return `wait ${spell(ms)}${strays}${at === 'before' ? ' before the work' : ''}`
  },
  inject: ({ ms, at }, { exchange: { direction } }) => {
    // A callback that comes late is one that leaves late.
    const early = (at ?? (direction === 'out' ? 'before' : 'after')) === 'before'
    return async (exchange, next) => {
      if (early) {
        await exchange.sleep(ms)
        return next()
      }
      const outcome = await next()
      await exchange.sleep(ms)
      return outcome
    }
  },
})

/** `jitter` is half the width of a uniform distribution and the standard deviation of a normal one; a lognormal one has `ms` for its median. */
const DISTRIBUTIONS = {
  uniform: (ms: number, jitter: number, random: Random) => ms - jitter + random.next() * 2 * jitter,
  normal: (ms: number, jitter: number, random: Random) => ms + jitter * gauss(random),
  lognormal: (ms: number, jitter: number, random: Random) => ms * Math.exp(Math.log1p(jitter / Math.max(ms, 1)) * gauss(random)),
}

/** Box and Muller; 1 minus the draw, because the logarithm of 0 is none. */
function gauss(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())
}
