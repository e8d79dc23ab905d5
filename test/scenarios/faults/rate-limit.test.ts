import { expect, test } from 'vitest'
import { comms } from '../../../contracts/comms.ts'
import { watermark } from '../../../contracts/watermark.ts'
import { rateLimit } from '../../../scenarios/kit/faults/rate-limit.ts'
import { answered, armed, target } from '../strike.ts'

const limited = { limit: 2, window: '10s' }
const detectLeak = { contract: watermark, operation: 'detectLeak' }

test('so many requests get through in any stretch of time; the next one is told when to come again', async () => {
  const { strike, clock } = armed(rateLimit, limited)
  expect(await answered(strike)).toBe('passed')
  clock.advance('4s')
  expect(await answered(strike)).toBe('passed')
  expect(await answered(strike, detectLeak)).toEqual({
    status: 429,
    headers: ['date', 'Sat, 17 Jan 2026 09:15:34 GMT', 'server', 'uvicorn', 'retry-after', '6', 'content-length', '30', 'content-type', 'application/json'],
    body: '{"detail":"Too Many Requests"}',
  })
  clock.advance('6s')
  expect(await answered(strike)).toBe('passed')
  expect(await answered(strike)).toMatchObject({ status: 429, headers: expect.arrayContaining(['retry-after', '4']) })
})

test('what was refused does not count: whoever waits as told gets through', async () => {
  const { strike, clock } = armed(rateLimit, limited)
  for (const _ of Array.from({ length: 20 })) await answered(strike)
  clock.advance('10s')
  expect(await answered(strike)).toBe('passed')
})

test('a body that counts the seconds counts the right ones', async () => {
  const { strike } = armed(rateLimit, { limit: 0, window: '90s' })
  expect(await answered(strike, { contract: comms, operation: 'createNotification' })).toMatchObject({
    headers: expect.arrayContaining(['retry-after', '90']),
    body: '{"error":"Rate limit exceeded","retry_after":90}',
  })
})

test('it needs an operation that declares 429, or a reason', () => {
  const { options, told } = armed(rateLimit, limited)
  expect(rateLimit.check?.(options, target(watermark, 'detectLeak'), false)).toBeUndefined()
  expect(rateLimit.check?.(options, target(comms, 'health'), false)).toContain('comms.health does not declare 429')
  expect(rateLimit.check?.(options, target(comms, 'health'), true)).toBeUndefined()
  expect(told).toBe('answer 429 past 2 requests in 10 s')
})
