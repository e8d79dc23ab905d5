import { createPublicKey, type JsonWebKey, verify } from 'node:crypto'
import { expect, test } from 'vitest'
import { startSuite } from '../../mocks/index.ts'

const internal = { 'x-internal-api-key': 'mock-internal-key-7c3e5a9d1f60' }
const json = { 'content-type': 'application/json' }
const start = (clock = '2026-01-17T09:15:30Z') => startSuite({ services: ['user'], ports: 'none', clock })

type Suite = Awaited<ReturnType<typeof start>>

/** Status and body of one exchange. */
async function ask<Body = unknown>(suite: Suite, path: string, headers: Record<string, string> = {}): Promise<[status: number, body: Body]> {
  const reply = await suite.fetch('user', path, { headers })
  return [reply.status, (await reply.json()) as Body]
}

async function send<Body = unknown>(
  suite: Suite,
  method: string,
  path: string,
  body: object | undefined,
  headers: Record<string, string> = {},
): Promise<[status: number, body: Body]> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) }
  const reply = await suite.fetch('user', path, { method, headers: { ...json, ...headers }, ...sent })
  return [reply.status, (await reply.json()) as Body]
}

interface Token {
  access_token: string
  token_type: string
}

async function login(suite: Suite, number: number, name = `user_${number}`) {
  const [status, body] = await send<Token>(suite, 'POST', '/v1/auth/login', { email: `${name}@example.com`, password: `Mock-Password-${number}` })
  expect([status, body]).toMatchObject([200, { token_type: 'Bearer' }])
  return { authorization: `Bearer ${body.access_token}` }
}

test('permissions tell what the document, the tests and the function executor want to know', async () => {
  await using suite = await start()
  expect(await ask(suite, '/api/v1/users/user_123/permissions')).toEqual([
    200,
    {
      user_id: 'user_123',
      role: 'premium',
      permissions: ['read_signals', 'access_market_data', 'execute_custom_functions', 'upload_functions', 'high_resource_limits'],
      entitlements: { fo_access: true, fo_expiry: null, tier: 'premium' },
      account_status: 'active',
      max_functions: 10,
      max_memory_mb: 32,
      max_timeout: 10,
    },
  ])
})

test('the profile has preferences and watchlist', async () => {
  await using suite = await start()
  expect(await ask(suite, '/api/v1/users/user_123/profile')).toMatchObject([
    200,
    { user_id: 'user_123', tier: 'premium', preferences: { timezone: 'Asia/Kolkata' }, watchlist: ['NSE@RELIANCE@EQ', 'NSE@NIFTY@INDEX'] },
  ])
})

test('the client sends no credential and is served; a wrong one is refused, and a strict suite wants one', async () => {
  await using suite = await start()
  await using strict = await startSuite({ services: ['user'], ports: 'none', strictAuth: true })
  const path = '/api/v1/users/user_123/permissions'
  expect(await ask(suite, path)).toMatchObject([200, {}])
  expect(await ask(suite, path, { 'x-internal-api-key': 'guess' })).toEqual([401, { detail: 'Invalid API key' }])
  expect(await ask(strict, path)).toEqual([401, { detail: 'X-Internal-API-Key header required' }])
  expect(await ask(strict, path, internal)).toMatchObject([200, {}])
})

test('an unknown user is a 404 each time that the client asks again', async () => {
  await using suite = await start()
  for (let attempt = 1; attempt <= 4; attempt += 1) {
    expect(await ask(suite, '/api/v1/users/nobody/permissions')).toEqual([404, { detail: 'User nobody not found' }])
  }
  expect(suite.journal.entries({ operation: 'getPermissions', status: 404 })).toHaveLength(4)
})

test('a name, a number and a subject mean the same person', async () => {
  await using suite = await start()
  for (const name of ['user_123', '123', 'user:123', 'user%3A123']) {
    expect(await ask(suite, `/api/v1/users/${name}/profile`)).toMatchObject([200, { user_id: 'user_123' }])
  }
})

test('whoever is not active keeps a profile and loses every permission', async () => {
  await using suite = await start()
  for (const [user, account_status, role] of [
    ['user_suspended', 'suspended', 'suspended'],
    ['user_deactivated', 'deactivated', 'basic'],
    ['user_pending', 'pending_verification', 'basic'],
  ]) {
    expect(await ask(suite, `/api/v1/users/${user}/permissions`)).toMatchObject([
      200,
      { account_status, role, permissions: [], entitlements: { fo_access: false }, max_functions: 0 },
    ])
  }
  suite.lane(0).store.table('world.users').update('user_123', { account_status: 'suspended' })
  expect(await ask(suite, '/api/v1/users/user_123/permissions')).toMatchObject([200, { role: 'suspended', permissions: [] }])
})

test('futures and options end at their expiry, in both forms of the entitlements', async () => {
  await using suite = await start('2025-12-31T23:59:30Z')
  const both = async () => [
    (await ask<{ entitlements: unknown }>(suite, '/api/v1/users/user_456/permissions'))[1].entitlements,
    (await ask<{ entitlements: unknown }>(suite, '/api/v1/users/user_456/entitlements'))[1].entitlements,
  ]
  expect(await both()).toEqual([{ fo_access: true, fo_expiry: '2026-01-01T00:00:00', tier: 'standard' }, ['equity', 'fo']])
  suite.clock.advance('29s')
  expect(await both()).toMatchObject([{ fo_access: true }, ['equity', 'fo']])
  suite.clock.advance('1s')
  expect(await both()).toEqual([{ fo_access: false, fo_expiry: '2026-01-01T00:00:00', tier: 'standard' }, ['equity']])
})

test('entitlements name the subscriptions that last, and the limits of the tier', async () => {
  await using suite = await start()
  const subscriptions = async (user: string) =>
    (await ask<{ active_subscriptions: { product_id: string }[] }>(suite, `/api/v1/users/${user}/entitlements`))[1].active_subscriptions.map(
      (one) => one.product_id,
    )
  expect(await ask(suite, '/api/v1/users/user_123/entitlements')).toMatchObject([
    200,
    { account_status: 'active', fo_access: true, limits: { max_concurrent_connections: 200, max_subscription_requests: 600 } },
  ])
  expect(await subscriptions('user_1')).toEqual(['prod_reversal_002'])
  suite.clock.advance('1h')
  expect(await subscriptions('user_1')).toEqual([])
})

test('a watchlist is the same under every path', async () => {
  await using suite = await start()
  suite
    .lane(0)
    .store.table('world.users')
    .update('user_789', { watchlist: ['NSE@TCS@EQ'] })
  expect(await ask(suite, '/api/v1/users/user_789/watchlist')).toEqual([200, { user_id: 'user_789', symbols: ['NSE@TCS@EQ'], custom_lists: {} }])
  expect(await ask(suite, '/api/v1/watchlist/user_789', internal)).toEqual([200, { watchlist: ['NSE@TCS@EQ'] }])
  expect(await ask(suite, '/api/v1/users/user_789/profile')).toMatchObject([200, { watchlist: ['NSE@TCS@EQ'] }])
  expect(await ask(suite, '/api/v1/watchlist/nobody')).toEqual([404, { detail: 'User nobody not found' }])
})

test('the order service learns what a person may do with a trading account', async () => {
  await using suite = await start()
  const check = (user_id: number, trading_account_id: number | string, ...required_permissions: string[]) =>
    send(suite, 'POST', '/api/v1/permissions/check', { user_id, trading_account_id, required_permissions }, internal)
  const all = ['view', 'trade', 'manage']

  expect(await check(123, 1, 'view', 'trade')).toEqual([200, { has_access: true, access_level: 'owner', permissions: all }])
  expect(await check(123, '1', 'trade')).toMatchObject([200, { has_access: true }])
  expect(await check(42, 1, 'trade')).toEqual([200, { has_access: true, access_level: 'trader', permissions: ['view', 'trade'] }])
  expect(await check(456, 1, 'trade')).toEqual([200, { has_access: false, access_level: 'viewer', permissions: ['view'] }])
  expect(await check(123, 1, 'withdraw')).toMatchObject([200, { has_access: false }])
  for (const [user, account] of [
    [789, 1],
    [999, 1],
    [123, 999],
    [13, 5],
  ] as const) {
    expect(await check(user, account, 'view')).toEqual([200, { has_access: false, access_level: 'none', permissions: [] }])
  }
  expect(await send(suite, 'POST', '/api/v1/permissions/check', { user_id: 123, trading_account_id: 1, required_permissions: [] })).toEqual([
    401,
    { detail: 'X-Internal-API-Key header required' },
  ])
})

test('trading accounts are found by id, by owner, by status and by the broker’s name for them', async () => {
  await using suite = await start()
  const base = '/api/v1/trading-accounts-integration'
  const ids = async (path: string) =>
    (await ask<{ accounts: { trading_account_id: number }[] }>(suite, path))[1].accounts.map((account) => account.trading_account_id)

  expect(await ask(suite, `${base}/1/basic`)).toMatchObject([200, { user_id: 123, broker: 'kite', status: 'ACTIVE' }])
  expect(await ask(suite, `${base}/by-broker-user-id/AB1230`)).toMatchObject([200, { trading_account_id: 1 }])
  expect(await ask(suite, `${base}/99/basic`)).toEqual([404, { detail: 'Trading account 99 not found' }])
  expect(await ids(`${base}/user/456/accounts`)).toEqual([3])
  expect(await ids(`${base}/user/456/accounts?include_shared=true`)).toEqual([3, 1])
  expect(await ids(`${base}/active?status_filter=ACTIVE&broker=kite`)).toEqual([1, 3, 5])
  expect(await ids('/api/v1/trading-accounts/internal?requesting_service=ticker_service&status_filter=ACTIVE')).toEqual([1, 3, 4, 5])
  expect(await ids('/v1/trading-accounts/internal')).toEqual([1, 2, 3, 4, 5])
  const queried = await send(suite, 'POST', `${base}/bulk-query`, { trading_account_ids: [1, 3, 99], user_id: 123 })
  expect(queried).toMatchObject([200, { total: 1, not_found: [99] }])
})

test('a decision names the policy behind it', async () => {
  await using suite = await start()
  const decide = async (subject: string, action: string, resource: string) => {
    const [, { decision, matched_policy }] = await send<Record<string, string>>(suite, 'POST', '/v1/authz/check', { subject, action, resource })
    return [decision, matched_policy]
  }
  expect(await decide('user:123', 'trade', 'trading_account:1')).toEqual(['allow', 'account-members'])
  expect(await decide('user:456', 'trade', 'trading_account:1')).toEqual(['default_deny', null])
  expect(await decide('user:123', 'upload_functions', 'function:mine')).toEqual(['allow', 'granted-permissions'])
  expect(await decide('user:2', 'manage', 'trading_account:4')).toEqual(['allow', 'admins-all'])
  expect(await decide('user:13', 'view', 'trading_account:5')).toEqual(['deny', 'inactive-denied'])
  expect(await decide('user:123', 'trade', 'segment:fo')).toEqual(['allow', 'fo-segment'])
  expect(await decide('user:456', 'trade', 'segment:fo')).toEqual(['default_deny', null])
  expect(await decide('user:789', 'update', 'user:789')).toEqual(['allow', 'own-things'])
  expect(await decide('service:ticker', 'read', 'user:1')).toEqual(['allow', 'services-read'])
})

test('a decision is kept for 60 seconds, even when the truth has changed', async () => {
  await using suite = await start()
  const check = async (query = '') =>
    (await send(suite, 'POST', `/v1/authz/check${query}`, { subject: 'user:123', action: 'trade', resource: 'trading_account:1' }))[1]
  expect(await check()).toMatchObject({ allowed: true, cached: false })
  suite.lane(0).store.table('world.users').update('user_123', { account_status: 'suspended' })
  suite.clock.advance('59s')
  expect(await check()).toMatchObject({ allowed: true, cached: true })
  expect(await check('?use_cache=false')).toMatchObject({ allowed: false, decision: 'deny', cached: false })
  suite.clock.advance('1s')
  expect(await check()).toMatchObject({ allowed: false, decision: 'deny', cached: false })
})

test('an invalidation forgets the decisions that it names, and wants a service behind it', async () => {
  await using suite = await start()
  const service = { 'x-service-token': 'mock-internal-key-7c3e5a9d1f60' }
  const check = async (number: number) =>
    (await send<{ cached: boolean }>(suite, 'POST', '/v1/authz/check', { subject: `user:${number}`, action: 'read_signals', resource: 'signal:momentum' }))[1]
      .cached
  const invalidate = (body: object, headers: Record<string, string>) => send(suite, 'POST', '/v1/authz/cache/invalidate', body, headers)

  expect([await check(123), await check(456), await check(123), await check(456)]).toEqual([false, false, true, true])
  expect(await invalidate({ subject: 'user:123' }, {})).toEqual([403, { detail: 'Service token required' }])
  expect(await invalidate({ subject: 'user:123' }, { authorization: 'Bearer guess' })).toEqual([401, { detail: 'Invalid service token: Invalid audience' }])
  expect(await invalidate({ subject: 'user:123' }, service)).toMatchObject([200, { invalidated_keys: 1 }])
  expect([await check(123), await check(456)]).toEqual([false, true])
  expect(await invalidate({ invalidate_all: true }, service)).toMatchObject([200, { invalidated_keys: 2 }])
  expect(await check(456)).toBe(false)
  expect(await invalidate({}, service)).toMatchObject([200, { invalidated_keys: 0 }])
})

test('one bad question in a hundred is denied and leaves the others alone', async () => {
  await using suite = await start()
  const good = { subject: 'user:123', action: 'read_signals', resource: 'signal:momentum' }
  expect(await send(suite, 'POST', '/v1/authz/check/bulk', { checks: [good, { ...good, subject: 'nonsense' }, good] })).toEqual([
    200,
    {
      results: [
        expect.objectContaining({ decision: 'allow', cached: false }),
        expect.objectContaining({ allowed: false, decision: 'error' }),
        expect.objectContaining({ decision: 'allow', cached: true }),
      ],
      summary: { allowed: 2, denied: 1, cached: 1 },
    },
  ])
  expect(await send(suite, 'POST', '/v1/authz/check/bulk', { checks: Array(101).fill(good) })).toMatchObject([422, { detail: [{ type: 'too_long' }] }])
})

test('a right over an account comes from owning it or from a membership', async () => {
  await using suite = await start()
  const check = async (user_id: number, permission: string) =>
    (await send(suite, 'POST', '/v1/authz/permissions/check', { user_id, trading_account_id: 1, permission }))[1]
  expect(await check(123, 'manage')).toEqual({ has_permission: true, permission_source: 'owner', membership_role: null })
  expect(await check(42, 'trade')).toEqual({ has_permission: true, permission_source: 'membership', membership_role: 'trader' })
  expect(await check(42, 'manage')).toEqual({ has_permission: false, permission_source: null, membership_role: null })
})

test('a login opens what needs a token, for 15 minutes on the clock', async () => {
  await using suite = await start()
  const token = await login(suite, 123)
  expect(await ask(suite, '/v1/users/me')).toEqual([403, { detail: 'Not authenticated' }])
  expect(await ask(suite, '/v1/users/me', token)).toMatchObject([200, { user_id: 123, roles: ['user'], status: 'active' }])
  suite.clock.advance('899s')
  expect(await ask(suite, '/v1/users/me', token)).toMatchObject([200, { user_id: 123 }])
  suite.clock.advance('1s')
  const expired = await suite.fetch('user', '/v1/users/me', { headers: token })
  expect([expired.status, expired.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
  expect(await expired.json()).toEqual({ detail: 'Could not validate credentials' })
})

test('anybody can verify a token with the published key, and nobody can change it', async () => {
  await using suite = await start()
  const { authorization } = await login(suite, 456)
  const [head = '', body = '', signature = ''] = authorization.replace('Bearer ', '').split('.')
  for (const path of ['/v1/auth', '/auth', '/api/v1/auth']) {
    const [, { keys }] = await ask<{ keys: [JsonWebKey] }>(suite, `${path}/.well-known/jwks.json`)
    const key = createPublicKey({ key: keys[0], format: 'jwk' })
    expect(verify('RSA-SHA256', Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url'))).toBe(true)
  }
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString())
  expect(claims).toMatchObject({ iss: 'user_service', sub: 'user:456', aud: ['trading_platform'], scp: ['read', 'trade'], roles: ['user'], acct_ids: [3, 1] })
  const forged = Buffer.from(JSON.stringify({ ...claims, sub: 'user:2', roles: ['admin'] })).toString('base64url')
  for (const token of [`${head}.${forged}.${signature}`, `${head}.${body}.`, `${head}.${body}`, 'nonsense']) {
    expect(await ask(suite, '/v1/users/me', { authorization: `Bearer ${token}` })).toMatchObject([401, { detail: 'Could not validate credentials' }])
  }
})

test('the cookie of a login renews the token until somebody logs out', async () => {
  await using suite = await start()
  const credentials = JSON.stringify({ email: 'user_123@example.com', password: 'Mock-Password-123' })
  const reply = await suite.fetch('user', '/v1/auth/login', { method: 'POST', headers: json, body: credentials })
  const set = reply.headers.get('set-cookie') ?? ''
  expect(set).toMatch(/^__Secure-refresh_token=[0-9a-f]{64}; HttpOnly; Max-Age=604800; Path=\/v1\/auth; SameSite=strict; Secure$/)
  const cookie = { cookie: set.split(';', 1)[0] ?? '' }

  suite.clock.advance('1h')
  const [, { access_token }] = await send<Token>(suite, 'POST', '/v1/auth/refresh', undefined, cookie)
  const token = { authorization: `Bearer ${access_token}` }
  expect(await ask(suite, '/v1/users/me', token)).toMatchObject([200, { user_id: 123 }])
  expect(await send(suite, 'POST', '/v1/auth/logout', undefined, token)).toEqual([200, { message: 'Logged out successfully' }])
  expect(await ask(suite, '/v1/users/me', token)).toMatchObject([401, {}])
  expect(await send(suite, 'POST', '/v1/auth/refresh', undefined, cookie)).toEqual([401, { detail: 'Invalid refresh token' }])
  expect(await send(suite, 'POST', '/v1/auth/refresh', undefined)).toEqual([401, { detail: 'Refresh token missing' }])
})

test('whoever is not active is told so at the door, or at the first thing they ask for', async () => {
  await using suite = await start()
  const enter = (name: string, number: number) => send(suite, 'POST', '/v1/auth/login', { email: `${name}@example.com`, password: `Mock-Password-${number}` })
  expect(await enter('user_suspended', 13)).toEqual([403, { detail: 'Account has been suspended' }])
  expect(await enter('user_deactivated', 14)).toEqual([403, { detail: 'Account has been deactivated' }])
  const pending = await login(suite, 15, 'user_pending')
  expect(await ask(suite, '/v1/users/me', pending)).toEqual([403, { detail: 'Account status is pending_verification. Active status required.' }])
  const token = await login(suite, 123)
  suite.lane(0).store.table('world.users').update('user_123', { account_status: 'suspended' })
  expect(await ask(suite, '/v1/users/me', token)).toEqual([403, { detail: 'Account status is suspended. Active status required.' }])
})

test('five wrong passwords lock the door for 15 minutes', async () => {
  await using suite = await start()
  const attempt = async (password: string) => {
    const body = JSON.stringify({ email: 'user_123@example.com', password })
    const reply = await suite.fetch('user', '/v1/auth/login', { method: 'POST', headers: json, body })
    return [reply.status, reply.headers.get('retry-after')]
  }
  for (let wrong = 1; wrong <= 5; wrong += 1) expect(await attempt('guess')).toEqual([401, null])
  expect(await attempt('Mock-Password-123')).toEqual([429, '900'])
  suite.clock.advance('15m')
  expect(await attempt('Mock-Password-123')).toEqual([200, null])
})

test('a registration makes a person whom every generation knows, and sends a mail', async () => {
  await using suite = await start()
  const body = { email: 'new@example.com', password: 'Correct-Horse-9', name: 'New Person' }
  const register = (changed: object = {}) => send(suite, 'POST', '/v1/auth/register', { ...body, ...changed })
  expect(await register({ password: 'all-lower-case' })).toMatchObject([400, { detail: expect.stringContaining('Password') }])
  expect(await register()).toEqual([
    201,
    { user_id: 1001, email: 'new@example.com', status: 'pending_verification', verification_email_sent: true, created_at: '2026-01-17T09:15:30' },
  ])
  expect(await register()).toEqual([409, { detail: 'Email already registered' }])
  expect(await ask(suite, '/api/v1/users/user_1001/profile')).toMatchObject([200, { name: 'New Person', account_status: 'pending_verification' }])
  expect(suite.lane(0).store.table('world.messages').all()).toMatchObject([{ to: ['new@example.com'], channel: 'email', service: 'user' }])
})

test('whoever joins the world later can come in too, with the number in the password', async () => {
  await using suite = await start()
  const users = suite.lane(0).store.table('world.users')
  users.insert({ ...users.get('user_789'), user_id: 'user_5000', number: 5000, email: 'user_5000@example.com', name: 'Late Comer' })
  expect(await ask(suite, '/v1/users/me', await login(suite, 5000))).toMatchObject([200, { user_id: 5000, name: 'Late Comer' }])
})

test('preferences merge member by member: lists are replaced, null removes', async () => {
  await using suite = await start()
  const token = await login(suite, 123)
  const change = async (preferences: object) =>
    (await send<{ preferences: object }>(suite, 'PUT', '/v1/users/me/preferences', { preferences }, token))[1].preferences
  expect(await change({ chart: { theme: 'dark', studies: ['rsi', 'macd'] } })).toEqual({
    timezone: 'Asia/Kolkata',
    chart: { theme: 'dark', studies: ['rsi', 'macd'] },
  })
  expect(await change({ chart: { studies: ['vwap'], grid: true } })).toMatchObject({ chart: { theme: 'dark', studies: ['vwap'], grid: true } })
  expect(await change({ chart: { theme: null }, timezone: null })).toEqual({ chart: { studies: ['vwap'], grid: true } })
  expect(await send(suite, 'PUT', '/v1/users/me/preferences', { default_trading_account_id: 3 }, token)).toEqual([
    404,
    { detail: 'Trading account 3 not found' },
  ])
})

test('what one generation writes, the others read', async () => {
  await using suite = await start()
  const token = await login(suite, 123)
  await send(suite, 'PUT', '/v1/users/me/preferences', { preferences: { timezone: 'Asia/Dubai', theme: 'dark' } }, token)
  await send(suite, 'PUT', '/users/123', { last_name: 'Menon' }, token)

  expect(await ask(suite, '/api/v1/users/user_123/profile')).toMatchObject([
    200,
    { name: 'Asha Menon', preferences: { timezone: 'Asia/Dubai', theme: 'dark' } },
  ])
  expect(await ask(suite, '/v1/users/me', token)).toMatchObject([200, { name: 'Asha Menon', timezone: 'Asia/Dubai' }])
  expect(suite.lane(0).store.table('world.users').get('user_123')).toMatchObject({ name: 'Asha Menon', timezone: 'Asia/Dubai' })
})

test('a person by number has a public profile; what is no number is refused in pydantic’s words', async () => {
  await using suite = await start()
  const token = await login(suite, 123)
  expect(await ask(suite, '/v1/users/456', token)).toEqual([200, { user_id: 456, name: 'Vikram Iyer', status: 'active', created_at: '2025-06-18T09:00:00' }])
  expect(await ask(suite, '/v1/users/999', token)).toEqual([404, { detail: 'User 999 not found' }])
  expect(await ask(suite, '/v1/users/statistics', token)).toEqual([
    422,
    {
      detail: [
        {
          type: 'int_parsing',
          loc: ['path', 'user_id'],
          msg: 'Input should be a valid integer, unable to parse string as an integer',
          input: 'statistics',
          url: 'https://errors.pydantic.dev/2.5/v/int_parsing',
        },
      ],
    },
  ])
})

test('an admin hands out roles and shuts people out; nobody else does', async () => {
  await using suite = await start()
  const [asha, admin] = [await login(suite, 123), await login(suite, 2, 'user_admin')]
  const reason = { reason: 'Asked to leave us' }
  expect(await send(suite, 'POST', '/v1/users/456/deactivate', reason, asha)).toEqual([403, { detail: 'Access denied. Required role: admin' }])
  expect(await send(suite, 'POST', '/v1/users/123/roles', { role: 'compliance' }, admin)).toEqual([200, { user_id: 123, roles: ['user', 'compliance'] }])
  expect(await send(suite, 'DELETE', '/v1/users/123/roles/compliance', undefined, admin)).toEqual([200, { user_id: 123, roles: ['user'] }])
  expect(await send(suite, 'DELETE', '/v1/users/123/roles/user', undefined, admin)).toMatchObject([400, {}])
  expect(await send(suite, 'POST', '/v1/users/123/roles', { role: 'admin' }, admin)).toMatchObject([200, { roles: ['user', 'admin'] }])
  expect(await ask(suite, '/api/v1/users/user_123/permissions')).toMatchObject([200, { role: 'admin' }])

  expect(await send(suite, 'POST', '/v1/users/123/deactivate', { reason: 'too short' }, admin)).toMatchObject([422, {}])
  expect(await send(suite, 'POST', '/v1/users/123/deactivate', reason, admin)).toMatchObject([200, { status: 'deactivated', sessions_revoked: 1 }])
  expect(await ask(suite, '/v1/users/me', asha)).toMatchObject([401, {}])
  expect(await ask(suite, '/api/v1/users/user_123/permissions')).toMatchObject([200, { account_status: 'deactivated', permissions: [] }])
})

test('one sees one’s own accounts and keys, and nobody else’s', async () => {
  await using suite = await start()
  const token = await login(suite, 123)
  const own = [
    { trading_account_id: 1, is_owner: true, permissions: ['view', 'trade', 'manage'] },
    { trading_account_id: 2, status: 'INACTIVE', permissions: ['view'] },
  ]
  expect(await ask(suite, '/v1/trading-accounts', token)).toMatchObject([200, { accounts: own, total: 2 }])
  expect(await ask(suite, '/v1/users/me/accounts', token)).toMatchObject([200, { accounts: own }])
  expect(await send(suite, 'POST', '/v1/trading-accounts/3/permissions/check', { trading_account_id: 3, required_permissions: ['view'] }, token)).toEqual([
    200,
    { has_access: false, is_owner: false, permissions: [], reason: 'Insufficient permissions' },
  ])

  expect(await ask(suite, '/v1/api-keys', token)).toMatchObject([
    200,
    { total: 2, api_keys: [{ key_id: 'key_charts' }, { key_id: 'key_backtest', status: 'active' }] },
  ])
  expect(await ask(suite, '/v1/api-keys/key_bots', token)).toEqual([404, { detail: 'API key key_bots not found' }])
  const gone = await suite.fetch('user', '/v1/api-keys/key_charts', { method: 'DELETE', headers: token })
  expect([gone.status, await gone.text()]).toEqual([204, ''])
  expect(await ask(suite, '/v1/api-keys/key_charts', token)).toMatchObject([404, {}])
})

test('an API key expires on the clock', async () => {
  await using suite = await start('2026-01-31T23:59:00Z')
  const token = await login(suite, 123)
  const status = async () => (await ask<{ status: string }>(suite, '/v1/api-keys/key_backtest', token))[1].status
  expect(await status()).toBe('active')
  suite.clock.advance('1m')
  expect(await status()).toBe('expired')
})

test('the former generation logs in by form, and answers 200 where it makes somebody', async () => {
  await using suite = await start()
  const enter = async (password: string): Promise<[number, Token]> => {
    const reply = await suite.fetch('user', '/auth/login', { method: 'POST', body: new URLSearchParams({ username: 'user_42', password }) })
    return [reply.status, (await reply.json()) as Token]
  }
  expect(await enter('guess')).toEqual([401, { detail: 'Invalid username or password' }])
  const [, { access_token, token_type }] = await enter('Mock-Password-42')
  expect(token_type).toBe('bearer')
  const token = { authorization: `Bearer ${access_token}` }

  expect(await ask(suite, '/auth/me')).toEqual([401, { detail: 'Not authenticated' }])
  expect(await ask(suite, '/auth/me', token)).toMatchObject([200, { id: 42, username: 'user_42', role: 'VIEWER', keycloak_roles: ['user'], groups: [] }])
  const person = { first_name: 'New', last_name: 'Person', email: 'new@example.com', phone: '+919812345678' }
  expect(await send(suite, 'POST', '/users/', person, token)).toEqual([200, { ...person, id: 1001, role: 'VIEWER' }])
  expect(await send(suite, 'POST', '/users/', { ...person, phone: '98' }, token)).toMatchObject([422, { detail: [{ type: 'string_pattern_mismatch' }] }])
  expect(await ask(suite, '/users/search/PERSON', token)).toMatchObject([200, [{ id: 1001 }]])
  expect(await ask(suite, '/users/abc', token)).toMatchObject([422, { detail: [{ type: 'int_parsing' }] }])
})

test('whom the former generation deletes, the new one remembers as deactivated', async () => {
  await using suite = await start()
  const token = await login(suite, 42)
  expect(await send(suite, 'DELETE', '/users/789', undefined, token)).toMatchObject([200, {}])
  expect(await ask(suite, '/users/789', token)).toEqual([404, { detail: 'User not found' }])
  expect(await ask(suite, '/v1/users/789', token)).toMatchObject([200, { status: 'deactivated' }])
  expect(await ask(suite, '/api/v1/users/user_789/permissions')).toMatchObject([200, { account_status: 'deactivated', permissions: [] }])
})

test('it is healthy in the words of both generations, and Prometheus can count its people', async () => {
  await using suite = await start()
  expect(await ask(suite, '/health')).toMatchObject([200, { status: 'healthy', overall_status: 'healthy', checks: { database: 'healthy', redis: 'healthy' } }])
  expect(await ask(suite, '/api/v1/health')).toMatchObject([200, { status: 'healthy' }])
  await login(suite, 123)
  const metrics = await suite.fetch('user', '/metrics')
  expect(metrics.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  expect((await metrics.text()).split('\n')).toEqual(expect.arrayContaining(['user_service_users{status="suspended"} 1', 'user_service_sessions 1']))
})

test('the same seed and instant give the same token; a reset forgets who came in', async () => {
  await using suite = await start()
  await using twin = await start()
  const token = await login(suite, 123)
  expect(await login(twin, 123)).toEqual(token)
  suite.reset()
  expect(await ask(suite, '/v1/users/me', token)).toMatchObject([401, {}])
  expect(await login(suite, 123)).toEqual(token)
})
