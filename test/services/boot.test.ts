import { expect, test, vi } from 'vitest'
import { startSuite } from '../../mocks/index.ts'
import { injected } from '../mocks/injected.ts'

// The signal service's start, as it was recorded by running its real configuration module (C1 §2.2): 31 requests in this order.

type Suite = Awaited<ReturnType<typeof startSuite>>

class Exit extends Error {}

const CONFIG = { authorization: 'Bearer mock-config-key-4f1d9c7a2b8e', 'x-service-name': 'signal_service', 'x-environment': 'production' }

/** What the runtime client does with an answer, in the few rules that decide a start. */
class Boot {
  readonly asked: string[] = []
  readonly settings: Record<string, unknown> = {}
  readonly #suite: Suite

  constructor(suite: Suite) {
    this.#suite = suite
  }

  async run(): Promise<Record<string, unknown>> {
    await this.health()
    for (const [key, fallback] of SENTINEL) await this.text('config', key, fallback)
    for (const service of ['ticker', 'marketplace']) await this.address(service)
    this.settings.GATEWAY_SECRET = await this.value('secrets', 'GATEWAY_SECRET')
    const internal = await this.value('secrets', 'INTERNAL_API_KEY')
    this.settings.GATEWAY_SECRET ??= internal
    if (this.settings.GATEWAY_SECRET === undefined) throw new Exit('neither GATEWAY_SECRET nor INTERNAL_API_KEY')
    await this.value('secrets', 'MARKETPLACE_WEBHOOK_SECRET')
    for (const [key, fallback] of NUMBERS) await this.number(key, fallback)
    for (const [key, fallback] of STREAMS) await this.text('config', key, fallback)
    for (const [key, fallback] of LIMITS) await this.number(key, fallback)
    await this.flag('ACL_CACHE_ENABLED', true)
    await this.number('ACL_CACHE_TTL_SECONDS', 300)
    for (const key of ['CELERY_BROKER_URL', 'CELERY_RESULT_BACKEND']) await this.text('secrets', key, 'REDIS_URL')
    await this.flag('ASYNC_COMPUTATION_ENABLED', false)
    await this.flag('METRICS_ENABLED', true)
    for (const [key, fallback] of METRICS) await this.number(key, fallback)
    await this.flag('USAGE_TRACKING_ENABLED', true)
    await this.number('USAGE_BATCH_SIZE', 100)
    await this.text('config', 'SUBSCRIPTION_SERVICE_URL', '')
    return this.settings
  }

  /** Three attempts, whatever the body says. */
  private async health(): Promise<void> {
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      const { status } = await this.ask('/health')
      if (status === 200) return
    }
    throw new Exit('config service is not healthy')
  }

  private async address(service: string): Promise<void> {
    const { status, body } = await this.ask(`/api/v1/ports/${service}_service/url?host=${service}-service`)
    this.settings[`${service}_url`] = status === 200 ? body.url : `http://${service}-service:default`
  }

  /** Falsy is missing, and so is every status but 200. */
  private async value(kind: 'config' | 'secrets', key: string): Promise<unknown> {
    const { status, body } = await this.ask(`/api/v1/${kind}/${key}`)
    return status === 200 && body.value ? body.value : undefined
  }

  private async text(kind: 'config' | 'secrets', key: string, fallback: string): Promise<void> {
    this.settings[key] = (await this.value(kind, key)) ?? fallback
  }

  private async number(key: string, fallback: number): Promise<void> {
    const value = Number(await this.value('config', key))
    if (Number.isNaN(value) && key === 'GREEKS_RISK_FREE_RATE' && (await this.known(key))) throw new Exit('ValueError: could not convert string to float')
    this.settings[key] = Number.isNaN(value) ? fallback : value
  }

  private async flag(key: string, fallback: boolean): Promise<void> {
    const value = await this.value('config', key)
    this.settings[key] = value === undefined ? fallback : ['1', 'true', 'yes', 'on'].includes(String(value).toLowerCase())
  }

  private async known(key: string): Promise<boolean> {
    return this.#suite.lane(0).store.table('world.settings').has(key)
  }

  private async ask(target: string) {
    this.asked.push(target)
    const reply = await this.#suite.fetch('config', target, { headers: CONFIG })
    return { status: reply.status, body: (await reply.json().catch(() => ({}))) as { value?: unknown; url?: string } }
  }
}

const SENTINEL = [
  ['REDIS_SENTINEL_ENABLED', 'false'],
  ['REDIS_SENTINEL_HOSTS', ''],
  ['REDIS_SENTINEL_MASTER_NAME', 'signal-master'],
] as const
const NUMBERS = [
  ['CACHE_TTL_SECONDS', 300],
  ['MAX_BATCH_SIZE', 100],
  ['MAX_CPU_CORES', 4],
  ['GREEKS_RISK_FREE_RATE', 0.06],
] as const
const STREAMS = [
  ['REDIS_TICK_STREAM_PREFIX', 'tick_stream:'],
  ['CONSUMER_GROUP_NAME', 'signal_processors'],
  ['CONSUMER_NAME', 'signal_processor_1'],
] as const
const LIMITS = [
  ['WEBSOCKET_MAX_CONNECTIONS', 10_000],
  ['WEBSOCKET_HEARTBEAT_INTERVAL', 30],
  ['DEFAULT_SUBSCRIPTION_LEASE_SECONDS', 300],
  ['MAX_INDICATORS_PER_TIMEFRAME', 50],
] as const
const METRICS = [
  ['METRICS_PORT', 8003],
  ['METRICS_UPDATE_INTERVAL_SECONDS', 60],
] as const

const start = () => startSuite({ ports: 'auto' })
const table = (suite: Suite, name: string) => suite.lane(0).store.table(`world.${name}`)

test('the service boots on 31 requests, all answered 200, and finds its neighbours where they really listen', async () => {
  await using suite = await start()
  const boot = new Boot(suite)
  const settings = await boot.run()
  expect(boot.asked).toHaveLength(31)
  expect(suite.journal.entries().map(({ status }) => status)).toEqual(Array(31).fill(200))
  expect(boot.asked.slice(0, 8)).toEqual([
    '/health',
    '/api/v1/config/REDIS_SENTINEL_ENABLED',
    '/api/v1/config/REDIS_SENTINEL_HOSTS',
    '/api/v1/config/REDIS_SENTINEL_MASTER_NAME',
    '/api/v1/ports/ticker_service/url?host=ticker-service',
    '/api/v1/ports/marketplace_service/url?host=marketplace-service',
    '/api/v1/secrets/GATEWAY_SECRET',
    '/api/v1/secrets/INTERNAL_API_KEY',
  ])
  expect(settings).toMatchObject({ marketplace_url: suite.url('marketplace'), ACL_CACHE_ENABLED: true, CACHE_TTL_SECONDS: 300 })
  expect(String(settings.GATEWAY_SECRET).length).toBeGreaterThanOrEqual(16)
})

test('with nothing but the internal key it boots on its defaults', async () => {
  await using suite = await start()
  for (const { key } of table(suite, 'settings').all() as { key: string }[]) table(suite, 'settings').delete(key)
  for (const { key } of table(suite, 'secrets').all() as { key: string }[]) {
    if (key !== 'INTERNAL_API_KEY' && key !== 'CONFIG_SERVICE_API_KEY') table(suite, 'secrets').delete(key)
  }
  for (const { service_name } of table(suite, 'ports').all() as { service_name: string }[]) table(suite, 'ports').delete(service_name)
  const settings = await new Boot(suite).run()
  expect(settings).toMatchObject({
    GATEWAY_SECRET: 'mock-internal-key-7c3e5a9d1f60',
    marketplace_url: 'http://marketplace-service:default',
    CONSUMER_NAME: 'signal_processor_1',
  })
})

test('without gateway secret and internal key it gives up after 8 requests', async () => {
  await using suite = await start()
  for (const key of ['GATEWAY_SECRET', 'INTERNAL_API_KEY']) table(suite, 'secrets').delete(key)
  const boot = new Boot(suite)
  await expect(boot.run()).rejects.toThrow(Exit)
  expect(boot.asked).toHaveLength(8)
})

test('a JSON false is taken for a missing value, so the default true applies', async () => {
  await using suite = await start()
  table(suite, 'settings').put({ key: 'ACL_CACHE_ENABLED', value: false })
  expect(await new Boot(suite).run()).toMatchObject({ ACL_CACHE_ENABLED: true })
  table(suite, 'settings').put({ key: 'ACL_CACHE_ENABLED', value: 'false' })
  expect(await new Boot(suite).run()).toMatchObject({ ACL_CACHE_ENABLED: false })
})

test('a rate that is no number ends the start; a count that is none falls back', async () => {
  await using suite = await start()
  table(suite, 'settings').put({ key: 'MAX_CPU_CORES', value: 'many' })
  expect(await new Boot(suite).run()).toMatchObject({ MAX_CPU_CORES: 4 })
  table(suite, 'settings').put({ key: 'GREEKS_RISK_FREE_RATE', value: 'six' })
  await expect(new Boot(suite).run()).rejects.toThrow('ValueError')
})

/** A suite whose config service answers 503 to the first so many health checks. */
async function unhealthyFor(checks: number): Promise<Suite> {
  const suite = await start()
  let met = 0
  vi.spyOn(suite.lane(0).director, 'select').mockImplementation(({ operation }) => {
    if (operation !== 'health') return []
    met += 1
    return met > checks ? [] : UNHEALTHY
  })
  return suite
}

const UNHEALTHY = injected(async () => ({ kind: 'reply', reply: { status: 503, headers: ['content-type', 'application/json'], body: '{}' } }))

test('three unhealthy answers end the start, two do not', async () => {
  await using down = await unhealthyFor(3)
  const boot = new Boot(down)
  await expect(boot.run()).rejects.toThrow(Exit)
  expect(boot.asked).toEqual(['/health', '/health', '/health'])

  await using recovering = await unhealthyFor(2)
  const later = new Boot(recovering)
  await later.run()
  expect(later.asked).toHaveLength(33)
})
