import { handleAll, IterableBackoff, retry } from 'cockatiel'
import { expect, test } from 'vitest'
import { asks } from './asks.ts'
import { type Asked, clientOf, Refused } from './client.ts'
import { live } from './live.ts'

const everybody = Object.keys(asks) as Asked[]

test.each([
  ['alert-lying', 'alert'],
  ['comms-lying', 'comms'],
] as const)('%s: a status without `success` delivers nothing', async (scenario, service) => {
  await using world = await live(scenario, [service])
  const receipt = await clientOf(world, service).ask()
  expect(receipt).toMatchObject({ status: 'sent' })
  expect(receipt).not.toHaveProperty('success')
})

test('metrics-lying: any 2xx takes a push, and health is read without what it leaves out', async () => {
  await using world = await live('metrics-lying', ['metrics'])
  const reply = await world.suite.fetch('metrics', asks.metrics.path, {
    method: 'POST',
    body: JSON.stringify(asks.metrics.body),
    headers: { 'content-type': 'application/json' },
  })
  expect([reply.status, reply.ok]).toEqual([201, true])
  const health = (await clientOf(world, 'metrics').ask({ path: '/health' })) as { metrics_service: { push_count?: number; error_count: number } }
  expect(health.metrics_service.push_count ?? 'unknown').toBe('unknown')
  expect(health.metrics_service.error_count).toBe(0)
})

test('config-lying: a value that is not there is told as missing, where NaN would be used silently', async () => {
  await using world = await live('config-lying', ['config'])
  const answer = (await clientOf(world, 'config').ask()) as { key: string; value?: string }
  expect(answer.key).toBe('CACHE_TTL_SECONDS')
  const ttl = () => {
    if (answer.value === undefined) throw new Error(`${answer.key} has no value`)
    return Number(answer.value)
  }
  expect(ttl).toThrow('CACHE_TTL_SECONDS has no value')
})

test('alert-wrong-content-type: what cannot be read is no receipt, although the work was done', async () => {
  await using world = await live('alert-wrong-content-type', ['alert'])
  const client = clientOf(world, 'alert')
  const unread = await client.ask()
  expect(typeof unread).toBe('string')
  expect(JSON.parse(unread as string)).toMatchObject({ success: true })
  const status = { path: '/api/v1/alerts/NIFTY_RSI_1768641330/status', headers: asks.alert.headers }
  await expect(client.ask(status)).resolves.toMatchObject({ signal_id: 'NIFTY_RSI_1768641330' })
})

test('flaky-network: what may be repeated is, and nobody sees the failures', async () => {
  await using world = await live('flaky-network', everybody)
  const failures: unknown[] = []
  const patient = retry(handleAll, { maxAttempts: 5, backoff: new IterableBackoff([250, 500, 1000, 2000, 4000]) })
  patient.onFailure(({ reason }) => failures.push('error' in reason && (reason.error.cause as { code?: string }).code))
  for (let round = 0; round < 30; round += 1) {
    await expect(world.until(patient.execute(() => clientOf(world, 'user').ask(), new AbortController().signal))).resolves.toMatchObject({
      user_id: 'user_123',
    })
  }
  expect(failures.length).toBeGreaterThan(0)
  expect(failures.every((code) => code === 'ECONNRESET' || code === 'UND_ERR_SOCKET')).toBe(true)
})

test('broken-answers: each is a failure of its own call and of no other', async () => {
  await using world = await live('broken-answers', ['user'])
  const outcomes = await Promise.all(
    Array.from({ length: 100 }, async () => {
      const answer = await clientOf(world, 'user')
        .ask()
        .catch((error: Error) => error)
      if (answer instanceof Refused) return 'refused'
      return answer instanceof Error ? 'broken' : (answer as { user_id?: string }).user_id
    }),
  )
  const whole = outcomes.filter((outcome) => outcome === 'user_123')
  expect(whole.length).toBeGreaterThan(70)
  expect(outcomes.filter((outcome) => outcome === 'broken').length).toBe(100 - whole.length)
  expect(whole.length).toBeLessThan(100)
})

test('clock-skew: a neighbour that lives ninety seconds ahead is within tolerance', async () => {
  await using world = await live('clock-skew', ['alert'])
  const { timestamp } = (await clientOf(world, 'alert').ask()) as { timestamp: string }
  const ahead = Date.parse(timestamp) - world.suite.clock.now()
  expect(ahead).toBe(90_000)
  const fresh = (tolerance: number) => Math.abs(ahead) <= tolerance
  expect([fresh(60_000), fresh(120_000)]).toEqual([false, true])
})
