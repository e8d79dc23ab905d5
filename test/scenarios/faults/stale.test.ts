import { expect, test } from 'vitest'
import { user } from '../../../contracts/user.ts'
import { stale } from '../../../scenarios/kit/faults/stale.ts'
import { armed, jsonReply } from '../strike.ts'

/** A service that answers each time with the next number. */
function counting(status = 200) {
  let count = 0
  const answer = async () => ({ kind: 'reply' as const, reply: jsonReply(String((count += 1)), status) })
  const cache = armed(stale, { age: '1m' })
  const ask = async (about: Parameters<typeof cache.strike>[1] = {}) => {
    const outcome = await cache.strike(answer, about)
    return outcome.kind === 'reply' && outcome.reply.body
  }
  return { ask, clock: cache.clock }
}

test('an answer is given again until it is a minute old', async () => {
  const { ask, clock } = counting()
  expect(await ask()).toBe('1')
  clock.advance('60s')
  expect(await ask()).toBe('1')
  clock.advance('1ms')
  expect([await ask(), await ask()]).toEqual(['2', '2'])
})

test('another target, service or caller has another answer', async () => {
  const { ask } = counting()
  const others = [{ request: { target: '/health?deep=1' } }, { contract: user }, { request: { rawHeaders: ['Authorization', 'Bearer other'] } }]
  expect([await ask(), await ask(others[0]), await ask(others[1]), await ask(others[2])]).toEqual(['1', '2', '3', '4'])
  expect([await ask(), await ask(others[0]), await ask(others[1]), await ask(others[2])]).toEqual(['1', '2', '3', '4'])
})

test('only what is asked with GET is kept, and only what went well', async () => {
  const { ask } = counting()
  expect([await ask({ request: { method: 'POST' } }), await ask({ request: { method: 'POST' } }), await ask()]).toEqual(['1', '2', '3'])
  const failing = counting(503)
  expect([await failing.ask(), await failing.ask()]).toEqual(['1', '2'])
})

test('it says that it lies', () => {
  expect(armed(stale, { age: '1m' })).toMatchObject({ told: 'answer from a cache, up to 1 m old', lie: 'a cache answers on purpose, up to 1 m late' })
})
