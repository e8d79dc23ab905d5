import type { Alert } from './alerts.ts'
import { conditionType } from './condition.ts'
import { arrival, deliveryId, going, type Progress, progressOf, statusOf } from './progress.ts'
import { standingStatus } from './standing.ts'
import { zoned, zonedOrNull } from './zoned.ts'

/** What the maker of an alert is told at once: how things stand at the instant of its making. */
export function receipt(alert: Alert) {
  const channels = going(alert).map(({ channel }) => channel)
  const reasons = new Set(alert.deliveries.flatMap(({ reason }) => reason ?? []))
  const success = channels.length > 0
  return {
    success,
    alert_id: alert.alert_id,
    status: success ? ('sent' as const) : ('failed' as const),
    channels_delivered: channels,
    delivery_time: zonedOrNull(arrival(alert)),
    timestamp: zoned(alert.created_at),
    delivery_results: byChannel(alert, alert.created_at, ({ status, reason }) => ({ status, reason })),
    ...(success ? {} : { error: [...reasons].join('; ') || 'No channel to deliver to' }),
  }
}

/** How far an alert has come. */
export function progressReport(alert: Alert, now: number) {
  const progress = alert.deliveries.map((delivery) => ({ ...delivery, ...progressOf(alert, delivery, now) }))
  const arrived = progress.filter(({ status }) => status === 'delivered')
  const { alert_id, signal_id, user_id, alert_type, priority } = alert
  return {
    alert_id,
    signal_id,
    user_id,
    alert_type,
    priority,
    status: statusOf(alert, now),
    delivered_channels: arrived.map(({ channel }) => channel),
    delivery_methods: going(alert).map(({ channel }) => channel),
    delivery_timestamp: arrived.length === 0 ? null : zoned(Math.max(...arrived.map(({ delivered_at }) => delivered_at ?? 0))),
    delivery_details: byChannel(alert, now, ({ sent_at, delivered_at, ...rest }, delivery_id) => ({
      ...rest,
      delivery_id,
      sent_at: zonedOrNull(sent_at),
      delivered_at: zonedOrNull(delivered_at),
    })),
    created_at: zoned(alert.created_at),
    acknowledged_at: zonedOrNull(alert.acknowledged_at),
    snoozed_until: zonedOrNull(alert.snoozed_until),
  }
}

function byChannel<T>(alert: Alert, now: number, tell: (progress: Progress, delivery_id: string) => T): Record<string, T> {
  return Object.fromEntries(alert.deliveries.map((delivery) => [delivery.channel, tell(progressOf(alert, delivery, now), deliveryId(alert, delivery))]))
}

/** An alert as the provider shows it. */
export function providerView(alert: Alert, now: number) {
  const { signal_id: _s, message: _m, deliveries: _d, acknowledged_at: _a, snoozed_until: _z, ...shown } = alert
  return {
    ...shown,
    condition_type: conditionType(alert),
    status: standingStatus(alert, now),
    created_at: zoned(alert.created_at),
    updated_at: zoned(alert.updated_at),
    last_triggered_at: zonedOrNull(alert.last_triggered_at),
    last_evaluated_at: zonedOrNull(alert.last_evaluated_at),
  }
}
