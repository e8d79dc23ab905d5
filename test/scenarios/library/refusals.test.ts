import { ConstantBackoff, handleWhen, retry } from 'cockatiel'
import { expect, test } from 'vitest'
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
