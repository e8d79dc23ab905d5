import { header, type WireReply } from '../../../contracts/kit/message.ts'
import { spell } from '../duration.ts'
import type { Exchange } from '../exchange.ts'
import { defineFault } from '../fault.ts'
import { time } from '../time.ts'

export interface Kept {
  at: number
  reply: WireReply
}

/** A cache in front of the service that nobody invalidates. */
export const stale = defineFault({
  summary: 'Answers a GET with what was true a while ago.',
  place: 'instead',
  options: () => ({ age: time().describe('an answer is given again until it is so old') }),
  lie: ({ age }) => `a cache answers on purpose, up to ${spell(age)} late`,
  explain: ({ age }) => `answer from a cache, up to ${spell(age)} old`,
  begin: () => new Map<string, Kept>(),
  inject({ age }, { exchange, state }) {
    if (exchange.request.method !== 'GET' || exchange.direction === 'out') return undefined
    const key = keyOf(exchange)
    return async ({ clock }, next) => {
      const kept = state.get(key)
      if (kept !== undefined && clock.now() - kept.at <= age) return { kind: 'reply', reply: kept.reply }
      const outcome = await next()
      if (outcome.kind === 'reply' && outcome.reply.status < 300) state.set(key, { at: clock.now(), reply: outcome.reply })
      return outcome
    }
  },
})

/** Even a bad cache keeps what it tells one caller from the next (RFC 9111, 3.5). */
function keyOf({ contract, request }: Exchange): string {
  return [contract.service, request.target, header(request, 'authorization') ?? ''].join('\n')
}
