import { expect, test } from 'vitest'
import { alert } from '../../../contracts/alert.ts'
import { slowStart } from '../../../scenarios/kit/faults/slow-start.ts'
import { answered, armed, target } from '../strike.ts'

test('not ready for a while after the scenario began, it tells how long it still takes', async () => {
  const { strike, clock } = armed(slowStart, { for: '20s' })
  const about = { contract: alert, operation: 'health' }
  expect(await answered(strike, about)).toMatchObject({
    status: 503,
    headers: expect.arrayContaining(['retry-after', '20']),
    body: '{"detail":"Service Unavailable"}',
  })
  clock.advance('18500ms')
  expect(await answered(strike, about)).toMatchObject({ headers: expect.arrayContaining(['retry-after', '2']) })
  clock.advance('1500ms')
  expect(await answered(strike, about)).toBe('passed')
})

test('a status that is not declared needs a reason; one that is does not', () => {
  const check = (written: object, excused: boolean) => slowStart.check?.(armed(slowStart, { for: '5s', ...written }).options, target(alert, 'health'), excused)
  expect(check({}, false)).toContain('alert.health does not declare 503')
  expect(check({}, true)).toBeUndefined()
  expect(check({ code: 500 }, false)).toBeUndefined()
  expect(armed(slowStart, { for: '2m', code: 502 }).told).toBe('answer 502 for the first 2 m')
})
