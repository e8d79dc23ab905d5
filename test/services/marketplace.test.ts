import { expect, test } from 'vitest'
import { startSuite } from '../../mocks/index.ts'
import { compareVersions } from '../../mocks/marketplace/semver.ts'

/** A reply that breaks the contract fails the test that met it. */
const complain = (message: string) => {
  throw new Error(message)
}
const start = () => startSuite({ services: ['marketplace', 'watermark'], ports: 'none', clock: '2026-01-17T09:15:30Z', complain })
type Suite = Awaited<ReturnType<typeof start>>
type Reply = { status: number; body: Record<string, unknown> }

const service = { 'x-internal-api-key': 'mock-internal-key-7c3e5a9d1f60' }
const gateway = { 'x-gateway-secret': 'mock-gateway-secret-b84d2e6f90a1' }
/** The headers of the signal service's client: the key of the fleet, and the user for whom it passes as the gateway. */
const as = (user: string, more: Record<string, string> = {}) => ({ ...service, ...gateway, 'x-user-id': user, ...more })

async function ask(suite: Suite, method: string, path: string, headers: Record<string, string> = service, body?: unknown): Promise<Reply> {
  const reply = await suite.fetch('marketplace', path, {
    method,
    headers: { ...headers, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await reply.text()
  return { status: reply.status, body: text.startsWith('{') ? JSON.parse(text) : { text } }
}

const read = async (suite: Suite, path: string, headers?: Record<string, string>) => (await ask(suite, 'GET', path, headers)).body

const verify = async (suite: Suite, execution_token: string, product_id: string, user_id: string) =>
  (await ask(suite, 'POST', '/api/v1/integration/verify-execution-token', service, { execution_token, product_id, user_id })).body

const record = (suite: Suite, table: string, key: string, patch: object) => suite.lane(0).store.table(`world.${table}`).update(key, patch)

// Tokens

test('a token is good for its user and its product', async () => {
  await using suite = await start()
  expect(await verify(suite, 'exec_token_abc123', 'prod_momentum_001', 'user_123')).toEqual({
    is_valid: true,
    product_id: 'prod_momentum_001',
    user_id: 'user_123',
    subscription_id: 'sub_4711',
    expires_at: '2027-01-17T09:15:30Z',
  })
})

test.each([
  ['exec_token_guessed', 'prod_momentum_001', 'user_123', 'unknown_token'],
  ['exec_token_abc123', 'prod_momentum_001', 'user_456', 'wrong_user'],
  ['exec_token_abc123', 'prod_123', 'user_123', 'wrong_product'],
  ['exec_token_expired', 'prod_momentum_001', 'user_42', 'expired'],
  ['exec_token_revoked', 'prod_momentum_001', 'user_1', 'revoked'],
])('%s for %s and %s does not hold, and the answer, still a 200, says why: %4$s', async (token, product_id, user_id, reason) => {
  await using suite = await start()
  const reply = await ask(suite, 'POST', '/api/v1/integration/verify-execution-token', service, { execution_token: token, product_id, user_id })
  expect(reply).toEqual({ status: 200, body: { is_valid: false, product_id, user_id, reason } })
})

test('a token expires on the clock, to the second', async () => {
  await using suite = await start()
  const valid = async () => (await verify(suite, 'exec_token_one_hour', 'prod_reversal_002', 'user_1')).is_valid
  suite.clock.advance('3599s')
  expect(await valid()).toBe(true)
  suite.clock.advance('1s')
  expect(await valid()).toBe(false)
  suite.reset()
  expect(await valid()).toBe(true)
})

test('a token falls with its subscription and with its user’s account', async () => {
  await using suite = await start()
  const reason = async () => (await verify(suite, 'exec_token_abc123', 'prod_momentum_001', 'user_123')).reason
  record(suite, 'subscriptions', 'sub_4711', { status: 'cancelled' })
  expect(await reason()).toBe('subscription_inactive')
  suite.reset()
  record(suite, 'users', 'user_123', { account_status: 'suspended' })
  expect(await reason()).toBe('account_inactive')
})

test('a user may be named by number, as other services know them', async () => {
  await using suite = await start()
  expect(await verify(suite, 'exec_token_abc123', 'prod_momentum_001', '123')).toMatchObject({ is_valid: true, user_id: '123' })
  expect(await read(suite, '/api/v1/entitlements/user/user:123')).toMatchObject({ user_id: 'user_123' })
})

test('the route of the documents tells what a token entitles to, stream by stream', async () => {
  await using suite = await start()
  const check = (token: string, stream: string) => ask(suite, 'POST', '/api/v1/integration/verify-execution', service, { token, stream })
  expect(await check('exec_token_user_456', 'marketplace:prod_momentum_001:NSE@NIFTY@INDEX:momentum')).toEqual({
    status: 200,
    body: {
      valid: true,
      user_id: 'user_456',
      entitlements: ['public_signals', 'common_indicators', 'marketplace_signals'],
      rate_limits: { requests_per_minute: 180 },
    },
  })
  expect(await check('exec_token_user_456', 'personal:user_456:mine:NSE@NIFTY@INDEX')).toEqual({
    status: 403,
    body: { valid: false, error: 'Not entitled to this stream', required: ['personal_signals'] },
  })
  expect(await check('exec_token_user_456', 'marketplace:prod_123:NSE@NIFTY@INDEX:momentum')).toMatchObject({
    status: 403,
    body: { required: ['product:prod_123'] },
  })
  expect(await check('exec_token_abc123', 'personal:user_456:mine:NSE@NIFTY@INDEX')).toMatchObject({ status: 403, body: { required: ['user:user_456'] } })
  expect(await check('exec_token_expired', 'public:NSE@NIFTY@INDEX:rsi')).toEqual({ status: 401, body: { detail: 'Invalid execution token: expired' } })
})

// Subscriptions and access

test('a subscriber’s list holds everything that the next calls need: the token, the signals and their parameters', async () => {
  await using suite = await start()
  const { subscriptions, total_count } = await read(suite, '/api/v1/users/user_123/subscriptions', as('user_123'))
  expect(total_count).toBe(2)
  expect(subscriptions).toContainEqual({
    subscription_id: 'sub_4711',
    product_id: 'prod_momentum_001',
    product_name: 'Momentum Pro',
    status: 'active',
    tier: 'premium',
    execution_token: 'exec_token_abc123',
    created_at: '2026-01-02T00:00:00Z',
    expires_at: '2027-01-17T09:15:30Z',
    signals: [{ name: 'momentum', description: 'Momentum score', indicators: ['momentum', 'breakout'], default_params: { period: 14 } }],
    product: { tier: 'standard', is_premium: false, is_enterprise: false },
    features: ['public_signals', 'common_indicators', 'marketplace_signals', 'fo_greeks_access', 'premium_analysis', 'personal_signals'],
    limits: { concurrent_connections: 200, requests_per_minute: 600 },
  })
})

test('inactive subscriptions are listed only when asked for', async () => {
  await using suite = await start()
  const path = '/api/v1/users/user_1/subscriptions'
  const statuses = async (query = '') => {
    const { subscriptions } = await read(suite, `${path}${query}`, as('user_1'))
    return (subscriptions as { subscription_id: string; status: string }[]).map(({ subscription_id, status }) => `${subscription_id} ${status}`)
  }
  expect(await statuses()).toEqual(['sub_47 active'])
  expect(await statuses('?include_inactive=true')).toEqual(['sub_46 cancelled', 'sub_47 active'])
  suite.clock.advance('1h')
  expect(await statuses()).toEqual([])
  expect(await statuses('?include_inactive=true')).toEqual(['sub_46 cancelled', 'sub_47 expired'])
})

test('the gateway’s user sees their own data, an operator everybody’s, and a service that names nobody is trusted', async () => {
  await using suite = await start()
  const path = '/api/v1/users/user_123/subscriptions'
  expect(await ask(suite, 'GET', path, as('user_456'))).toEqual({ status: 403, body: { detail: "Not authorized to access another user's data" } })
  expect(await ask(suite, 'GET', path, as('123'))).toMatchObject({ status: 200 })
  expect(await ask(suite, 'GET', path, as('user_admin'))).toMatchObject({ status: 200 })
  expect(await ask(suite, 'GET', path, service)).toMatchObject({ status: 200 })
})

test('access ends when the subscription does: no signals, no groups, and the reason', async () => {
  await using suite = await start()
  const see = async (what: string) => read(suite, `/api/v1/products/prod_reversal_002/${what}`, as('user_1'))
  expect(await see('access-check')).toMatchObject({ has_access: true, access_level: 'subscription', subscription_status: 'active' })
  expect(await see('signals')).toMatchObject({ signals: [{ name: 'mean_reversion', indicators: ['zscore'] }], subscription_id: 'sub_47' })
  suite.clock.advance('1h')
  expect(await see('access-check')).toMatchObject({ has_access: false, access_level: 'none', subscription_status: 'expired' })
  expect(await see('signals')).toEqual({
    product_id: 'prod_reversal_002',
    signals: [],
    subscription_id: null,
    requires_subscription: true,
    has_active_subscription: false,
  })
  expect(await see('definition')).toMatchObject({ name: 'Mean Reversion', signal_groups: [], user_access: { has_access: false } })
})

test('what is free is open to everybody, and a creator needs no subscription', async () => {
  await using suite = await start()
  const access = async (product: string, user: string) => (await read(suite, `/api/v1/products/${product}/access-check`, as(user))).has_access
  expect(await access('prod_free_004', 'user_789')).toBe(true)
  expect(await access('prod_pinned_003', 'user_7')).toBe(true)
  expect(await access('prod_pinned_003', 'user_789')).toBe(false)
  expect(await access('prod_free_004', 'user_suspended')).toBe(false)
})

test('a product for a tier is open to that tier and those above it', async () => {
  await using suite = await start()
  record(suite, 'products', 'prod_pinned_003', { access_level: 'premium' })
  const access = async (user: string) => (await read(suite, '/api/v1/products/prod_pinned_003/access-check', as(user))).has_access
  expect([await access('user_456'), await access('user_123'), await access('system')]).toEqual([false, true, true])
})

test('an execution token stands in for the user, and one that does not hold closes the door', async () => {
  await using suite = await start()
  const check = (headers: Record<string, string>) => read(suite, '/api/v1/products/prod_momentum_001/access-check', headers)
  expect(await check({ ...gateway, 'x-execution-token': 'exec_token_user_456' })).toMatchObject({ has_access: true })
  expect(await check(as('user_123', { 'x-execution-token': 'exec_token_user_456' }))).toMatchObject({ has_access: false, subscription_status: 'active' })
  expect(await check(gateway)).toMatchObject({ has_access: false, subscription_status: 'none' })
})

test('a definition names its creator and the version that runs', async () => {
  await using suite = await start()
  expect(await read(suite, '/api/v1/products/prod_123/definition', as('user_123'))).toMatchObject({
    creator_id: 'user_456',
    product_type: 'signal',
    risk_level: 'medium',
    subscriber_count: 25,
    signal_groups: [{ name: 'Momentum Classic', signals: [{ name: 'momentum' }] }],
    access_level: 'subscription',
    requires_subscription: true,
    user_access: { has_access: true },
    version_info: { policy: 'auto', current_version: '1.2.0', effective_version: '1.2.0', last_updated: '2026-01-10T00:00:00Z' },
  })
})

test.each([
  ['/api/v1/products/nobody/signals', 'Product not found'],
  ['/api/v1/products/nobody/definition', 'Product not found'],
  ['/api/v1/products/nobody/access-check', 'Product not found'],
  ['/api/v1/products/nobody/versions', 'Product not found'],
  ['/api/v1/users/nobody/subscriptions', 'User not found'],
  ['/api/v1/users/nobody/tier', 'User not found'],
  ['/api/v1/entitlements/user/nobody', 'User not found'],
  ['/api/v1/entitlements/nobody', 'User not found'],
  ['/api/v1/entitlements/check?user_id=99&feature=premium_analysis', 'User not found'],
  ['/api/v1/tiers/basic/limits', 'Tier basic not found'],
  ['/api/v1/internal/strategies/nobody/config', 'Strategy not found'],
])('%s is a 404: %s', async (path, detail) => {
  await using suite = await start()
  expect(await ask(suite, 'GET', path)).toEqual({ status: 404, body: { detail } })
})

// Versions

const policyOf = async (suite: Suite, product: string, creator: string, body: object) =>
  ask(suite, 'PUT', `/api/v1/products/${product}/version-policy`, as(creator), body)

const versionInfo = async (suite: Suite, product: string) => (await read(suite, `/api/v1/products/${product}/definition`)).version_info

test('each policy picks its version: auto the newest compatible, locked the pinned, range the newest inside', async () => {
  await using suite = await start()
  const put = async (body: object) => (await policyOf(suite, 'prod_reversal_002', 'user_456', body)).body
  expect(await put({ version_policy: 'range', min_version: '1.0.0', max_version: '1.9.9', pinned_version: null })).toEqual({
    product_id: 'prod_reversal_002',
    policy: 'range',
    current_version: '2.0.0',
    effective_version: '1.5.0',
    min_version: '1.0.0',
    max_version: '1.9.9',
    pinned_version: null,
    last_updated: '2026-01-17T09:15:30Z',
  })
  expect(await put({ version_policy: 'range', min_version: '2.0.0' })).toMatchObject({ effective_version: '2.0.0', max_version: null })
  expect(await put({ version_policy: 'locked', pinned_version: '1.0.0' })).toMatchObject({ effective_version: '1.0.0', min_version: null })
  expect(await put({ version_policy: 'auto' })).toMatchObject({ current_version: '2.0.0', effective_version: '1.5.0', pinned_version: null })
})

test('a lock that names no version holds what runs now', async () => {
  await using suite = await start()
  const { body } = await policyOf(suite, 'prod_123', 'user_456', { version_policy: 'locked', pinned_version: null })
  expect(body).toMatchObject({ policy: 'locked', pinned_version: '1.2.0', effective_version: '1.2.0' })
})

test('a policy that cannot be kept is refused, and the old one stays', async () => {
  await using suite = await start()
  const refusal = async (body: object) => {
    const reply = await policyOf(suite, 'prod_reversal_002', 'user_456', body)
    return [reply.status, reply.body.detail]
  }
  expect(await refusal({ version_policy: 'locked', pinned_version: '9.9.9' })).toEqual([400, 'Version 9.9.9 is not published'])
  expect(await refusal({ version_policy: 'locked', pinned_version: 'newest' })).toEqual([400, 'Invalid version: newest'])
  expect(await refusal({ version_policy: 'range' })).toEqual([400, 'A range needs min_version or max_version'])
  expect(await refusal({ version_policy: 'range', min_version: '2.0.0', max_version: '1.0.0' })).toEqual([400, 'min_version is greater than max_version'])
  expect(await refusal({ version_policy: 'range', min_version: '3.0.0' })).toEqual([400, 'No published version lies within the range'])
  expect(await versionInfo(suite, 'prod_reversal_002')).toMatchObject({ policy: 'range', effective_version: '1.5.0', last_updated: '2026-01-10T00:00:00Z' })
})

test('only the creator may set the policy or publish', async () => {
  await using suite = await start()
  expect(await policyOf(suite, 'prod_momentum_001', 'user_456', { version_policy: 'auto' })).toEqual({
    status: 403,
    body: { detail: 'Not authorized to change the version policy of this product' },
  })
  const publish = (headers: Record<string, string>) =>
    ask(suite, 'POST', '/api/v1/products/prod_momentum_001/versions/1.1.0/publish', headers, { breaking_changes: false })
  expect(await publish(as('user_456'))).toEqual({ status: 403, body: { detail: 'Not authorized to publish versions of this product' } })
  expect((await publish(service)).status).toBe(403)
  expect((await publish(as('user_123'))).status).toBe(200)
})

test('publishing a draft makes it the current version, and auto follows', async () => {
  await using suite = await start()
  const publish = (version: string) =>
    ask(suite, 'POST', `/api/v1/products/prod_momentum_001/versions/${version}/publish`, as('user_123'), { breaking_changes: false })
  expect(await versionInfo(suite, 'prod_momentum_001')).toMatchObject({ current_version: '1.0.0', effective_version: '1.0.0' })
  expect(await publish('1.1.0')).toEqual({
    status: 200,
    body: {
      product_id: 'prod_momentum_001',
      version: '1.1.0',
      status: 'published',
      created_at: '2026-01-10T00:00:00Z',
      description: 'Version 1.1.0',
      breaking_changes: false,
      min_compatible_version: null,
      version_info: {
        policy: 'auto',
        current_version: '1.1.0',
        effective_version: '1.1.0',
        min_version: null,
        max_version: null,
        pinned_version: null,
        last_updated: '2026-01-17T09:15:30Z',
      },
    },
  })
  expect(await publish('1.1.0')).toEqual({ status: 409, body: { detail: 'Version 1.1.0 is already published' } })
  expect(await publish('9.9.9')).toEqual({ status: 404, body: { detail: 'Version 9.9.9 not found' } })
})

test('nobody is moved across a breaking change: it becomes the current version, not the effective one', async () => {
  await using suite = await start()
  const path = '/api/v1/products/prod_momentum_001/versions/1.1.0/publish'
  const { body } = await ask(suite, 'POST', path, as('user_123'), { breaking_changes: true })
  expect(body).toMatchObject({
    breaking_changes: true,
    min_compatible_version: '1.1.0',
    version_info: { current_version: '1.1.0', effective_version: '1.0.0' },
  })
})

test('versions come newest first; a draft is its creator’s business', async () => {
  await using suite = await start()
  const list = async (product: string, headers?: Record<string, string>) => {
    const { versions } = await read(suite, `/api/v1/products/${product}/versions`, headers)
    return (versions as { version: string; status: string }[]).map(({ version, status }) => `${version} ${status}`)
  }
  expect(await list('prod_momentum_001', as('user_123'))).toEqual(['1.1.0 draft', '1.0.0 published'])
  expect(await list('prod_momentum_001', as('user_456'))).toEqual(['1.0.0 published'])
  expect(await list('prod_momentum_001')).toEqual(['1.1.0 draft', '1.0.0 published'])
  expect(await list('prod_123')).toEqual(['1.2.0 published', '1.0.0 deprecated'])
})

test('version numbers are ordered as semver orders them', () => {
  const ordered = ['nightly', '1.0.0-alpha', '1.0.0-alpha.1', '1.0.0-alpha.beta', '1.0.0-beta.2', '1.0.0-beta.11', '1.0.0-rc.1', '1.0.0', '1.9.0', '1.10.0']
  expect([...ordered].reverse().sort(compareVersions)).toEqual(ordered)
})

// Scripts

type Access = { presigned_url: string; metadata: Record<string, unknown>; version: string; expires_at: string }

const scriptFor = (suite: Suite, body: object) => ask(suite, 'POST', '/api/v1/scripts/access', service, { script_type: 'signal', version: null, ...body })
const momentum = { execution_token: 'exec_token_abc123', product_id: 'prod_momentum_001' }

async function download(suite: Suite, url: string, change: (url: URL) => void = () => {}) {
  const changed = new URL(url)
  change(changed)
  const reply = await suite.fetch('marketplace', changed.pathname + changed.search)
  return { status: reply.status, type: reply.headers.get('content-type'), text: await reply.text() }
}

test('a token opens a URL, and the URL the Python source, without any credential', async () => {
  await using suite = await start()
  const access = (await scriptFor(suite, momentum)).body as Access
  expect(access).toMatchObject({ version: '1.0.0', metadata: { name: 'Momentum Pro', author: 'user_123', language: 'python' } })
  const script = await download(suite, access.presigned_url)
  expect(script).toMatchObject({ status: 200, type: 'text/x-python' })
  expect(script.text).toContain('def on_tick(context):')
  expect(Buffer.byteLength(script.text)).toBe(access.metadata.size)
})

test('the URL names the address at which the fake really listens', async () => {
  await using suite = await startSuite({ services: ['marketplace'], ports: 'auto', complain })
  const reply = await fetch(`${suite.url('marketplace')}/api/v1/scripts/access`, {
    method: 'POST',
    headers: { ...service, 'content-type': 'application/json' },
    body: JSON.stringify({ ...momentum, version: null, script_type: 'signal' }),
  })
  const { presigned_url } = (await reply.json()) as Access
  expect(presigned_url.startsWith(`${suite.url('marketplace')}/scripts/prod_momentum_001/1.0.0.py?`)).toBe(true)
  expect(await (await fetch(presigned_url)).text()).toContain('def on_tick(context):')
})

test('a URL is good for five minutes', async () => {
  await using suite = await start()
  const { presigned_url, expires_at } = (await scriptFor(suite, momentum)).body as Access
  expect(expires_at).toBe('2026-01-17T09:20:30Z')
  suite.clock.advance('299s')
  expect(await download(suite, presigned_url)).toMatchObject({ status: 200 })
  suite.clock.advance('1s')
  const refused = await download(suite, presigned_url)
  expect(refused).toMatchObject({ status: 403, type: 'application/xml' })
  expect(refused.text).toContain('<Code>AccessDenied</Code><Message>Request has expired</Message>')
})

test.each([
  ['another version', (url: URL) => (url.pathname = '/scripts/prod_momentum_001/1.1.0.py'), 'SignatureDoesNotMatch'],
  ['another product', (url: URL) => (url.pathname = '/scripts/prod_123/1.0.0.py'), 'SignatureDoesNotMatch'],
  ['a later expiry', (url: URL) => url.searchParams.set('Expires', '1999999999'), 'SignatureDoesNotMatch'],
  ['another signature', (url: URL) => url.searchParams.set('Signature', 'AAAA'), 'SignatureDoesNotMatch'],
  ['another key', (url: URL) => url.searchParams.set('AWSAccessKeyId', 'somebody'), 'InvalidAccessKeyId'],
  ['no signature', (url: URL) => url.searchParams.delete('Signature'), 'AccessDenied'],
  ['an expiry that is no time', (url: URL) => url.searchParams.set('Expires', 'never'), 'AccessDenied'],
])('a URL that was changed to %s is refused', async (_, change, code) => {
  await using suite = await start()
  const { presigned_url } = (await scriptFor(suite, momentum)).body as Access
  const refused = await download(suite, presigned_url, change)
  expect(refused.status).toBe(403)
  expect(refused.text).toContain(`<Code>${code}</Code>`)
})

test('the script is that of the effective version, unless another published one is asked for', async () => {
  await using suite = await start()
  const version = async (execution_token: string, product_id: string, asked: string | null = null) => {
    const reply = await scriptFor(suite, { execution_token, product_id, version: asked })
    return reply.body.version ?? reply.body.detail
  }
  expect(await version('exec_token_one_hour', 'prod_reversal_002')).toBe('1.5.0')
  expect(await version('exec_token_one_hour', 'prod_reversal_002', 'latest')).toBe('1.5.0')
  expect(await version('exec_token_one_hour', 'prod_reversal_002', '2.0.0')).toBe('2.0.0')
  expect(await version('exec_token_pinned', 'prod_pinned_003')).toBe('1.0.0')
  expect(await version('tok_abc', 'prod_123', '1.0.0')).toBe('1.0.0')
  expect(await version('exec_token_abc123', 'prod_momentum_001', '1.1.0')).toBe('Version 1.1.0 not found')
})

test('a script that was deleted after its URL was given out is missing, as storage says it', async () => {
  await using suite = await start()
  const { presigned_url } = (await scriptFor(suite, momentum)).body as Access
  suite.lane(0).store.table('world.versions').delete('prod_momentum_001@1.0.0')
  const missing = await download(suite, presigned_url)
  expect(missing).toMatchObject({ status: 404, type: 'application/xml' })
  expect(missing.text).toContain('<Code>NoSuchKey</Code>')
})

test.each([
  [{ ...momentum, execution_token: 'exec_token_guessed' }, 403, 'Invalid execution token: unknown_token'],
  [{ ...momentum, execution_token: 'exec_token_expired' }, 403, 'Invalid execution token: expired'],
  [{ ...momentum, execution_token: 'exec_token_revoked' }, 403, 'Invalid execution token: revoked'],
  [{ ...momentum, product_id: 'prod_123' }, 403, 'Invalid execution token: wrong_product'],
  [{ ...momentum, product_id: 'nobody' }, 404, 'Product not found'],
])('no URL for %o: %i %s', async (body, status, detail) => {
  await using suite = await start()
  expect(await scriptFor(suite, body)).toEqual({ status, body: { detail } })
})

// Entitlements and tiers

const STANDARD = ['public_signals', 'common_indicators', 'marketplace_signals']
const PREMIUM = [...STANDARD, 'fo_greeks_access', 'premium_analysis', 'personal_signals']

test.each([
  ['user_789', 'free', ['public_signals', 'common_indicators']],
  ['user_456', 'standard', STANDARD],
  ['user_123', 'premium', PREMIUM],
  ['user_7', 'enterprise', PREMIUM],
])('%s has the features of the tier %s', async (user, tier, features) => {
  await using suite = await start()
  expect(await read(suite, `/api/v1/entitlements/user/${user}`)).toMatchObject({ user_id: user, tier, features })
  expect(await read(suite, `/api/v1/entitlements/${user}`)).toEqual({ user_id: user, entitlements: features })
})

test('entitlements list every subscription with what it is worth now', async () => {
  await using suite = await start()
  const statuses = async (user: string) =>
    ((await read(suite, `/api/v1/entitlements/user/${user}`)).subscriptions as { product_id: string; status: string }[]).map(
      ({ product_id, status }) => `${product_id} ${status}`,
    )
  expect(await statuses('user_42')).toEqual(['prod_momentum_001 expired'])
  expect(await statuses('user_7')).toEqual(['prod_reversal_002 active'])
  suite.clock.advance('366d')
  expect(await statuses('user_7')).toEqual(['prod_reversal_002 expired'])
})

test.each(['user_suspended', 'user_deactivated', 'user_pending'])('%s, whose account is not open, is refused', async (user) => {
  await using suite = await start()
  const reply = await ask(suite, 'GET', `/api/v1/entitlements/user/${user}`)
  expect(reply).toEqual({ status: 403, body: { detail: expect.stringMatching(/^User account is (suspended|deactivated|pending verification)$/) } })
})

test('the entitlement check knows users by number, needs no credential, and refuses a wrong one', async () => {
  await using suite = await start()
  const check = (user: string, feature: string, headers = {}) => ask(suite, 'GET', `/api/v1/entitlements/check?user_id=${user}&feature=${feature}`, headers)
  expect(await check('123', 'fo_greeks_access')).toEqual({
    status: 200,
    body: { has_access: true, user_id: 123, feature: 'fo_greeks_access', tier: 'premium' },
  })
  expect((await check('456', 'premium_analysis')).body.has_access).toBe(false)
  expect((await check('13', 'public_signals')).body.has_access).toBe(false)
  expect((await check('123', 'unheard_of')).body.has_access).toBe(false)
  expect((await check('123', 'fo_greeks_access', { 'x-internal-api-key': 'guess' })).status).toBe(401)
})

test('a strict suite wants a credential even where clients send none', async () => {
  await using suite = await startSuite({ services: ['marketplace'], ports: 'none', strictAuth: true, complain })
  const reply = await suite.fetch('marketplace', '/api/v1/entitlements/check?user_id=123&feature=premium_analysis')
  expect([reply.status, await reply.json()]).toEqual([401, { detail: 'X-Internal-API-Key header required' }])
})

test.each([
  ['free', [20, 5, 60, 500, 3, 25]],
  ['standard', [50, 15, 180, 1500, 8, 75]],
  ['premium', [200, 50, 600, 5000, 20, 200]],
  ['enterprise', [1000, 200, 2000, 20_000, 50, 500]],
])('the limits of the tier %s', async (tier, [connections, subscriptions, requests, messages, rapid, burst]) => {
  await using suite = await start()
  expect(await read(suite, `/api/v1/tiers/${tier}/limits?stream_type=public`)).toEqual({
    tier,
    stream_type: 'public',
    max_concurrent_connections: connections,
    max_subscriptions_per_connection: subscriptions,
    max_subscription_requests: requests,
    max_messages_sent: messages,
    rapid_subscription_threshold: rapid,
    burst_message_threshold: burst,
  })
})

test('a tier gets nothing of a stream type that it does not include', async () => {
  await using suite = await start()
  const connections = async (tier: string, type: string) => (await read(suite, `/api/v1/tiers/${tier}/limits?stream_type=${type}`)).max_concurrent_connections
  expect(await Promise.all(['free', 'standard', 'premium'].map((tier) => connections(tier, 'marketplace')))).toEqual([0, 50, 200])
  expect(await Promise.all(['free', 'standard', 'premium'].map((tier) => connections(tier, 'personal')))).toEqual([0, 0, 200])
})

test('a user’s tier comes with its limits and the end of the longest subscription', async () => {
  await using suite = await start()
  expect(await read(suite, '/api/v1/users/user_123/tier')).toEqual({
    user_id: 'user_123',
    tier: 'premium',
    tier_level: 2,
    limits: { requests_per_minute: 600, signals_per_day: 10_000, historical_days: 365 },
    expires_at: '2027-01-17T09:15:30Z',
    features: PREMIUM,
  })
  expect(await read(suite, '/api/v1/users/user_789/tier')).toMatchObject({ tier: 'free', tier_level: 0, expires_at: null })
})

// The first generation

const run = (suite: Suite, user_id: string) =>
  ask(suite, 'POST', '/api/v1/internal/executions', service, { strategy_id: 'prod_momentum_001', signal_data: { user_id, symbol: 'NIFTY' } })

test('an execution that an old client records is counted wherever the new ones look', async () => {
  await using suite = await start()
  expect(await run(suite, 'user_123')).toMatchObject({ status: 200, body: { recorded: true, recorded_at: '2026-01-17T09:15:30Z' } })
  await ask(suite, 'POST', '/api/v1/internal/usage', service, { user_id: 123, quantity: 4 })

  expect(await read(suite, '/api/v1/internal/strategies/prod_momentum_001/config')).toMatchObject({ config: { executions: 1 } })
  expect(await read(suite, '/api/v1/internal/quota?user_id=user_123')).toEqual({
    user_id: 'user_123',
    quota: { tier: 'premium', limit: 10_000, used: 5, remaining: 9_995, resets_at: '2026-01-18T00:00:00Z' },
  })
  expect(await read(suite, '/api/v1/products/prod_momentum_001/access-check', as('user_123'))).toMatchObject({
    usage_limits: { executions_today: 5, executions_remaining: 9_995 },
  })
})

test('a day’s quota can be spent, and the next day brings a new one', async () => {
  await using suite = await start()
  const validate = () => ask(suite, 'POST', '/api/v1/internal/validate-access', service, { user_id: 'user_789', strategy_id: 'prod_free_004' })
  expect((await validate()).body).toEqual({ access_granted: true, reason: null })
  await ask(suite, 'POST', '/api/v1/internal/usage', service, { user_id: 'user_789', quantity: 100 })
  expect((await validate()).body).toEqual({ access_granted: false, reason: 'quota_exhausted' })
  suite.clock.advance('15h')
  expect((await validate()).body).toEqual({ access_granted: true, reason: null })
})

test('an old client sees the same products as strategies, and the policy of the new one', async () => {
  await using suite = await start()
  const config = async () => (await read(suite, '/api/v1/internal/strategies/prod_reversal_002/config')).config
  expect(await config()).toMatchObject({ policy: 'range', effective_version: '1.5.0', parameters: { mean_reversion: { window: 20, threshold: 2 } } })
  await policyOf(suite, 'prod_reversal_002', 'user_456', { version_policy: 'locked', pinned_version: '2.0.0' })
  expect(await config()).toMatchObject({ policy: 'locked', effective_version: '2.0.0' })
})

test('strategy access follows the subscription, asked either way', async () => {
  await using suite = await start()
  const question = 'user_id=user_1&strategy_id=prod_reversal_002'
  const answers = async () => {
    const [old, twin] = [await read(suite, `/api/v1/internal/strategy-access?${question}`), await read(suite, `/api/v1/internal/validate-access?${question}`)]
    return [old.access_granted, twin.access_granted]
  }
  expect(await answers()).toEqual([true, true])
  suite.clock.advance('1h')
  expect(await answers()).toEqual([false, false])
})

test('a user’s strategies are those created, subscribed to, or free', async () => {
  await using suite = await start()
  const { strategies } = await read(suite, '/api/v1/internal/user-strategies?user_id=user_456')
  expect((strategies as { strategy_id: string }[]).map(({ strategy_id }) => strategy_id)).toEqual([
    'prod_momentum_001',
    'prod_123',
    'prod_reversal_002',
    'prod_free_004',
    'strat_momentum_01',
  ])
})

// Credentials, refusals, watermarks

test('the key of the fleet or the gateway’s secret opens it, both together too, but nothing wrong beside them', async () => {
  await using suite = await start()
  const reply = async (headers: Record<string, string>) => {
    const { status, body } = await ask(suite, 'GET', '/api/v1/products/prod_momentum_001/signals', headers)
    return status === 200 ? status : `${status} ${body.detail}`
  }
  expect(await reply(service)).toBe(200)
  expect(await reply(gateway)).toBe(200)
  expect(await reply({ ...service, ...gateway })).toBe(200)
  expect(await reply({ ...service, 'x-gateway-secret': '' })).toBe(200)
  expect(await reply({ ...service, 'x-gateway-secret': 'default-secret' })).toBe('403 Direct access forbidden. Use the API Gateway.')
  expect(await reply({ ...gateway, 'x-internal-api-key': 'default-internal-key' })).toBe('401 Invalid API key')
  expect(await reply({})).toBe('401 Authentication required')
})

test('a body of the wrong shape is refused item by item, in pydantic’s words', async () => {
  await using suite = await start()
  const reply = await ask(suite, 'POST', '/api/v1/integration/verify-execution-token', service, { execution_token: 'exec_token_abc123', product_id: 7 })
  expect(reply).toEqual({
    status: 422,
    body: {
      detail: [
        {
          type: 'string_type',
          loc: ['body', 'product_id'],
          msg: 'Input should be a valid string',
          input: 7,
          url: 'https://errors.pydantic.dev/2.5/v/string_type',
        },
        {
          type: 'missing',
          loc: ['body', 'user_id'],
          msg: 'Field required',
          input: { execution_token: 'exec_token_abc123', product_id: 7 },
          url: 'https://errors.pydantic.dev/2.5/v/missing',
        },
      ],
    },
  })
})

test.each([
  ['PUT', '/api/v1/products/prod_momentum_001/version-policy', { version_policy: 'newest' }, ['body', 'version_policy'], 'literal_error'],
  ['POST', '/api/v1/products/prod_momentum_001/versions/1.1.0/publish', { breaking_changes: 'perhaps' }, ['body', 'breaking_changes'], 'bool_parsing'],
  ['GET', '/api/v1/entitlements/check?user_id=user_123&feature=premium_analysis', undefined, ['query', 'user_id'], 'int_parsing'],
  ['GET', '/api/v1/users/user_123/subscriptions?include_inactive=perhaps', undefined, ['query', 'include_inactive'], 'bool_parsing'],
])('%s %s with %o is a 422 at %o', async (method, path, body, loc, type) => {
  await using suite = await start()
  const reply = await ask(suite, method, path, as('user_123'), body)
  expect(reply).toMatchObject({ status: 422, body: { detail: [{ loc, type }] } })
})

test('a watermark that one port made is recognised on the other', async () => {
  await using suite = await start()
  const send = async (port: 'marketplace' | 'watermark', path: string, body: string) => {
    const reply = await suite.fetch(port, path, { method: 'POST', headers: { ...gateway, 'content-type': 'application/json' }, body })
    return (await reply.json()) as Record<string, unknown>
  }
  const request = '{"signal_id":1768641330123456789,"subscription_id":42,"payload":{"value":1.2},"algorithm":"hmac_sha256"}'
  for (const [made, found] of [
    ['marketplace', 'watermark'],
    ['watermark', 'marketplace'],
  ] as const) {
    const { watermarked_payload } = await send(made, '/api/v1/webhooks/drm/watermark', request)
    const question = JSON.stringify({ signal_payload: watermarked_payload, channel_id: 'ch_1', user_id: 456, signal_id: null })
    expect(await send(found, '/api/v1/webhooks/drm/detect-leak', question)).toMatchObject({ leak_detected: true, original_user: 'user_123' })
  }
})

test('it is healthy, and says in which lane', async () => {
  await using suite = await start()
  const expected = { status: 'healthy', service: 'marketplace', version: '1.0.0', timestamp: '2026-01-17T09:15:30Z', lane: 0 }
  expect(await read(suite, '/health', {})).toEqual(expected)
  expect(await read(suite, '/api/v1/health', {})).toEqual(expected)
})
