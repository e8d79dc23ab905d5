import { ConstantBackoff, handleAll, retry } from 'cockatiel'
import { expect, test } from 'vitest'
import { asks } from './asks.ts'
import { clientOf, Refused } from './client.ts'
import { type Live, live } from './live.ts'

// The work is done and its answer is lost: the failure that a retry makes worse.

const blind = retry(handleAll, { maxAttempts: 3, backoff: new ConstantBackoff(1000) })
const messages = (world: Live, service: string) =>
  [...world.suite.lane(0).store.table('world.messages').all()].filter((message) => (message as { service: string }).service === service)

test('alert-answer-lost: a blind retry tells the user twice; one that asks first does not', async () => {
  const alertsOfSignal = async (send: (world: Live) => Promise<unknown>) => {
    await using world = await live('alert-answer-lost', ['alert'])
    const before = messages(world, 'alert').length
    await world.until(send(world))
    return (messages(world, 'alert').length - before) / asks.alert.body.channels.length
  }
  expect(await alertsOfSignal((world) => blind.execute(() => clientOf(world, 'alert').ask()))).toBe(2)
  expect(await alertsOfSignal(sendOnce)).toBe(1)
})

/** Asks whether the signal is known before it sends again. */
async function sendOnce(world: Live): Promise<unknown> {
  const client = clientOf(world, 'alert')
  const status = { path: `/api/v1/alerts/${asks.alert.body.metadata.signal_id}/status`, headers: asks.alert.headers }
  try {
    return await client.ask()
  } catch {
    return await client.ask(status).catch((error: unknown) => (error instanceof Refused && error.status === 404 ? client.ask() : Promise.reject(error)))
  }
}

test('comms-answer-lost: a blind retry writes twice, and the client never learns the first id', async () => {
  await using world = await live('comms-answer-lost', ['comms'])
  const before = messages(world, 'comms').length
  const { email_id } = (await world.until(blind.execute(() => clientOf(world, 'comms').ask()))) as { email_id: string }
  expect(email_id).toBeTruthy()
  expect(messages(world, 'comms').length - before).toBe(2)
})

test('marketplace-usage-lost: a blind retry counts twice; one that reads the quota first does not', async () => {
  const { headers } = asks.marketplace
  const usage = { path: '/api/v1/internal/usage', method: 'POST', headers, body: { user_id: 'user_123', quantity: 3 } }
  const used = async (world: Live) =>
    ((await clientOf(world, 'marketplace').ask({ path: '/api/v1/internal/quota?user_id=user_123', headers })) as { quota: { used: number } }).quota.used
  {
    await using world = await live('marketplace-usage-lost', ['marketplace'])
    await world.until(blind.execute(() => clientOf(world, 'marketplace').ask(usage)))
    expect(await used(world)).toBe(6)
  }
  await using world = await live('marketplace-usage-lost', ['marketplace'])
  const before = await used(world)
  const recorded = await clientOf(world, 'marketplace')
    .ask(usage)
    .catch(() => undefined)
  if (recorded === undefined && (await used(world)) < before + 3) await clientOf(world, 'marketplace').ask(usage)
  expect(await used(world)).toBe(3)
})

test('metrics-push-lost: a blind retry makes a counter count twice', async () => {
  await using world = await live('metrics-push-lost', ['metrics'])
  await world.until(blind.execute(() => clientOf(world, 'metrics').ask()))
  await expect(clientOf(world, 'metrics').ask({ path: '/metrics' })).resolves.toMatch(/^signals_total 2$/m)
})
