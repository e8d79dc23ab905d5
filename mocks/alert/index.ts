import { alert as contract, priorities } from '../../contracts/alert.ts'
import { defineMock } from '../world/index.ts'
import { type Alert, type Desk, findAlert, tables } from './alerts.ts'
import { conditionType, evaluate } from './condition.ts'
import { exposition } from './exposition.ts'
import { type Notice, notify } from './notify.ts'
import { type Preferences, preferenceRows, preferencesOf, strangerPreferences } from './preferences.ts'
import { deliveryId, findDelivery, going, progressOf, timetable } from './progress.ts'
import { alertRows, signalRows } from './seed.ts'
import { acted, createStanding, listed, patchStanding, standingStatus, summary, turn } from './standing.ts'
import { bearerOf } from './token.ts'
import { progressReport, providerView, receipt } from './wire.ts'
import { zoned } from './zoned.ts'

/** Every generation writes into one table of alerts, and reads what any of them wrote. */
export const alertMock = defineMock(contract)({
  tables,
  seed: ({ world, clock }) => ({ alerts: alertRows(clock.now()), signals: signalRows(clock.now()), preferences: preferenceRows(world) }),

  operations: {
    health: (desk) => ({ status: 200, body: healthy(desk) }),
    apiHealth: (desk) => ({ status: 200, body: healthy(desk) }),

    createAlert: (desk) => ({ status: 201, body: receipt(notify(desk, noticeOf(desk.body))) }),

    createBulkAlerts(desk) {
      const results = desk.body.alerts.map((notice) => {
        const { alert_id, success, error } = receipt(notify(desk, notice))
        return { user_id: notice.user_id, alert_id, success, ...(error === undefined ? {} : { error }) }
      })
      const sent = results.filter(({ success }) => success).length
      return {
        status: 200,
        body: {
          success: sent > 0 || results.length === 0,
          success_count: sent,
          sent_count: sent,
          failed_count: results.length - sent,
          delivered_count: sent,
          alert_ids: results.map(({ alert_id }) => alert_id),
          results,
        },
      }
    },

    getAlertStatus(desk) {
      const alert = findAlert(desk, desk.params.alert_id)
      if (alert === undefined) return unknown(desk.params.alert_id)
      return { status: 200, body: progressReport(alert, desk.clock.now()) }
    },

    getPreferences(desk) {
      const { user_id } = desk.query
      const preferences = preferencesOf(desk, user_id)
      if (preferences === undefined) return { status: 404, body: { detail: `Notification preferences for user ${user_id} not found` } }
      return { status: 200, body: preferences }
    },

    updatePreferences(desk) {
      const { user_id } = desk.body
      const before = preferencesOf(desk, user_id) ?? strangerPreferences(user_id)
      const preferences = desk.tables.preferences.put({ ...before, ...said(desk.body) })
      return { status: 200, body: { success: true, user_id, preferences } }
    },

    sendAlert(desk) {
      const { channel, channels, ...notice } = desk.body
      const alert = notify(desk, { ...notice, channels: channels ?? (channel === null ? null : [channel]), condition_config: null, metadata: null })
      const [first] = going(alert)
      return {
        status: 200,
        body: {
          alert_id: alert.alert_id,
          status: first === undefined ? 'failed' : 'sent',
          sent: first !== undefined,
          delivery_id: deliveryIdOf(alert),
          estimated_delivery: first === undefined ? null : zoned(timetable(alert, first.channel).delivered),
        },
      }
    },

    getDeliveryStatus: (desk) => deliveryReply(desk, desk.query.delivery_id),
    askDeliveryStatus: (desk) => deliveryReply(desk, desk.body.delivery_id),

    createConfiguredAlert(desk) {
      return { status: 201, body: receipt(notify(desk, configured(desk.body))) }
    },

    createStandingAlert(desk) {
      const made = createStanding(desk, desk.body)
      return 'detail' in made ? { status: 400, body: made } : { status: 201, body: providerView(made, desk.clock.now()) }
    },

    listAlerts(desk) {
      const { limit } = desk.query
      const offset = Number(desk.query.offset)
      const alerts = listed(desk, desk.query)
        .slice(offset, offset + limit)
        .map((alert) => providerView(alert, desk.clock.now()))
      return {
        status: 200,
        body: { status: 'success', count: alerts.length, alerts, total: null, page: Math.floor(offset / limit) + 1, page_size: limit },
      }
    },

    summarizeAlerts: (desk) => ({ status: 200, body: summary(desk) }),

    getAlert(desk) {
      const alert = findAlert(desk, desk.params.alert_id)
      return alert === undefined ? unknown(desk.params.alert_id) : { status: 200, body: providerView(alert, desk.clock.now()) }
    },

    updateAlert(desk) {
      const alert = findAlert(desk, desk.params.alert_id)
      if (alert === undefined) return unknown(desk.params.alert_id)
      const changed = patchStanding(desk, alert, desk.body)
      return 'detail' in changed ? { status: 400, body: changed } : { status: 200, body: providerView(changed, desk.clock.now()) }
    },

    deleteAlert(desk) {
      const { alert_id } = desk.params
      const alert = findAlert(desk, alert_id)
      if (alert === undefined) return unknown(alert_id)
      desk.tables.alerts.put({ ...alert, status: 'deleted', updated_at: desk.clock.now() })
      return { status: 200, body: { status: 'success', message: `Alert ${alert_id} deleted successfully`, alert_id } }
    },

    pauseAlert: (desk) => turn(desk, desk.params.alert_id, 'pause'),
    resumeAlert: (desk) => turn(desk, desk.params.alert_id, 'resume'),

    acknowledgeAlert(desk) {
      const now = desk.clock.now()
      const { alert_id } = desk.params
      desk.tables.alerts.update(alert_id, { acknowledged_at: now })
      return { status: 200, body: acted(alert_id, 'acknowledge', 'Alert acknowledged', now) }
    },

    snoozeAlert(desk) {
      const now = desk.clock.now()
      const { alert_id } = desk.params
      const { duration_seconds } = desk.query
      desk.tables.alerts.update(alert_id, { snoozed_until: now + duration_seconds * 1000 })
      return { status: 200, body: acted(alert_id, 'snooze', `Alert snoozed for ${duration_seconds} seconds`, now) }
    },

    testAlert(desk) {
      const now = desk.clock.now()
      const found = findAlert(desk, desk.params.alert_id)
      if (found === undefined) return unknown(desk.params.alert_id)
      const alert = desk.tables.alerts.put({ ...found, evaluation_count: found.evaluation_count + 1, last_evaluated_at: now })
      const { alert_id, name, alert_type } = alert
      const shown = { alert_id, name, alert_type, condition_type: conditionType(alert), status: standingStatus(alert, now) }
      return { status: 200, body: { status: 'success', message: 'Alert test completed', alert: shown, evaluation: evaluate(desk, alert) } }
    },

    metrics: (desk) => ({ status: 200, body: exposition(desk) }),

    root: () => ({ status: 200, body: { service: 'alert-service', version: VERSION, status: 'running', docs: '/docs' } }),

    whoAmI({ clock, header }) {
      const caller = bearerOf(header('authorization'), clock.now())
      if ('user_id' in caller) return { status: 200, body: { status: 'success', message: 'Authentication successful', user_id: caller.user_id } }
      const { status, detail } = caller
      return status === 401 ? { status, body: { detail }, headers: { 'www-authenticate': 'Bearer' } } : { status, body: { detail } }
    },
  },
})

const VERSION = '1.0.0'

function healthy({ clock, lane }: Desk) {
  const timestamp = zoned(clock.now())
  return { status: 'healthy', timestamp, service: 'alert-service', version: VERSION, environment: 'production', database: 'connected', lane }
}

const unknown = (alert_id: string) => ({ status: 404 as const, body: { detail: `Alert ${alert_id} not found` } })

/** The third generation writes beside the objects what the first writes into them. */
function noticeOf({ instrument_key, condition, ...notice }: Notice & { instrument_key: string | null; condition: string | null }): Notice {
  const beside = Object.fromEntries(Object.entries({ instrument_key, condition }).filter(([, value]) => value !== null))
  return { ...notice, condition_config: { ...beside, ...notice.condition_config } }
}

/** The members that a patch means: null clears what may be null and leaves the rest alone. */
function said(patch: Partial<{ [Name in keyof Preferences]: Preferences[Name] | null | undefined }>): Partial<Preferences> {
  const mayBeNull = new Set(['email_address', 'webhook_url', 'telegram_chat_id', 'phone_number', 'slack_channel', 'fcm_token', 'quiet_hours'])
  const meant = Object.entries(patch).filter(([name, value]) => value !== undefined && (value !== null || mayBeNull.has(name)))
  return Object.fromEntries(meant) as Partial<Preferences>
}

/** The document puts everything into its two objects, without saying what into which. */
function configured({
  alert_type,
  condition_config,
  metadata,
}: Pick<Notice, 'alert_type' | 'metadata'> & { condition_config: Record<string, unknown> }): Notice {
  const all = { ...condition_config, ...metadata }
  return {
    user_id: typeof all.user_id === 'string' && all.user_id !== '' ? all.user_id : 'system',
    alert_type,
    priority: priorities.find((known) => known === all.priority) ?? 'medium',
    channels: Array.isArray(all.channels) ? all.channels.filter((channel) => typeof channel === 'string') : null,
    condition_config,
    metadata,
  }
}

/** The second generation knows one delivery for each alert: the first that is going, or the first that is not. */
function deliveryIdOf(alert: Alert): string | null {
  const delivery = going(alert)[0] ?? alert.deliveries[0]
  return delivery === undefined ? null : deliveryId(alert, delivery)
}

function deliveryReply({ tables, clock }: Desk, delivery_id: string) {
  const found = findDelivery(tables.alerts, delivery_id)
  if (found === undefined) return { status: 404 as const, body: { detail: `Delivery ${delivery_id} not found` } }
  const { status, attempts, reason } = progressOf(found.alert, found.delivery, clock.now())
  return { status: 200 as const, body: { delivery_id, status, attempts, last_error: reason } }
}
