import { BrokenCircuitError, CircuitState, ConstantBackoff, handleAll, IterableBackoff, retry } from 'cockatiel'
import { expect, test } from 'vitest'
import { asks } from './asks.ts'
import { type Asked, clientOf, habits, Refused } from './client.ts'
import { type Live, live } from './live.ts'

const refused = { cause: { code: 'ECONNREFUSED' } }
const everybody = Object.keys(asks) as Asked[]

test.each([
  ['alert-down', 'alert'],
  ['comms-down', 'comms'],
  ['marketplace-down', 'marketplace'],
  ['watermark-down', 'watermark'],
  ['metrics-down', 'metrics'],
  ['user-down', 'user'],
  ['config-down', 'config'],
] as const)('%s: the client stops asking, and finds it well when its breaker half-opens', async (scenario, service) => {
  await using world = await live(scenario, [service])
  const client = clientOf(world, service)
  for (let failure = 0; failure < habits[service].failures; failure += 1) await expect(client.ask()).rejects.toMatchObject(refused)
  await expect(client.ask()).rejects.toThrow(BrokenCircuitError)
  expect(world.asked(service)).toBe(habits[service].failures)
  await world.pass(Math.max(habits[service].open, 30_000))
  await expect(client.ask()).resolves.toBeDefined()
  expect(client.breaker.state).toBe(CircuitState.Closed)
})

test.each([
  ['alert-flapping', 'alert'],
  ['comms-flapping', 'comms'],
  ['marketplace-flapping', 'marketplace'],
  ['watermark-flapping', 'watermark'],
  ['metrics-flapping', 'metrics'],
  ['user-flapping', 'user'],
  ['config-flapping', 'config'],
] as const)('%s: pauses of 1, 2 and 4 s are longer than the gap, and it comes again', async (scenario, service) => {
  await using world = await live(scenario, [service])
  const patient = retry(handleAll, { maxAttempts: 3, backoff: new IterableBackoff([1000, 2000, 4000]) })
  const ask = () => world.until(patient.execute(() => once(world, service)))
  await expect(ask()).resolves.toBeDefined()
  expect(world.asked(service)).toBe(4)
  await world.pass(8000)
  await expect(once(world, service)).rejects.toMatchObject(refused)
  await expect(ask()).resolves.toBeDefined()
})

test.each([
  ['alert-recovering', 'alert'],
  ['comms-recovering', 'comms'],
  ['marketplace-recovering', 'marketplace'],
  ['watermark-recovering', 'watermark'],
  ['metrics-recovering', 'metrics'],
  ['user-recovering', 'user'],
  ['config-recovering', 'config'],
] as const)('%s: gone, then unavailable, then slow, then well', async (scenario, service) => {
  await using world = await live(scenario, [service])
  const ask = () => once(world, service)
  await expect(ask()).rejects.toMatchObject(refused)
  await world.pass(10_000)
  await expect(ask()).rejects.toMatchObject({ status: 503, retryAfter: 5 })

  const met: string[] = []
  const persistent = retry(handleAll, { maxAttempts: 30, backoff: new ConstantBackoff(3000) })
  persistent.onFailure(({ reason }) => met.push('error' in reason && reason.error instanceof Refused ? String(reason.error.status) : 'gone'))
  await expect(world.until(persistent.execute(ask))).resolves.toBeDefined()
  expect(new Set(met)).toEqual(new Set(['503']))

  await world.pass(30_000)
  await expect(Promise.all(Array.from({ length: 20 }, ask))).resolves.toHaveLength(20)
})

test('total-outage: all gone, all unavailable, all slow, and work taken up without anybody’s help', async () => {
  await using world = await live('total-outage', everybody)
  const all = () => Promise.allSettled(everybody.map((service) => once(world, service)))
  for (const one of await all()) expect(one).toMatchObject({ reason: refused })
  await world.pass(30_000)
  for (const one of await all()) expect(one).toMatchObject({ reason: { status: 503, retryAfter: 5 } })
  await world.pass(15_000)
  const before = world.suite.clock.now()
  for (const one of await world.until(all())) expect(one.status).toBe('fulfilled')
  expect(world.suite.clock.now()).toBeGreaterThan(before)
  await world.pass(30_000)
  for (const one of await all()) expect(one.status).toBe('fulfilled')
})

test('thundering-herd: clients that come back in step are refused in step; those that spread out are not', async () => {
  await using world = await live('thundering-herd', ['alert', 'comms'])
  await expect(once(world, 'alert')).rejects.toMatchObject(refused)
  await world.pass(20_000)

  let refusals = 0
  const herd = (service: Asked, apart: number) =>
    Array.from({ length: 20 }, async (_, place) => {
      await new Promise((resolve) => setTimeout(resolve, place * apart))
      const stubborn = retry(handleAll, { maxAttempts: 20, backoff: new ConstantBackoff(1000) })
      stubborn.onFailure(() => (refusals += 1))
      return stubborn.execute(() => once(world, service), new AbortController().signal)
    })
  await world.until(Promise.all(herd('alert', 0)))
  expect(refusals).toBeGreaterThanOrEqual(10)
  refusals = 0
  await world.pass(1000)
  await world.until(Promise.all(herd('comms', 250)))
  expect(refusals).toBe(0)
})

test('cascade: each dependency is cut off by itself, and what needs none of them goes on', async () => {
  await using world = await live('cascade', everybody)
  const clients = Object.fromEntries(everybody.map((service) => [service, clientOf(world, service)])) as Record<Asked, ReturnType<typeof clientOf>>
  const states = () => everybody.filter((service) => clients[service].breaker.state !== CircuitState.Closed).toSorted()
  const trouble = async (service: Asked, times: number) => {
    for (let time = 0; time < times; time += 1) await clients[service].ask().catch(() => {})
  }

  await expect(clients.alert.ask()).resolves.toMatchObject({ success: true })
  await world.until(clients.config.ask())
  await world.pass(30_000)
  await Promise.all([trouble('marketplace', 3), trouble('user', 5), trouble('alert', 2), trouble('comms', 2)])
  expect(states()).toEqual(['alert', 'comms', 'marketplace', 'user'])
  await expect(clients.metrics.ask()).resolves.toBeDefined()

  await world.pass(75_000)
  for (const service of everybody) await expect(clients[service].ask()).resolves.toBeDefined()
  expect(states()).toEqual([])
})

/** One request without a breaker. */
function once(world: Live, service: Asked): Promise<unknown> {
  return clientOf(world, service).ask()
}
