import { expect, test } from 'vitest'
import { watermark } from '../../../contracts/watermark.ts'
import { quota } from '../../../scenarios/kit/faults/quota.ts'
import { answered, armed, target } from '../strike.ts'

test('a quota is used up until the next period begins, all at once', async () => {
  const { strike, clock } = armed(quota, { limit: 2, per: '1h' })
  clock.advance('59m')
  expect([await answered(strike), await answered(strike)]).toEqual(['passed', 'passed'])
  expect(await answered(strike, { contract: watermark, operation: 'detectLeak' })).toMatchObject({
    status: 429,
    headers: expect.arrayContaining(['retry-after', '60']),
    body: '{"detail":"Too Many Requests"}',
  })
  clock.advance('1m')
  expect([await answered(strike), await answered(strike)]).toEqual(['passed', 'passed'])
  expect(await answered(strike)).toMatchObject({ status: 429, headers: expect.arrayContaining(['retry-after', '3600']) })
})

test('it needs an operation that declares 429, or a reason', () => {
  const { options, told } = armed(quota, { limit: 100, per: '1d' })
  expect(quota.check?.(options, target(watermark, 'issueWatermark'), false)).toBeUndefined()
  expect(quota.check?.(options, target(watermark, 'health'), false)).toContain('does not declare 429')
  expect(told).toBe('answer 429 past 100 requests per 1 d')
})
