import { BrokenCircuitError, CircuitState } from 'cockatiel'
import { expect, test } from 'vitest'
import { asks } from './asks.ts'
import { type Client, clientOf, Refused } from './client.ts'
import { live } from './live.ts'

/** Fail-closed: access is what was said in so many words, of this user. */
async function granted(client: Client): Promise<boolean> {
  const verdict = (await client.ask().catch(() => undefined)) as { is_valid?: unknown; user_id?: unknown } | undefined
  return verdict?.is_valid === true && verdict.user_id === 'user_123'
}

test('entitlements-flap: access is denied while nobody can tell, and granted again after the breaker half-opens', async () => {
  await using world = await live('entitlements-flap', ['marketplace'])
  const client = clientOf(world, 'marketplace')
  expect([await granted(client), await granted(client)]).toEqual([true, true])
  for (let refusal = 1; refusal <= 3; refusal += 1) expect(await granted(client)).toBe(false)
  expect(client.breaker.state).toBe(CircuitState.Open)
  await expect(client.ask()).rejects.toThrow(BrokenCircuitError)
  await world.pass(45_000)
  expect(await granted(client)).toBe(true)
})

test('marketplace-token-expired: the stream ends at the first check that says so', async () => {
  await using world = await live('marketplace-token-expired', ['marketplace'])
  const client = clientOf(world, 'marketplace')
  expect(await granted(client)).toBe(true)
  expect(await granted(client)).toBe(false)
  expect(await client.ask()).toMatchObject({ is_valid: false, reason: 'expired' })
})

test('marketplace-wrong-user: valid is not enough, it has to be valid for this user', async () => {
  await using world = await live('marketplace-wrong-user', ['marketplace'])
  const client = clientOf(world, 'marketplace')
  expect(await client.ask()).toMatchObject({ is_valid: true })
  expect(await granted(client)).toBe(false)
})

test('marketplace-lying: a text is no boolean, whatever it says', async () => {
  await using world = await live('marketplace-lying', ['marketplace'])
  const client = clientOf(world, 'marketplace')
  const verdict = (await client.ask()) as { is_valid: unknown }
  expect(typeof verdict.is_valid).not.toBe('boolean')
  expect(await granted(client)).toBe(false)
})

test('marketplace-stale-entitlements: what was lost is still told for five minutes, but the token no longer holds', async () => {
  await using world = await live('marketplace-stale-entitlements', ['marketplace'])
  const client = clientOf(world, 'marketplace')
  const subscriptions = { path: '/api/v1/users/user_123/subscriptions', headers: asks.marketplace.headers }
  const products = async () =>
    ((await client.ask(subscriptions)) as { subscriptions: { product_id: string }[] }).subscriptions.map(({ product_id }) => product_id)
  expect(await products()).toContain('prod_momentum_001')

  const table = world.suite.lane(0).store.table('world.subscriptions')
  table.put({ ...table.get('sub_4711'), status: 'cancelled' })
  expect(await products()).toContain('prod_momentum_001')
  expect(await granted(client)).toBe(false)
  await world.pass(300_250)
  expect(await products()).not.toContain('prod_momentum_001')
})

test('marketplace-tier-changes: the features go at the next check', async () => {
  await using world = await live('marketplace-tier-changes', ['marketplace'])
  const client = clientOf(world, 'marketplace')
  const features = async () =>
    ((await client.ask({ path: '/api/v1/users/user_123/tier', headers: asks.marketplace.headers })) as { features: string[] }).features
  expect(await features()).toContain('premium_analysis')
  expect(await features()).toContain('premium_analysis')
  expect(await features()).toEqual(['public_signals', 'common_indicators'])
})

test('user-lying: null permissions are none', async () => {
  await using world = await live('user-lying', ['user'])
  const { permissions } = (await clientOf(world, 'user').ask()) as { permissions: string[] | null }
  expect(permissions).toBeNull()
  const may = (what: string) => permissions?.includes(what) ?? false
  expect(may('read_signals')).toBe(false)
})

test('user-token-expired: the session ends, and a person has to log in again', async () => {
  await using world = await live('user-token-expired', ['user'])
  const client = clientOf(world, 'user')
  const login = { path: '/v1/auth/login', method: 'POST', body: { email: 'user_123@example.com', password: 'Mock-Password-123' } }
  const { access_token } = (await client.ask(login)) as { access_token: string }
  const me = { path: '/v1/users/me', headers: { authorization: `Bearer ${access_token}` } }
  await expect(client.ask(me)).resolves.toMatchObject({ user_id: expect.anything() })
  await expect(client.ask(me)).rejects.toSatisfy((error) => error instanceof Refused && error.status === 401)
})
