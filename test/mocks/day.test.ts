import fc from 'fast-check'
import { expect, onTestFinished, test, vi } from 'vitest'
import { config } from '../../contracts/config.ts'
import type { ScenarioInput, Suite } from '../../mocks/index.ts'
import { startSuite } from '../../mocks/index.ts'
import { suiteOf } from '../../mocks/kit/suite.ts'
import { neighbourhood } from '../../mocks/neighbourhood.ts'
import { type Captured, captured } from '../transports/captured.ts'
import { formerOf, redone, settled } from './day.ts'

const INSTANT = '2026-01-17T09:15:30Z'
const json = { 'content-type': 'application/json' }
const internal = { 'x-internal-api-key': 'mock-internal-key-7c3e5a9d1f60', ...json }
const configKey = { authorization: 'Bearer mock-config-key-4f1d9c7a2b8e' }

/** What a client may ask; one that the weather strikes goes on. */
const asks = {
  create: (suite: Suite) => suite.fetch('alert', '/api/v1/alerts', { method: 'POST', headers: internal, body: '{"alert_type":"signal","user_id":"user_123"}' }),
  list: (suite: Suite) => suite.fetch('alert', '/api/v1/notifications/preferences?user_id=user_123', { headers: internal }),
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

/** What a real client of the signal service has sent. */
const send = (suite: Suite, { service, target, method, headers, body }: Captured): Promise<unknown> =>
  suite.fetch(service, target, { method, headers, ...(body === '' ? {} : { body }) }).then(
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
  await settled()
  await ask(suite, 'read')
  const former = formerOf(suite)
  expect(former.entries.map(({ _mockSuite: { outcome } }) => outcome)).toEqual([null, 'reply'])
  expect((await redone(former)).differences).toEqual([])
  suite.clock.advance('5s')
  await late
})

test('webhooks are not sent again: their receivers say what they said then', async () => {
  let asked = 0
  const receiver = vi.fn<() => Promise<Response>>(async () => new Response('', { status: (asked += 1) % 3 === 0 ? 202 : 503 }))
  vi.stubGlobal('fetch', receiver)
  onTestFinished(() => void vi.unstubAllGlobals())
  await using suite = await startSuite({ services: ['alert'], ports: 'none', clock: INSTANT })
  const callbacks = { service: 'alert', callback: true } as const
  await suite.play({
    name: 'astray',
    story: 'Webhooks go astray.',
    rules: [
      { when: callbacks, chance: 0.5, inject: [{ fault: 'latency', ms: 700, jitter: 300 }] },
      { when: callbacks, chance: 0.3, inject: [{ fault: 'duplicate' }] },
      { when: callbacks, chance: 0.2, inject: [{ fault: 'lost' }] },
    ],
  })
  for (let round = 0; round < 20; round += 1) {
    const body = JSON.stringify({ user_id: 'user_7', alert_type: 'signal', channels: ['webhook'], condition_config: { message: `the ${round}th` } })
    await suite.fetch('alert', '/api/v1/alerts', { method: 'POST', headers: internal, body })
    suite.clock.advance('300ms')
    await settled()
  }
  const called = receiver.mock.calls.length
  const former = formerOf(suite)
  const out = former.entries.filter(({ _mockSuite: { direction } }) => direction === 'out')
  expect(new Set(out.map(({ response }) => response.status))).toEqual(new Set([0, 202, 503]))
  expect((await redone(former)).differences).toEqual([])
  expect(receiver).toHaveBeenCalledTimes(called)
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

type Step = { do: 'ask' | 'advance' | 'play'; n: number } | { do: 'wait' | 'freeze' | 'resume' | 'stop' | 'reset' } | { do: 'set'; value: string }
const numbered = (what: 'ask' | 'advance' | 'play', max: number) => fc.nat(max).map((n): Step => ({ do: what, n }))
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: numbered('ask', captured.length - 1) },
  { weight: 3, arbitrary: numbered('advance', 30) },
  { weight: 2, arbitrary: numbered('play', weather.length - 1) },
  { weight: 3, arbitrary: fc.constant<Step>({ do: 'wait' }) },
  { weight: 2, arbitrary: fc.constantFrom<Step>({ do: 'freeze' }, { do: 'resume' }, { do: 'stop' }, { do: 'reset' }) },
  { weight: 1, arbitrary: fc.string().map((value): Step => ({ do: 'set', value })) },
)

test.each([
  ['stands still', INSTANT],
  ['runs', undefined],
])('any day comes out the same again where the clock %s', { timeout: 60_000 }, async (_, clock) => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), fc.integer(), async (steps, seed) => {
      await using suite = await startSuite({ ports: 'none', seed, ...(clock === undefined ? {} : { clock }) })
      const waiting: Promise<unknown>[] = []
      for (const one of steps) {
        if (one.do === 'ask') waiting.push(send(suite, captured[one.n] as Captured))
        if (one.do === 'wait') await new Promise((resolve) => setTimeout(resolve, 2))
        if (one.do === 'advance') suite.clock.advance(one.n)
        if (one.do === 'freeze') suite.clock.freeze()
        if (one.do === 'resume' && clock === undefined) suite.clock.resume()
        if (one.do === 'play') await suite.play(weather[one.n] as ScenarioInput)
        if (one.do === 'stop') suite.lane(0).director.stop()
        if (one.do === 'set') suite.lane(0).store.table('world.settings').update('CACHE_TTL_SECONDS', { value: one.value })
        if (one.do === 'reset') suite.reset()
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
