import { handleAll, IterableBackoff, retry } from 'cockatiel'
import { expect, test } from 'vitest'
import { asks } from './asks.ts'
import { clientOf, Refused } from './client.ts'
import { type Live, live } from './live.ts'

// The start of the signal service as C1 §2.2 recorded it: three health checks, 1 and 2 s apart; then secrets and values.

class Exit extends Error {}

const { headers } = asks.config

async function start(world: Live): Promise<Record<string, unknown>> {
  const client = clientOf(world, 'config')
  const value = async (kind: 'secrets' | 'config', key: string) => {
    const answer = (await client.ask({ path: `/api/v1/${kind}/${key}`, headers }).catch((error: unknown) => {
      if (error instanceof Refused && error.status === 404) return {}
      throw error
    })) as { value?: string }
    return answer.value
  }
  const threeTimes = retry(handleAll, { maxAttempts: 2, backoff: new IterableBackoff([1000, 2000]) })
  await threeTimes
    .execute(() => client.ask({ path: '/health' }))
    .catch(() => {
      throw new Exit('config is not healthy')
    })
  const gatewaySecret = (await value('secrets', 'GATEWAY_SECRET')) ?? (await value('secrets', 'INTERNAL_API_KEY'))
  if (gatewaySecret === undefined) throw new Exit('neither GATEWAY_SECRET nor INTERNAL_API_KEY')
  const rate = await value('config', 'GREEKS_RISK_FREE_RATE')
  if (Number.isNaN(Number(rate))) throw new Exit(`GREEKS_RISK_FREE_RATE is no number: ${rate}`)
  return { gatewaySecret, rate: Number(rate) }
}

const started = { gatewaySecret: 'mock-gateway-secret-b84d2e6f90a1', rate: 0.06 }

test('config-down-at-boot: refused twice, found well the third time, started', async () => {
  await using world = await live('config-down-at-boot', ['config'])
  await expect(world.until(start(world))).resolves.toEqual(started)
  expect(world.suite.journal.entries().filter(({ operation }) => operation === 'health')).toHaveLength(3)
})

test('config-unready-at-boot: 503 twice, well the third time, started', async () => {
  await using world = await live('config-unready-at-boot', ['config'])
  await expect(world.until(start(world))).resolves.toEqual(started)
  expect(world.suite.journal.entries().flatMap(({ operation, status }) => (operation === 'health' ? [status] : []))).toEqual([503, 503, 200])
})

test('config-never-ready: three checks and out, and not a secret was asked for', async () => {
  await using world = await live('config-never-ready', ['config'])
  await expect(world.until(start(world))).rejects.toThrow(new Exit('config is not healthy'))
  expect(world.asked('config')).toBe(3)
})

test('config-slow-at-boot: slow is not broken, it starts', async () => {
  await using world = await live('config-slow-at-boot', ['config'])
  const began = world.suite.clock.now()
  await expect(world.until(start(world))).resolves.toEqual(started)
  expect(world.suite.clock.now() - began).toBeGreaterThanOrEqual(3 * 2000)
})

test('config-secret-missing: it asks for both and exits', async () => {
  await using world = await live('config-secret-missing', ['config'])
  await expect(world.until(start(world))).rejects.toThrow(new Exit('neither GATEWAY_SECRET nor INTERNAL_API_KEY'))
  await expect(clientOf(world, 'config').ask({ path: '/api/v1/secrets/REDIS_URL', headers })).resolves.toMatchObject({ key: 'REDIS_URL' })
})

test('config-bad-number-at-boot: it exits in good order and says which key it was', async () => {
  await using world = await live('config-bad-number-at-boot', ['config'])
  await expect(world.until(start(world))).rejects.toThrow(new Exit('GREEKS_RISK_FREE_RATE is no number: six percent'))
})

test('user-starts-slowly: a client that comes again as told is served when the start is over', async () => {
  await using world = await live('user-starts-slowly', ['user'])
  const client = clientOf(world, 'user')
  await world.pass(5000)
  const refusal = (await client.ask().catch((error: unknown) => error)) as Refused
  expect(refusal).toMatchObject({ status: 503, retryAfter: 15 })
  await world.pass((refusal.retryAfter as number) * 1000)
  await expect(client.ask()).resolves.toMatchObject({ user_id: 'user_123' })
})
