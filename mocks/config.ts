import * as z from 'zod'
import { config } from '../contracts/config.ts'
import { naive } from '../contracts/kit/fastapi/naive.ts'
import type { Clock } from '../scenarios/kit/clock.ts'
import type { Surroundings } from './kit/mock.ts'
import { table } from './kit/table.ts'
import { defineMock, type World } from './world/index.ts'

const Own = () =>
  z.strictObject({
    /** Environment and key, joined by `/`. */
    id: z.string(),
    environment: z.string(),
    key: z.string(),
    value: z.string(),
    secret_type: z.string(),
    description: z.string(),
  })

const DEFAULT_ENVIRONMENT = 'production'

/** Tried where the world's configuration has no such key: adapters ask for these secrets as if they were configuration. */
const SECRETS_READ_AS_CONFIG = new Set(['INTERNAL_API_KEY', 'DATABASE_URL', 'REDIS_URL'])

export const configMock = defineMock(config)({
  /** What clients added to one environment; a secret of the world is valid in all of them. */
  tables: { secrets: table(Own, { key: 'id', indexes: ['environment'] }) },

  operations: {
    health: (call) => ({ status: 200, body: healthy(call) }),
    apiHealth: (call) => ({ status: 200, body: healthy(call) }),

    getSecret: (call) => secretReply(call, environmentOf(call)),
    getSecretValue: (call) => secretReply(call, environmentOf(call)),

    listSecrets({ tables, world, query }) {
      const environment = query.environment ?? DEFAULT_ENVIRONMENT
      const own = tables.secrets.where('environment', environment)
      const names = new Map(
        [...world.secrets.all(), ...own].map(({ key, secret_type, description }) => [key, { secret_key: key, secret_type, environment, description }]),
      )
      return { status: 200, body: [...names.values()] }
    },

    createSecret({ tables, world, body }) {
      const { secret_key: key, secret_value: value, secret_type, environment, description } = body
      const id = `${environment}/${key}`
      if (world.secrets.has(key) || tables.secrets.has(id)) return { status: 409, body: { detail: `Secret ${key} already exists` } }
      tables.secrets.insert({ id, environment, key, value, secret_type, description: description ?? '' })
      return { status: 201, body: written(key, environment, 'created') }
    },

    updateSecret({ tables, world, params, query, body }) {
      const { environment, id } = place(params.key, query.environment)
      const changed = tables.secrets.update(id, { value: body.secret_value }) ?? world.secrets.update(params.key, { value: body.secret_value })
      if (changed === undefined) return { status: 404, body: { detail: `Secret ${params.key} not found` } }
      return { status: 200, body: written(params.key, environment, 'updated') }
    },

    deleteSecret({ tables, world, params, query }) {
      const { environment, id } = place(params.key, query.environment)
      if (!tables.secrets.delete(id) && !world.secrets.delete(params.key)) return { status: 404, body: { detail: `Secret ${params.key} not found` } }
      return { status: 200, body: written(params.key, environment, 'deleted') }
    },

    getConfig(call) {
      const { key } = call.params
      const setting = call.world.settings.get(key) ?? (SECRETS_READ_AS_CONFIG.has(key) ? call.world.secrets.get(key) : undefined)
      const value = setting === undefined ? neighbourUrl(call, key) : setting.value
      if (value === undefined) return { status: 404, body: { detail: `Config ${key} not found` } }
      return { status: 200, body: { ...told(call.clock, key, value, environmentOf(call), false), config_value: unfolded(value) } }
    },

    getBudgetGuards({ world }) {
      const budget = budgetIn(world.settings.get('METRICS_BUDGET_CONFIG')?.value)
      return {
        status: 200,
        body: { memory_mb: budget('max_memory_mb', 512), cpu_percent: budget('max_cpu_percent', 85), concurrent_ops: budget('max_concurrent_operations', 50) },
      }
    },

    getCircuitBreakers: () => ({
      status: 200,
      body: {
        services: {
          ticker: { max_failures: 3, timeout_seconds: 60 },
          user: { max_failures: 5, timeout_seconds: 45 },
          alert: { max_failures: 2, timeout_seconds: 30 },
          comms: { max_failures: 2, timeout_seconds: 30 },
          marketplace: { max_failures: 3, timeout_seconds: 45 },
        },
      },
    }),

    getServiceUrl: (call) => addressReply(call),
    getServicePort: (call) => addressReply(call),

    getNotificationsHealth: () => ({ status: 200, body: { redis_connected: true } }),

    getServiceConfig({ world, params }) {
      const setting = world.settings.get(`${params.service_name}.${params.key}`) ?? world.settings.get(params.key)
      if (setting === undefined) return { status: 404, body: { detail: `Config ${params.key} not found` } }
      return {
        status: 200,
        body: { value: setting.value, metadata: { service_name: params.service_name, environment: DEFAULT_ENVIRONMENT, source: 'mock-suite' } },
      }
    },
  },
})

type Own = z.output<ReturnType<typeof Own>>
type Call = Pick<Surroundings<World, unknown>, 'clock' | 'lane' | 'world' | 'address'>

function healthy({ clock, lane }: Call) {
  return { status: 'healthy', service: 'config-service', version: '1.0.0', timestamp: naive(clock.now()), encryption_status: 'enabled', lane }
}

/** The query speaks louder than the header that the runtime client sends. */
function environmentOf({ query, header }: { query: { environment: string | null }; header(name: string): string | undefined }): string {
  return query.environment ?? header('x-environment') ?? DEFAULT_ENVIRONMENT
}

function place(key: string, environment: string | null) {
  const where = environment ?? DEFAULT_ENVIRONMENT
  return { environment: where, id: `${where}/${key}` }
}

function written(key: string, environment: string, what: string) {
  return { success: true as const, message: `Secret ${key} ${what}`, secret_key: key, environment }
}

function secretReply(call: Call & { tables: { secrets: { get(id: string): Own | undefined } }; params: { key: string } }, environment: string) {
  const { key } = call.params
  const secret = call.tables.secrets.get(`${environment}/${key}`) ?? call.world.secrets.get(key)
  if (secret === undefined) return { status: 404 as const, body: { detail: `Secret ${key} not found` } }
  return { status: 200 as const, body: { ...told(call.clock, key, secret.value, environment, true), secret_value: secret.value } }
}

function told(clock: Clock, key: string, value: unknown, environment: string, encrypted: boolean) {
  return { key, value, config_value: value, environment, last_updated: naive(clock.now()), metadata: { environment, source: 'mock-suite', encrypted } }
}

/** The tiers are text to the runtime client and objects to the fleet's tests (C1 §2.5). */
function unfolded(value: unknown): unknown {
  if (typeof value !== 'string' || !value.startsWith('{')) return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

/** `signal_service.ticker_service_url` and its like, which hot reload watches: what the port registry says (C1 §2.3, §10.2). */
function neighbourUrl(call: Call, key: string): string | undefined {
  const [, service_name = ''] = /^signal_service\.(\w+_service)_url$/.exec(key) ?? []
  return located(call, service_name)?.url
}

function addressReply(call: Call & { params: { service_name: string } }) {
  const found = located(call, call.params.service_name)
  if (found === undefined) return { status: 404 as const, body: { detail: `Service ${call.params.service_name} not found` } }
  return { status: 200 as const, body: found }
}

function located({ world, address }: Call, name: string) {
  const planned = world.ports.get(name)
  if (planned === undefined) return undefined
  const { service_name, service, description } = planned
  const { host, port } = address(service) ?? planned
  const url = address(service)?.url ?? `http://${host}:${port}`
  return { url, service_name, environment: DEFAULT_ENVIRONMENT, host, port, description }
}

/** The numbers of a budget, which is kept as JSON text; whoever reads a broken one falls back (C1 §2.3). */
function budgetIn(value: unknown): (member: string, fallback: number) => number {
  let budget: Record<string, unknown> = {}
  try {
    budget = Object(typeof value === 'string' ? JSON.parse(value) : value)
  } catch {}
  return (member, fallback) => (typeof budget[member] === 'number' ? budget[member] : fallback)
}
