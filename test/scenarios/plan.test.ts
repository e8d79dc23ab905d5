import { expect, test, vi } from 'vitest'
import type { Entry } from '../../contracts/control.ts'
import { type ServiceName, startSuite } from '../../mocks/index.ts'
import { duration } from '../../scenarios/kit/duration.ts'
import { type Plan, planOf } from '../../scenarios/kit/plan.ts'
import { random } from '../../scenarios/kit/random.ts'
import { script } from './script.ts'

const SERVICES = ['config', 'alert', 'user', 'marketplace'] as const

/** Rules that overlap, with all that counts and all that is drawn. */
const weather = script({
  name: 'weather',
  rules: [
    { when: { service: 'config', operation: 'health' }, chance: 0.3, inject: [{ fault: 'latency', ms: 800, jitter: 200, distribution: 'normal' }] },
    {
      when: { service: 'alert', operation: 'createAlert' },
      skip: 20,
      times: 50,
      chance: 0.5,
      inject: [
        { fault: 'latency', ms: 100, jitter: 100 },
        { fault: 'reset', at: 'after' },
      ],
    },
    { when: { service: 'user' }, chance: 0.5, inject: [{ fault: 'latency', ms: 40, jitter: 300, distribution: 'lognormal' }] },
    { when: { service: ['config', 'marketplace'] }, skip: 100, times: 150, chance: 0.4, inject: [{ fault: 'latency', ms: 7, jitter: 5, at: 'before' }] },
    { when: { any: true }, until: { requests: 300 }, chance: 0.1, inject: [{ fault: 'reset' }] },
  ],
})

const headers = { 'x-internal-api-key': 'mock-internal-key-7c3e5a9d1f60', 'content-type': 'application/json' }
const post = (body: object): RequestInit => ({ method: 'POST', headers, body: JSON.stringify(body) })
const VERIFY = { execution_token: 'exec_token_abc123', product_id: 'prod_momentum_001', user_id: 'user_123' }
const REQUESTS: [service: (typeof SERVICES)[number], path: string, init: RequestInit][] = [
  ['config', '/health', {}],
  ['config', '/api/v1/config/CACHE_TTL_SECONDS', { headers }],
  ['alert', '/api/v1/alerts', post({ alert_type: 'signal', user_id: 'user_123' })],
  ['user', '/api/v1/users/user_123/permissions', {}],
  ['marketplace', '/api/v1/integration/verify-execution-token', post(VERIFY)],
]

/** The journal of so many requests that are all under way at once while the clock stands still, in an order drawn from a seed of its own. */
async function storm(amount: number, { seed = 42, lane = 0 } = {}): Promise<Entry[]> {
  await using suite = await startSuite({ services: SERVICES, ports: 'none', clock: '2026-01-17T09:15:30Z', seed, lanes: lane + 1 })
  const { director, clock, journal } = suite.lane(lane)
  director.play(weather)
  const select = vi.spyOn(director, 'select')
  const order = random('the order of the storm')
  const ask = () => {
    const [service, path, init] = order.pick(REQUESTS)
    return suite.fetch(service, path, { ...init, lane })
  }
  const over = Promise.allSettled(Array.from({ length: amount }, ask))
  while (select.mock.calls.length < amount) await new Promise(setImmediate)
  clock.advance('1h')
  await over
  return journal.entries()
}

/** Rule and match → what it meets in words, of all that meets anything. */
function expectedOf({ rules }: Plan): Record<string, string[]> {
  return Object.fromEntries(
    rules.flatMap(({ rule, matches }) =>
      matches.flatMap(({ match, faults }): [string, string[]][] => (faults.length === 0 ? [] : [[`${rule}, match ${match}`, faults.map(({ told }) => told)]])),
    ),
  )
}

function metOf(entries: readonly Entry[]): Record<string, string[]> {
  const met: Record<string, string[]> = {}
  for (const { rule, match, told } of entries.flatMap(({ faults }) => faults)) (met[`${rule}, match ${match}`] ??= []).push(told)
  return met
}

/** How many requests each rule was about. */
function matchesOf(entries: readonly Entry[]): number[] {
  const count = (of: (entry: Entry) => boolean) => entries.filter(of).length
  return [
    count(({ service, operation }) => service === 'config' && operation === 'health'),
    count(({ operation }) => operation === 'createAlert'),
    count(({ service }) => service === 'user'),
    count(({ service }) => service === 'config' || service === 'marketplace'),
    entries.length,
  ]
}

const plan = (seed = 42, lane = 0, requests = 1000) => planOf(weather, { seed, lane, requests })
const struck = (of: Plan) => Object.keys(expectedOf(of))

test('a plan is pure: asked twice it says the same, and a longer one begins with it', () => {
  expect(plan()).toEqual(plan())
  const [short, long] = [plan(42, 0, 50), plan()]
  expect(long.rules.map(({ rule, matches }) => ({ rule, matches: matches.slice(0, 50) }))).toEqual(short.rules)
})

test.each([
  ['seed', plan(43, 0)],
  ['lane', plan(42, 1)],
  ['name', planOf({ ...weather, name: 'other-weather' }, { seed: 42, lane: 0, requests: 1000 })],
])('another %s draws other matches', (_, other) => {
  expect(struck(other)).not.toEqual(struck(plan()))
})

test('a rule before it moves no draw of a rule', () => {
  const [first, , third] = weather.rules ?? []
  const without = planOf({ ...weather, rules: [first, first, third] as typeof weather.rules }, { seed: 42, lane: 0, requests: 1000 })
  expect(without.rules[2]).toEqual(plan().rules[2])
})

test('skip, times and until stand in the plan as they are written', () => {
  const counted = script({
    rules: [
      { when: { any: true }, skip: 2, times: 3, inject: [{ fault: 'latency', ms: 5 }] },
      { when: { any: true }, until: { requests: 1 }, inject: [{ fault: 'reset' }] },
    ],
  })
  expect(expectedOf(planOf(counted, { seed: 1, lane: 0, requests: 9 }))).toEqual({
    'rule 1, match 3': ['wait 5 ms'],
    'rule 1, match 4': ['wait 5 ms'],
    'rule 1, match 5': ['wait 5 ms'],
    'rule 2, match 1': ['reset the connection'],
  })
})

test('a thousand requests at once meet exactly what was planned, to the word, and wait exactly as long', async () => {
  const entries = await storm(1000)
  expect(entries).toHaveLength(1000)
  const planned = plan()
  const matches = matchesOf(entries)
  const reached = { ...planned, rules: planned.rules.map(({ rule, matches: all }, at) => ({ rule, matches: all.slice(0, matches[at]) })) }
  expect(struck(reached).length).toBeGreaterThan(300)
  expect(metOf(entries)).toEqual(expectedOf(reached))
  for (const { faults, milliseconds, outcome } of entries) {
    const waits = faults.flatMap(({ told }) => /^wait ([\d.]+) ?(ms|s|m)/.exec(told)?.slice(1).join('') ?? [])
    expect(milliseconds).toBe(waits.reduce((sum, wait) => sum + duration(wait), 0))
    expect(outcome).toBe(faults.some(({ fault }) => fault === 'reset') ? 'reset' : 'reply')
  }
})

test('rules meet nothing that they are not about', async () => {
  const about: Record<string, readonly ServiceName[]> = {
    'rule 1': ['config'],
    'rule 2': ['alert'],
    'rule 3': ['user'],
    'rule 4': ['config', 'marketplace'],
    'rule 5': SERVICES,
  }
  for (const { service, faults } of await storm(200)) for (const { rule } of faults) expect(about[rule]).toContain(service)
})

test('two suites with one seed have the same day: equal journals, ids and instants and all', async () => {
  expect(await storm(300)).toEqual(await storm(300))
})

test('another seed or another lane has another day', async () => {
  const [here, seed, lane] = [await storm(300), await storm(300, { seed: 43 }), await storm(300, { lane: 1 })]
  const weatherOf = (entries: readonly Entry[]) => entries.map(({ faults }) => faults.map(({ told }) => told))
  expect(weatherOf(seed)).not.toEqual(weatherOf(here))
  expect(weatherOf(lane)).not.toEqual(weatherOf(here))
  expect(weatherOf(lane)).not.toEqual(weatherOf(seed))
})

test.each([
  ['none', 80],
  ['auto', 20],
] as const)('of sixteen simultaneous requests exactly one is the first, with ports %s, round after round', async (ports, rounds) => {
  await using suite = await startSuite({ services: ['config'], ports, seed: 42 })
  suite.lane(0).director.play(script({ rules: [{ when: { operation: 'health' }, times: 1, inject: [{ fault: 'reset' }] }] }))
  const ask = () => (ports === 'none' ? suite.fetch('config', '/health') : fetch(`${suite.url('config')}/health`))
  for (let round = 0; round < rounds; round += 1) {
    suite.reset()
    const settled = await Promise.allSettled(Array.from({ length: 16 }, ask))
    expect(settled.filter(({ status }) => status === 'rejected')).toHaveLength(1)
    expect(suite.journal.entries().flatMap(({ faults }) => faults)).toMatchObject([{ rule: 'rule 1', match: 1, told: 'reset the connection' }])
  }
})
