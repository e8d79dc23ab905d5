import type { alert as contract } from '../../contracts/alert.ts'
import type { BodyOf } from '../../contracts/kit/infer.ts'
import { type Alert, type Desk, findAlert, unsaid } from './alerts.ts'
import { complaintAbout } from './condition.ts'
import { zoned, zonedOrNull } from './zoned.ts'

type Operations = (typeof contract)['operations']

/** The provider's routes know no caller: all that comes through them is this user's (C1 §3.8). */
export const TEST_USER = 'test_user'

/** An alert that waits for its condition. */
export function createStanding(desk: Desk, body: BodyOf<Operations['createStandingAlert']>): Alert | { detail: string } {
  const complaint = complaintAbout(body.condition_config)
  if (complaint !== undefined) return { detail: complaint }
  const now = desk.clock.now()
  return desk.tables.alerts.insert({
    ...unsaid,
    ...body,
    ...counts(body),
    alert_id: desk.ids.uuid(),
    signal_id: null,
    user_id: TEST_USER,
    created_by: TEST_USER,
    message: body.description ?? body.name,
    deliveries: [],
    status: 'active',
    created_at: now,
    updated_at: now,
  })
}

/** Changes what is said and neither null nor absent. */
export function patchStanding(desk: Desk, alert: Alert, body: BodyOf<Operations['updateAlert']>): Alert | { detail: string } {
  const said = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null && value !== undefined)) as Partial<Alert>
  const complaint = said.condition_config === undefined ? undefined : complaintAbout(said.condition_config)
  if (complaint !== undefined) return { detail: complaint }
  return desk.tables.alerts.put({ ...alert, ...said, ...counts({ ...alert, ...said }), updated_at: desk.clock.now() })
}

/** Without an upper bound, an integer may arrive as a `bigint`, which JSON has no place for. */
function counts({ max_triggers_per_day, cooldown_seconds }: Pick<Alert, 'max_triggers_per_day' | 'cooldown_seconds'>) {
  return { max_triggers_per_day: max_triggers_per_day === null ? null : Number(max_triggers_per_day), cooldown_seconds: Number(cooldown_seconds) }
}

/** What an alert is to the provider by now. */
export function standingStatus({ status, expires_at }: Alert, now: number): Alert['status'] | 'expired' {
  if (expires_at === null || status === 'triggered' || status === 'deleted') return status
  return instantOf(expires_at) <= now ? 'expired' : status
}

/** Pydantic keeps a zone if one was written; without one the provider means UTC. */
const instantOf = (text: string): number => Date.parse(/(?:Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z`)

/** Pauses or resumes: only from the one status into the other. */
export function turn(desk: Desk, alert_id: string, action: 'pause' | 'resume') {
  const [from, to, done] = action === 'pause' ? (['active', 'paused', 'paused'] as const) : (['paused', 'active', 'resumed'] as const)
  const now = desk.clock.now()
  const alert = findAlert(desk, alert_id)
  if (alert === undefined || standingStatus(alert, now) !== from)
    return { status: 404 as const, body: { detail: `Alert ${alert_id} not found or not ${from}` } }
  desk.tables.alerts.put({ ...alert, status: to, updated_at: now })
  return { status: 200 as const, body: acted(alert_id, action, `Alert ${done} successfully`, now) }
}

/** What the provider says when it has done as it was told. */
export function acted(alert_id: string, action: string, message: string, now: number) {
  return { status: 'success' as const, alert_id, action, message, timestamp: zoned(now) }
}

export interface Listing {
  status: string | null
  alert_type: string | null
  symbol: string | null
}

/** The alerts that a question is about, newest first. */
export function listed({ tables, clock }: Desk, { status, alert_type, symbol }: Listing): Alert[] {
  const now = clock.now()
  return tables.alerts
    .all()
    .reverse()
    .filter((alert) => {
      const current = standingStatus(alert, now)
      if (status === null ? current === 'deleted' : current !== status) return false
      return (
        (alert_type === null || alert.alert_type === alert_type) && (symbol === null || alert.symbol === symbol || alert.symbols?.includes(symbol) === true)
      )
    })
}

export function summary(desk: Desk) {
  const now = desk.clock.now()
  const alerts = listed(desk, { status: null, alert_type: null, symbol: null })
  const having = (status: string) => alerts.filter((alert) => standingStatus(alert, now) === status).length
  const last = alerts.reduce<number | null>((latest, { last_triggered_at: at }) => (at !== null && at > (latest ?? 0) ? at : latest), null)
  return {
    status: 'success' as const,
    user_id: TEST_USER,
    total_alerts: alerts.length,
    active_alerts: having('active'),
    paused_alerts: having('paused'),
    triggered_alerts: having('triggered'),
    total_triggers: alerts.reduce((sum, { trigger_count }) => sum + trigger_count, 0),
    last_trigger_time: zonedOrNull(last),
  }
}
