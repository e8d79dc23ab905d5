import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { config } from '../../contracts/config.ts'
import type { ScenarioInput, Suite } from '../../mocks/index.ts'
import { startSuite } from '../../mocks/index.ts'
import { suiteOf } from '../../mocks/kit/suite.ts'
import { neighbourhood } from '../../mocks/neighbourhood.ts'
import { formerOf, redone, settled } from './day.ts'

const INSTANT = '2026-01-17T09:15:30Z'
const json = { 'content-type': 'application/json' }
const internal = { 'x-internal-api-key': 'mock-internal-key-7c3e5a9d1f60', ...json }
const configKey = { authorization: 'Bearer mock-config-key-4f1d9c7a2b8e' }

/** What a client may ask; one that the weather strikes goes on. */
const asks = {
  create: (suite: Suite) => suite.fetch('alert', '/api/v1/alerts', { method: 'POST', headers: internal, body: '{"alert_type":"signal","user_id":"user_123"}' }),
  list: (suite: Suite) => suite.fetch('alert', '/api/v1/alerts?user_id=user_123', { headers: internal }),
  read: (suite: Suite) => suite.fetch('config', '/api/v1/config/CACHE_TTL_SECONDS', { headers: configKey }),
  mail: (suite: Suite) =>
    suite.fetch('comms', '/api/v1/email/send', { method: 'POST', headers: internal, body: '{"to":"a@example.com","subject":"s","body":"b"}' }),
  stranger: (suite: Suite) => suite.fetch('alert', '/no/such%path?x=%', { method: 'PUT', body: new Uint8Array([0xff, 0, 0x80]) }),
} as const
const ask = (suite: Suite, name: keyof typeof asks): Promise<unknown> =>
  asks[name](suite).then(
    (reply) => reply.arrayBuffer(),
    () => undefined,
  )

const off = 'a proxy in front of it'
const weather: ScenarioInput[] = [
  { name: 'slow', story: 'Slow at times.', rules: [{ when: { service: 'alert' }, chance: 0.5, inject: [{ fault: 'latency', ms: 8, jitter: 6 }] }] },
  { name: 'cut', story: 'Cut at times.', rules: [{ when: { service: ['alert', 'config'] }, chance: 0.2, inject: [{ fault: 'reset' }] }] },
  {
    name: 'busy',
    story: 'Takes only so many.',
    rules: [{ when: { service: 'config' }, inject: [{ fault: 'rate_limit', limit: 2, window: '20ms', off_contract: off }] }],
  },
  {
    name: 'phased',
    story: 'Worse, then better.',
    phases: [
      { until: { requests: 5 }, rules: [{ when: { service: 'config' }, chance: 0.5, inject: [{ fault: 'status', code: 503, off_contract: off }] }] },
      {
        for: '15ms',
        rules: [
          {
            when: { service: 'alert' },
            inject: [
              { fault: 'latency', ms: 3 },
              { fault: 'status', code: 500 },
            ],
          },
        ],
      },
      { for: '1s', rules: [] },
    ],
  },
]

test('a day over several services, with all kinds of weather, comes out the same again', async () => {
  await using suite = await startSuite({ services: ['alert', 'config', 'comms'], ports: 'none', clock: INSTANT, seed: 7, scenarios: weather })
  const waiting: Promise<unknown>[] = []
  for (let round = 0; round < 12; round += 1) {
    for (const name of Object.keys(asks) as (keyof typeof asks)[]) waiting.push(ask(suite, name))
    await settled()
    suite.clock.advance('9ms')
    if (round === 4) suite.lane(0).store.table('world.settings').update('CACHE_TTL_SECONDS', { value: '60' })
  }
  await settled()
  suite.clock.advance('1m')
  await Promise.all(waiting)

  const { exchanges, same, differences } = await redone(formerOf(suite))
  expect(differences).toEqual([])
  expect([exchanges, same]).toEqual([60, 60])
})

test('a reset begins the day anew: what came before is not in it, and what played goes on', async () => {
  await using suite = await startSuite({ services: ['alert', 'config'], ports: 'none', scenarios: weather })
  await ask(suite, 'create')
  suite.lane(0).store.table('world.settings').update('CACHE_TTL_SECONDS', { value: '60' })
  suite.reset()
  for (let round = 0; round < 10; round += 1) await Promise.all([ask(suite, 'create'), ask(suite, 'read')])
  const former = formerOf(suite)
  expect(former.entries).toHaveLength(20)
  expect(former.day.start.playing.map(({ scenario }) => scenario)).toEqual(['slow', 'cut', 'busy', 'phased'])
  expect((await redone(former)).differences).toEqual([])
})

test('what was still under way when it was written down is asked again, and still under way', async () => {
  await using suite = await startSuite({ services: ['alert', 'config'], ports: 'none', clock: INSTANT })
  await suite.play({ name: 'late', story: 'Late.', rules: [{ when: { service: 'alert' }, inject: [{ fault: 'latency', ms: 5000 }] }] })
  const late = ask(suite, 'create')
  await ask(suite, 'read')
  const former = formerOf(suite)
  expect(former.entries.map(({ _mockSuite: { outcome } }) => outcome)).toEqual([null, 'reply'])
  expect((await redone(former)).differences).toEqual([])
  suite.clock.advance('5s')
  await late
})

test('webhooks are not sent again: their receivers say what they said then', async () => {
  const receiver = vi.fn<() => Promise<Response>>(async () => new Response('', { status: 503 }))
  vi.stubGlobal('fetch', receiver)
  try {
    await using suite = await startSuite({ services: ['alert', 'user'], ports: 'none', clock: INSTANT })
    await suite.fetch('alert', '/api/v1/notification-preferences/user_123', {
      method: 'PUT',
      headers: internal,
      body: '{"webhook_enabled":true,"webhook_url":"http://client.test/hook","push_enabled":false,"email_enabled":false}',
    })
    suite.lane(0).services.get('alert')
    await ask(suite, 'create')
    for (let second = 0; second < 20; second += 1) {
      suite.clock.advance('1s')
      await settled()
    }
    const called = receiver.mock.calls.length
    const former = formerOf(suite)
    expect(former.entries.filter(({ _mockSuite: { direction } }) => direction === 'out')).toHaveLength(called)
    expect((await redone(former)).differences).toEqual([])
    expect(receiver).toHaveBeenCalledTimes(called)
    expect(called).toBeGreaterThan(0)
  } finally {
    vi.unstubAllGlobals()
  }
})

test('a handler that has changed in between is found, and nothing else is', async () => {
  await using suite = await startSuite({ services: ['alert', 'config'], ports: 'none' })
  for (const name of ['create', 'read', 'list', 'read'] as const) await ask(suite, name)
  const { mocks } = neighbourhood
  const changed = {
    contract: config,
    behaviour: {
      ...mocks.config.behaviour,
      operations: { ...mocks.config.behaviour.operations, getConfig: () => ({ status: 404, body: { detail: 'gone' } }) },
    },
  }
  const start = suiteOf({ ...neighbourhood, mocks: { ...mocks, config: changed as never } })
  const { same, differences } = await redone(formerOf(suite), start as never)
  expect(same).toBe(2)
  expect(differences.map(({ arrival, what }) => [arrival, what])).toEqual(
    expect.arrayContaining([
      [2, 'status'],
      [2, 'body'],
      [4, 'status'],
    ]),
  )
  expect(new Set(differences.map(({ arrival }) => arrival))).toEqual(new Set([2, 4]))
})

test('a lane other than the first has its own day', async () => {
  await using suite = await startSuite({ services: ['alert', 'config'], ports: 'none', lanes: 3, scenarios: weather })
  for (let round = 0; round < 5; round += 1)
    await suite.fetch('alert', '/api/v1/alerts?user_id=user_123', { lane: 2, headers: internal }).catch(() => undefined)
  expect((await redone(formerOf(suite, 2))).differences).toEqual([])
})

test('a journal that has dropped exchanges says so, and from where on it is whole', async () => {
  await using suite = await startSuite({ services: ['config'], ports: 'none', journalLimit: 3 })
  for (let round = 0; round < 5; round += 1) await ask(suite, 'read')
  expect(formerOf(suite).day).toMatchObject({ arrivals: 5, whole_from: 3, incomplete: expect.stringContaining('2 exchanges were dropped') })
})

type Step =
  | { ask: keyof typeof asks }
  | { wait: true }
  | { advance: number }
  | { freeze: true }
  | { resume: true }
  | { play: number }
  | { stop: true }
  | { set: string }
  | { reset: true }
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ ask: fc.constantFrom(...(Object.keys(asks) as (keyof typeof asks)[])) }) },
  { weight: 3, arbitrary: fc.constant({ wait: true as const }) },
  { weight: 3, arbitrary: fc.record({ advance: fc.integer({ min: 0, max: 30 }) }) },
  { weight: 1, arbitrary: fc.constantFrom({ freeze: true as const }, { resume: true as const }) },
  { weight: 2, arbitrary: fc.record({ play: fc.integer({ min: 0, max: weather.length - 1 }) }) },
  { weight: 1, arbitrary: fc.constantFrom({ stop: true as const }, { reset: true as const }) },
  { weight: 1, arbitrary: fc.record({ set: fc.string() }) },
)

test.each([
  ['stands still', INSTANT],
  ['runs', undefined],
])('any day comes out the same again where the clock %s', { timeout: 60_000 }, async (_, clock) => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), fc.integer(), async (steps, seed) => {
      await using suite = await startSuite({ services: ['alert', 'config', 'comms'], ports: 'none', seed, ...(clock === undefined ? {} : { clock }) })
      const waiting: Promise<unknown>[] = []
      for (const one of steps) {
        if ('ask' in one) waiting.push(ask(suite, one.ask))
        if ('wait' in one) await new Promise((resolve) => setTimeout(resolve, 2))
        if ('advance' in one) suite.clock.advance(one.advance)
        if ('freeze' in one) suite.clock.freeze()
        if ('resume' in one && clock === undefined) suite.clock.resume()
        if ('play' in one) await suite.play(weather[one.play] as ScenarioInput)
        if ('stop' in one) suite.lane(0).director.stop()
        if ('set' in one) suite.lane(0).store.table('world.settings').update('CACHE_TTL_SECONDS', { value: one.set })
        if ('reset' in one) suite.reset()
      }
      await settled()
      const { differences } = await redone(formerOf(suite))
      expect(differences).toEqual([])
      suite.reset()
      await Promise.all(waiting)
    }),
    { numRuns: 40 },
  )
})
