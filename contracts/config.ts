import * as z from 'zod'
import { anyOf, apiKey, bearerToken } from './kit/auth.ts'
import { defineContract, del, get, once, post, put } from './kit/contract.ts'
import { fastapi, py } from './kit/fastapi.ts'
import type { ErrorEnvelope, Refusal } from './kit/problem.ts'

/** FastAPI's words, with the `error` that the tests of the fleet look for in a refused credential (C1 §2.5). */
const errors: ErrorEnvelope = (() => {
  const vendor = fastapi({ version: '0.104.1' })
  const refused = once(() => z.strictObject({ detail: z.string(), error: z.string() }))
  const told = (refusal: Refusal): Refusal => {
    const { status, body } = refusal
    return status === 401 || status === 403 ? { ...refusal, body: { ...Object(body), error: Object(body).detail } } : refusal
  }
  return {
    ...vendor,
    refusals: once(() => ({ ...vendor.refusals(), 401: refused(), 403: refused() })),
    render: (problem) => told(vendor.render(problem)),
    bare: (status) => told(vendor.bare(status)),
  }
})()

const health = once(() =>
  z.strictObject({
    status: z.string(),
    service: z.string(),
    version: z.string(),
    timestamp: z.string(),
    encryption_status: z.string(),
    lane: z.int(),
  }),
)

/** One value under every name by which some generation of client reads it. */
const held = (secret: boolean) =>
  z.strictObject({
    key: z.string(),
    value: z.unknown().meta({ readBy: ['common/config_service/client.py', 'scripts/deployment_safety_validation.py'], ...marked(secret) }),
    secret_value: z
      .json()
      .optional()
      .meta({ readBy: ['the fleet', 'tests/config'], secret: true }),
    config_value: z.unknown().meta({ readBy: ['tests/unit/test_signal_delivery_service.py'], ...marked(secret) }),
    environment: z.string(),
    last_updated: z.string(),
    metadata: z.strictObject({ environment: z.string(), source: z.string(), encrypted: z.boolean() }),
  })

const marked = (secret: boolean) => (secret ? { secret } : {})
const secretValue = once(() => held(true))
const configValue = once(() => held(false))

const missing = once(() => z.strictObject({ detail: z.string() }))
const environment = once(() => py.object({ environment: py.optional(py.str()) }))
const written = once(() =>
  z.strictObject({
    success: z.literal(true).meta({ readBy: ['tests/config'] }),
    message: z.string().meta({ readBy: ['tests/config'] }),
    secret_key: z.string().meta({ readBy: ['tests/config'], secret: false }),
    environment: z.string(),
  }),
)

const address = once(() =>
  z.strictObject({
    url: z.string().meta({ readBy: ['common/config_service/client.py'] }),
    service_name: z.string(),
    environment: z.string(),
    host: z.string(),
    port: z.int(),
    description: z.string(),
  }),
)

const healthy = {
  status: 'healthy',
  service: 'config-service',
  version: '1.0.0',
  timestamp: '2026-01-17T09:15:30',
  encryption_status: 'enabled',
  lane: 0,
}
const metadata = { environment: 'production', source: 'mock-suite', encrypted: false }
const ttl = { key: 'CACHE_TTL_SECONDS', value: '300', config_value: '300', environment: 'production', last_updated: '2026-01-17T09:15:30', metadata }
const internalKey = {
  ...ttl,
  key: 'INTERNAL_API_KEY',
  value: 'mock-internal-key-7c3e5a9d1f60',
  config_value: 'mock-internal-key-7c3e5a9d1f60',
  secret_value: 'mock-internal-key-7c3e5a9d1f60',
  metadata: { ...metadata, encrypted: true },
}
const marketplace = {
  url: 'http://marketplace:8087',
  service_name: 'marketplace_service',
  environment: 'production',
  host: 'marketplace',
  port: 8087,
  description: 'Marketplace: entitlements, products, tokens',
}
const freeTier = {
  ...ttl,
  key: 'ENTITLEMENT_TIER_FREE_CONFIG',
  value: '{"rate_limit":60,"features":["public_signals","common_indicators"]}',
  config_value: { rate_limit: 60, features: ['public_signals', 'common_indicators'] },
}
const marketplaceUrl = {
  ...ttl,
  key: 'signal_service.marketplace_service_url',
  value: 'http://marketplace:8087',
  config_value: 'http://marketplace:8087',
}
const breakers = {
  ticker: { max_failures: 3, timeout_seconds: 60 },
  user: { max_failures: 5, timeout_seconds: 45 },
  alert: { max_failures: 2, timeout_seconds: 30 },
  comms: { max_failures: 2, timeout_seconds: 30 },
  marketplace: { max_failures: 3, timeout_seconds: 45 },
}
const unknownSecret = { params: { key: 'NOBODY_KNOWS' }, reply: { status: 404, body: { detail: 'Secret NOBODY_KNOWS not found' } } }
const unknownConfig = { params: { key: 'NOBODY_KNOWS' }, reply: { status: 404, body: { detail: 'Config NOBODY_KNOWS not found' } } }

/** The config service: secrets, configuration and the port registry. No provider source exists; every reader is a client (C1 §2). */
export const config = defineContract({
  service: 'config',
  title: 'Config service',
  port: 8092,
  host: 'config-service',
  env: { CONFIG_SERVICE_URL: ({ url }) => url },
  auth: anyOf(bearerToken({ secret: 'CONFIG_SERVICE_API_KEY' }), apiKey({ header: 'X-Internal-API-Key', secret: 'INTERNAL_API_KEY' })),
  errors,
  operations: {
    health: get('/health', () => ({
      summary: 'Tells whether the service is up; clients look at the status alone.',
      responses: { 200: health() },
      auth: false,
      evidence: 'client',
      source: 'C1 §2.1 CFG-A4',
      examples: { healthy: { reply: { status: 200, body: healthy } } },
    })),
    apiHealth: get('/api/v1/health', () => ({
      summary: 'The same under the prefix, for deployment scripts.',
      responses: { 200: health() },
      auth: false,
      evidence: 'client',
      source: 'C1 §2.4',
      examples: { healthy: { reply: { status: 200, body: healthy } } },
    })),
    getSecret: get('/api/v1/secrets/:key', () => ({
      summary: 'One secret; keys are case-sensitive and may contain dots.',
      query: environment(),
      responses: { 200: secretValue(), 404: missing() },
      evidence: 'client',
      source: 'C1 §2.1 CFG-A1',
      examples: { known: { params: { key: 'INTERNAL_API_KEY' }, reply: { status: 200, body: internalKey } }, unknown: unknownSecret },
    })),
    getSecretValue: get('/api/v1/secrets/:key/value', () => ({
      summary: 'One secret of an environment, as the fleet reads it.',
      query: environment(),
      responses: { 200: secretValue(), 404: missing() },
      evidence: 'client',
      source: 'C1 §2.4, §2.5',
      examples: {
        known: { params: { key: 'INTERNAL_API_KEY' }, query: { environment: 'production' }, reply: { status: 200, body: internalKey } },
        unknown: unknownSecret,
      },
    })),
    listSecrets: get('/api/v1/secrets', () => ({
      summary: 'The names of the secrets of an environment, without their values.',
      query: environment(),
      responses: {
        200: z.array(
          z.strictObject({
            secret_key: z.string().meta({ readBy: ['the fleet'], secret: false }),
            secret_type: z.string(),
            environment: z.string(),
            description: z.string(),
          }),
        ),
      },
      evidence: 'client',
      source: 'C1 §2.5',
      examples: {
        some: {
          query: { environment: 'prod' },
          reply: {
            status: 200,
            body: [
              { secret_key: 'CONFIG_SERVICE_API_KEY', secret_type: 'api_key', environment: 'prod', description: 'The bearer token of the config client.' },
            ],
          },
        },
      },
    })),
    createSecret: post('/api/v1/secrets', () => ({
      summary: 'Adds a secret to an environment.',
      body: py.object({
        secret_key: py.str({ min: 1 }).meta({ secret: false }),
        secret_value: py.str().meta({ secret: true }),
        secret_type: py.str().default('other'),
        environment: py.str().default('dev'),
        description: py.optional(py.str()),
      }),
      responses: { 201: written(), 409: missing() },
      evidence: 'test',
      source: 'C1 §2.5',
      examples: {
        added: {
          body: { secret_key: 'NEW_KEY', secret_value: 's3cret', secret_type: 'other', environment: 'dev' },
          reply: { status: 201, body: { success: true, message: 'Secret NEW_KEY created', secret_key: 'NEW_KEY', environment: 'dev' } },
        },
        taken: {
          body: { secret_key: 'REDIS_URL', secret_value: 'redis://elsewhere' },
          reply: { status: 409, body: { detail: 'Secret REDIS_URL already exists' } },
        },
      },
    })),
    updateSecret: put('/api/v1/secrets/:key', () => ({
      summary: 'Gives a secret a new value; the next read sees it.',
      query: environment(),
      body: py.object({ secret_value: py.str().meta({ secret: true }) }),
      responses: { 200: written(), 404: missing() },
      evidence: 'test',
      source: 'C1 §2.5',
      examples: {
        changed: {
          params: { key: 'REDIS_URL' },
          query: { environment: 'dev' },
          body: { secret_value: 'redis://elsewhere' },
          reply: { status: 200, body: { success: true, message: 'Secret REDIS_URL updated', secret_key: 'REDIS_URL', environment: 'dev' } },
        },
        unknown: { ...unknownSecret, body: { secret_value: 'x' } },
      },
    })),
    deleteSecret: del('/api/v1/secrets/:key', () => ({
      summary: 'Takes a secret away.',
      query: environment(),
      responses: { 200: written(), 404: missing() },
      evidence: 'test',
      source: 'C1 §2.5',
      examples: {
        gone: {
          params: { key: 'REDIS_URL' },
          query: { environment: 'dev' },
          reply: { status: 200, body: { success: true, message: 'Secret REDIS_URL deleted', secret_key: 'REDIS_URL', environment: 'dev' } },
        },
        unknown: unknownSecret,
      },
    })),
    getConfig: get('/api/v1/config/:key', () => ({
      summary: 'One configuration value; text, because a client takes false, 0 and "" for a missing one. Adapters ask here for secrets too (C1 §2.3).',
      query: environment(),
      responses: { 200: configValue(), 404: missing() },
      evidence: 'client',
      source: 'C1 §2.1 CFG-A2, §2.3, §2.5; the tiers are objects under config_value',
      examples: {
        known: { params: { key: 'CACHE_TTL_SECONDS' }, reply: { status: 200, body: ttl } },
        tier: { params: { key: 'ENTITLEMENT_TIER_FREE_CONFIG' }, reply: { status: 200, body: freeTier } },
        neighbour: { params: { key: 'signal_service.marketplace_service_url' }, reply: { status: 200, body: marketplaceUrl } },
        unknown: unknownConfig,
      },
    })),
    getBudgetGuards: get('/api/v1/config/budget-guards', () => ({
      summary: 'The metrics budget, in three numbers.',
      responses: { 200: z.strictObject({ memory_mb: z.number(), cpu_percent: z.number(), concurrent_ops: z.number() }) },
      evidence: 'document',
      source: 'C1 §2.6',
      examples: { usual: { reply: { status: 200, body: { memory_mb: 512, cpu_percent: 85, concurrent_ops: 50 } } } },
    })),
    getCircuitBreakers: get('/api/v1/config/circuit-breakers', () => ({
      summary: 'The breaker that each client of the signal service declares.',
      responses: { 200: z.strictObject({ services: z.record(z.string(), z.strictObject({ max_failures: z.int(), timeout_seconds: z.int() })) }) },
      evidence: 'document',
      source: 'C1 §2.6; the numbers from §1.5',
      examples: { usual: { reply: { status: 200, body: { services: breakers } } } },
    })),
    getServiceUrl: get('/api/v1/ports/:service_name/url', () => ({
      summary: 'Where a neighbour listens: the fake of this lane if it runs, the planned address otherwise.',
      query: py.object({ host: py.optional(py.str()) }),
      responses: { 200: address(), 404: missing() },
      evidence: 'client',
      source: 'C1 §2.1 CFG-A3',
      examples: {
        known: { params: { service_name: 'marketplace_service' }, query: { host: 'marketplace-service' }, reply: { status: 200, body: marketplace } },
        unknown: { params: { service_name: 'nobody' }, reply: { status: 404, body: { detail: 'Service nobody not found' } } },
      },
    })),
    getServicePort: get('/api/v1/ports/:service_name', () => ({
      summary: 'One entry of the port registry.',
      query: environment(),
      responses: { 200: address(), 404: missing() },
      evidence: 'client',
      source: 'C1 §2.5; inferred: the path of an entry',
      examples: { known: { params: { service_name: 'marketplace_service' }, reply: { status: 200, body: marketplace } } },
    })),
    getNotificationsHealth: get('/api/v1/notifications/health', () => ({
      summary: 'Whether changes are announced over Redis.',
      responses: { 200: z.strictObject({ redis_connected: z.boolean().meta({ readBy: ['tests/config'] }) }) },
      evidence: 'test',
      source: 'C1 §2.5',
      examples: { connected: { reply: { status: 200, body: { redis_connected: true } } } },
    })),
    getServiceConfig: get('/config/:service_name/:key', () => ({
      summary: 'A value of one service, as the assessment matrix describes it; no client calls it.',
      responses: {
        200: z.strictObject({ value: z.unknown(), metadata: z.strictObject({ service_name: z.string(), environment: z.string(), source: z.string() }) }),
        404: missing(),
      },
      evidence: 'document',
      source: 'the integration assessment matrix; C1 §2.6',
      examples: {
        known: {
          params: { service_name: 'signal_service', key: 'CACHE_TTL_SECONDS' },
          reply: { status: 200, body: { value: '300', metadata: { service_name: 'signal_service', environment: 'production', source: 'mock-suite' } } },
        },
        unknown: { params: { service_name: 'signal_service', key: 'NOBODY_KNOWS' }, reply: { status: 404, body: { detail: 'Config NOBODY_KNOWS not found' } } },
      },
    })),
  },
})
