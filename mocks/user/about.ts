import { naive } from '../../contracts/kit/fastapi/naive.ts'
import type { aboutOperations } from '../../contracts/user/about.ts'
import { accountStatuses } from '../../contracts/user/permissions.ts'
import { isKept } from './authz.ts'
import type { Around, Handlers } from './handlers.ts'

const SERVICE = 'user_service'
const VERSION = '1.0.0'

export const about: Handlers<typeof aboutOperations> = {
  health: (call) => ({ status: 200, body: healthy(call) }),
  apiHealth: (call) => ({ status: 200, body: healthy(call) }),
  root: () => ({ status: 200, body: { service: SERVICE, version: VERSION, status: 'running' } }),
  metrics: (call) => ({ status: 200, body: exposition(call) }),
}

function healthy({ clock, lane }: Around) {
  const both = { database: 'healthy' as const, redis: 'healthy' as const }
  return {
    status: 'healthy' as const,
    overall_status: 'healthy' as const,
    service: SERVICE,
    version: VERSION,
    timestamp: naive(clock.now()),
    checks: both,
    connections: both,
    custom_checks: {},
    lane,
  }
}

/** In the text format of Prometheus. */
function exposition({ world, tables, clock }: Around): string {
  const people = accountStatuses.map((status) => [`{status="${status}"}`, world.users.all().filter((user) => user.account_status === status).length] as const)
  const open = tables.sessions.all().filter(({ ended, expires_at }) => !ended && clock.now() < expires_at).length
  return [
    ...gauge('user_service_users', 'People by status.', people),
    ...gauge('user_service_sessions', 'Sessions that last.', [['', open]]),
    ...gauge('user_service_cached_decisions', 'Decisions that are kept.', [
      ['', tables.decisions.all().filter((decision) => isKept(decision, clock.now())).length],
    ]),
    '',
  ].join('\n')
}

function gauge(name: string, help: string, samples: readonly (readonly [labels: string, value: number])[]): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, ...samples.map(([labels, value]) => `${name}${labels} ${value}`)]
}
