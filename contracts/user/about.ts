import * as z from 'zod'
import { get, once } from '../kit/contract.ts'

const state = once(() => z.enum(['healthy', 'degraded']))

/** Of the new generation, what it sends; besides, what the former one sent in its place, and what the fake tells of itself. */
const health = once(() =>
  z.strictObject({
    status: state().meta({ readBy: ['test/clients', 'the fleet'] }),
    version: z.string(),
    checks: z.strictObject({ database: state(), redis: state() }),
    overall_status: state().optional(),
    service: z.string().optional(),
    connections: z.strictObject({ database: state(), redis: state() }).optional(),
    custom_checks: z.record(z.string(), state()).optional(),
    timestamp: z.string().optional(),
    lane: z.int().optional(),
  }),
)

const both = { database: 'healthy', redis: 'healthy' }
const healthy = {
  reply: {
    status: 200,
    body: {
      status: 'healthy',
      overall_status: 'healthy',
      service: 'user_service',
      version: '1.0.0',
      timestamp: '2026-01-17T09:15:30',
      checks: both,
      connections: both,
      custom_checks: {},
      lane: 0,
    },
  },
}

const EXPOSED = `# HELP user_service_users People by status.
# TYPE user_service_users gauge
user_service_users{status="pending_verification"} 1
user_service_users{status="active"} 9
user_service_users{status="suspended"} 1
user_service_users{status="deactivated"} 1
# HELP user_service_sessions Sessions that last.
# TYPE user_service_sessions gauge
user_service_sessions 0
# HELP user_service_cached_decisions Decisions that are kept.
# TYPE user_service_cached_decisions gauge
user_service_cached_decisions 0
`

/** What a service says about itself. */
export const aboutOperations = {
  health: get('/health', () => ({
    summary: 'Whether the service is up. The former generation answers 503 when degraded and 500 when unhealthy, the new one always 200; the fake is well.',
    responses: { 200: health() },
    auth: false,
    evidence: 'provider',
    source: 'C1 §8.2, §8.3',
    examples: { healthy },
  })),
  apiHealth: get('/api/v1/health', () => ({
    summary: 'The same under the prefix.',
    responses: { 200: health() },
    auth: false,
    evidence: 'document',
    source: 'C1 §10.3; inferred: for this service too',
    examples: { healthy },
  })),
  root: get('/', () => ({
    summary: 'The name and version of the service.',
    responses: { 200: z.strictObject({ service: z.string(), version: z.string(), status: z.string() }) },
    auth: false,
    evidence: 'provider',
    source: 'C1 §8.3; inferred: the members',
    examples: { usual: { reply: { status: 200, body: { service: 'user_service', version: '1.0.0', status: 'running' } } } },
  })),
  metrics: get('/metrics', () => ({
    summary: 'Counts for Prometheus: people by status, sessions, cached decisions.',
    responses: { 200: { body: z.string(), contentType: 'text/plain; version=0.0.4; charset=utf-8' } },
    auth: false,
    evidence: 'provider',
    source: 'C1 §8.3; inferred: the names of the metrics',
    examples: {
      usual: { reply: { status: 200, body: EXPOSED } },
    },
  })),
}
