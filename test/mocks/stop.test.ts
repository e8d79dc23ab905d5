import { expect, test } from 'vitest'
import { startSuite } from '../../mocks/index.ts'

test('a suite whose clock stands still does not wait for what waits for the clock', async () => {
  const suite = await startSuite({
    services: ['config'],
    ports: 'auto',
    clock: '2026-01-17T09:15:30Z',
    scenarios: [{ name: 'late', story: 'Answers in an hour.', rules: [{ when: { service: 'config' }, inject: [{ fault: 'latency', ms: 3_600_000 }] }] }],
  })
  const answer = fetch(`${suite.url('config')}/health`).catch((error: Error) => error.cause)
  while (suite.lane(0).director.playing[0]?.rules[0]?.matches === 0) await new Promise(setImmediate)
  const stopped = suite.stop()
  // Cut at once: before the patience of a stop with running clocks is over.
  expect(await answer).toMatchObject({ code: 'ECONNRESET' })
  await stopped
})
