import { ConstantBackoff, handleWhen, retry } from 'cockatiel'
import { expect, test } from 'vitest'
import { asks } from './asks.ts'
import { clientOf, Refused } from './client.ts'
import { live } from './live.ts'

test.each([
  ['alert-refusing', 'alert', 401],
  ['comms-refusing', 'comms', 401],
  ['marketplace-refusing', 'marketplace', 403],
  ['watermark-refusing', 'watermark', 403],
  ['metrics-refusing', 'metrics', 403],
  ['user-refusing', 'user', 403],
  ['config-refusing', 'config', 401],
] as const)('%s: what cannot succeed is asked once, and again when the credential is mended', async (scenario, service, status) => {
  await using world = await live(scenario, [service])
  const client = clientOf(world, service)
  // Repeats what may pass by itself, and a refusal is not of that kind.
  const sensible = retry(
    handleWhen((error) => !(error instanceof Refused)),
    { maxAttempts: 3, backoff: new ConstantBackoff(1000) },
  )
  await expect(world.until(sensible.execute(() => client.ask()))).rejects.toMatchObject({ status })
  expect(world.asked(service)).toBe(1)
  await world.pass(60_000)
  await expect(client.ask()).resolves.toBeDefined()
})

test.each([
  ['alert-rate-limited', 'alert', 3],
  ['comms-rate-limited', 'comms', 2],
  ['marketplace-rate-limited', 'marketplace', 5],
  ['watermark-rate-limited', 'watermark', 3],
  ['metrics-rate-limited', 'metrics', 4],
  ['user-rate-limited', 'user', 4],
  ['config-rate-limited', 'config', 10],
] as const)('%s: a client that waits as long as it is told loses nothing and is refused once', async (scenario, service, limit) => {
  await using world = await live(scenario, [service])
  const client = clientOf(world, service)
  const refusals: Refused[] = []
  const polite = async (): Promise<unknown> => {
    try {
      return await client.ask()
    } catch (error) {
      if (!(error instanceof Refused) || error.retryAfter === undefined) throw error
      refusals.push(error)
      await new Promise((resolve) => setTimeout(resolve, (error.retryAfter as number) * 1000))
      return polite()
    }
  }
  for (let request = 1; request <= limit; request += 1) await client.ask()
  await expect(world.until(polite())).resolves.toBeDefined()
  expect(refusals).toMatchObject([{ status: 429 }])
})

test('marketplace-quota-used-up: three checks an hour, and the wait is told to the second', async () => {
  await using world = await live('marketplace-quota-used-up', ['marketplace'])
  const client = clientOf(world, 'marketplace')
  await world.pass(600_000)
  for (let check = 1; check <= 3; check += 1) await expect(client.ask()).resolves.toMatchObject({ is_valid: true })
  const refusal = (await client.ask().catch((error: unknown) => error)) as Refused
  expect(refusal).toMatchObject({ status: 429, retryAfter: 3000 })
  await world.pass((refusal.retryAfter as number) * 1000)
  await expect(client.ask()).resolves.toMatchObject({ is_valid: true })
})

test('config-moved: a client that follows one detour of a GET to the same host reads its value', async () => {
  await using world = await live('config-moved', ['config'])
  const { path, headers } = asks.config
  const moved = await world.suite.fetch('config', path, { headers })
  expect(moved.status).toBe(307)
  const there = new URL(moved.headers.get('location') ?? '')
  expect([there.hostname, there.pathname]).toEqual(['config-service', path])

  const client = clientOf(world, 'config')
  await expect(client.ask()).rejects.toMatchObject({ status: 307 })
  await expect(client.ask({ path: there.pathname + there.search, headers })).resolves.toMatchObject({ value: '300' })
})
