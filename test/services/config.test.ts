import { expect, test } from 'vitest'
import { startSuite } from '../../mocks/index.ts'

const bearer = { authorization: 'Bearer mock-config-key-4f1d9c7a2b8e' }
const internal = { 'x-internal-api-key': 'mock-internal-key-7c3e5a9d1f60' }
const start = () => startSuite({ services: ['config'], ports: 'none', clock: '2026-01-17T09:15:30Z' })

test('a value comes under every name by which some generation of client reads it', async () => {
  await using suite = await start()
  const reply = await suite.fetch('config', '/api/v1/secrets/INTERNAL_API_KEY', { headers: bearer })
  expect(reply.status).toBe(200)
  expect(await reply.json()).toMatchObject({
    value: 'mock-internal-key-7c3e5a9d1f60',
    secret_value: 'mock-internal-key-7c3e5a9d1f60',
    config_value: 'mock-internal-key-7c3e5a9d1f60',
  })
})

test('keys are case-sensitive and may contain dots', async () => {
  await using suite = await start()
  const known = await suite.fetch('config', '/api/v1/config/signal_service.model_params.risk_free_rate', { headers: bearer })
  const unknown = await suite.fetch('config', '/api/v1/config/cache_ttl_seconds', { headers: bearer })
  expect(await known.json()).toMatchObject({ value: '0.06' })
  expect([unknown.status, await unknown.json()]).toEqual([404, { detail: 'Config cache_ttl_seconds not found' }])
})

test('a tier is text to the runtime client, and an object to the fleet', async () => {
  await using suite = await start()
  const reply = await suite.fetch('config', '/api/v1/config/ENTITLEMENT_TIER_STANDARD_CONFIG?environment=dev', { headers: internal })
  const { value, config_value } = (await reply.json()) as { value: string; config_value: object }
  expect(config_value).toEqual({ rate_limit: 180, features: ['public_signals', 'common_indicators', 'marketplace_signals'] })
  expect(JSON.parse(value)).toEqual(config_value)
})

test('the keys that hot reload watches for addresses agree with the port registry, until somebody sets one', async () => {
  await using suite = await start()
  const read = async (path: string) => (await (await suite.fetch('config', `/api/v1/${path}`, { headers: bearer })).json()) as { value: string; url: string }
  for (const name of ['ticker', 'instrument', 'marketplace', 'user', 'calendar', 'alert', 'messaging', 'subscription']) {
    expect((await read(`config/signal_service.${name}_service_url`)).value).toBe((await read(`ports/${name}_service/url`)).url)
  }
  suite.lane(0).store.table('world.settings').put({ key: 'signal_service.alert_service_url', value: 'http://10.0.0.7:8085' })
  expect((await read('config/signal_service.alert_service_url')).value).toBe('http://10.0.0.7:8085')
  expect((await suite.fetch('config', '/api/v1/config/signal_service.nobody_service_url', { headers: bearer })).status).toBe(404)
})

test('the bearer token of the runtime client and the key of the fleet both open it; nothing else does', async () => {
  await using suite = await start()
  const status = async (headers: Record<string, string>) => (await suite.fetch('config', '/api/v1/config/CACHE_TTL_SECONDS', { headers })).status
  expect(await status(bearer)).toBe(200)
  expect(await status(internal)).toBe(200)
  expect(await status({ 'x-internal-api-key': 'guess' })).toBe(401)
  expect(await status({})).toBe(403)
})

test('a refused credential says so under detail and under error', async () => {
  await using suite = await start()
  const reply = await suite.fetch('config', '/api/v1/secrets', { headers: { 'x-internal-api-key': 'guess' } })
  expect(await reply.json()).toEqual({ detail: 'Invalid API key', error: 'Invalid API key' })
})

test('a secret is created once, read back, changed and taken away', async () => {
  await using suite = await start()
  const send = (method: string, path: string, body?: object) =>
    suite.fetch('config', path, {
      method,
      headers: { ...internal, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  const read = async () => (await send('GET', '/api/v1/secrets/NEW_KEY/value?environment=dev')).json()
  const secret = { secret_key: 'NEW_KEY', secret_value: 'one', secret_type: 'other', environment: 'dev' }

  expect((await send('POST', '/api/v1/secrets', secret)).status).toBe(201)
  expect((await send('POST', '/api/v1/secrets', secret)).status).toBe(409)
  expect(await read()).toMatchObject({ secret_value: 'one', environment: 'dev' })
  expect((await send('PUT', '/api/v1/secrets/NEW_KEY?environment=dev', { secret_value: 'two' })).status).toBe(200)
  expect(await read()).toMatchObject({ secret_value: 'two' })
  expect((await send('GET', '/api/v1/secrets/NEW_KEY/value?environment=prod')).status).toBe(404)
  expect((await send('DELETE', '/api/v1/secrets/NEW_KEY?environment=dev')).status).toBe(200)
  expect(await read()).toEqual({ detail: 'Secret NEW_KEY not found' })
})

test('a changed value is seen by the next read, and a reset brings the old one back', async () => {
  await using suite = await start()
  const read = async () => ((await (await suite.fetch('config', '/api/v1/config/CACHE_TTL_SECONDS', { headers: bearer })).json()) as { value: string }).value
  suite.lane(0).store.table('world.settings').update('CACHE_TTL_SECONDS', { value: '60' })
  expect(await read()).toBe('60')
  suite.reset()
  expect(await read()).toBe('300')
})

test('the port registry names the addresses at which fakes really listen', async () => {
  await using suite = await startSuite({ services: ['config'], ports: 'auto' })
  const url = async (name: string) => (await suite.fetch('config', `/api/v1/ports/${name}/url?host=config-service`, { headers: bearer })).json()
  expect(await url('config_service')).toMatchObject({ url: suite.url('config') })
  expect(await url('ticker_service')).toMatchObject({ url: 'http://ticker-service:8089' })
  expect(await url('nobody')).toEqual({ detail: 'Service nobody not found' })
})

test('the budget guards follow the budget, and fall back when it is broken', async () => {
  await using suite = await start()
  const read = async () => (await suite.fetch('config', '/api/v1/config/budget-guards', { headers: bearer })).json()
  const settings = suite.lane(0).store.table('world.settings')
  settings.update('METRICS_BUDGET_CONFIG', { value: '{"max_memory_mb":64}' })
  expect(await read()).toEqual({ memory_mb: 64, cpu_percent: 85, concurrent_ops: 50 })
  settings.update('METRICS_BUDGET_CONFIG', { value: '{"max_memory_mb":' })
  expect(await read()).toEqual({ memory_mb: 512, cpu_percent: 85, concurrent_ops: 50 })
})

test('the operations that a document names are served too', async () => {
  await using suite = await start()
  const read = async (path: string) => (await suite.fetch('config', path, { headers: internal })).json()
  expect(await read('/config/signal_service/metrics_port')).toMatchObject({ value: '9090', metadata: { service_name: 'signal_service' } })
  expect(await read('/config/signal_service/CACHE_TTL_SECONDS')).toMatchObject({ value: '300' })
  expect(await read('/api/v1/config/circuit-breakers')).toMatchObject({ services: { alert: { max_failures: 2, timeout_seconds: 30 } } })
  expect(await read('/api/v1/notifications/health')).toEqual({ redis_connected: true })
})
