import type { Alert, Delivery } from './alerts.ts'
import { channelNamed } from './channels.ts'

export interface Progress {
  status: 'accepted' | 'sent' | 'delivered' | 'failed' | 'skipped'
  reason: string | null
  attempts: number
  /** Instants, once they have come. */
  sent_at: number | null
  delivered_at: number | null
}

/** How far a delivery has come: a function of the clock, so that nothing has to happen in between. */
export function progressOf(alert: Alert, { channel, fate, reason }: Delivery, now: number): Progress {
  if (fate !== 'going') return { status: fate, reason, attempts: 0, sent_at: null, delivered_at: null }
  const { sent, delivered } = timetable(alert, channel)
  if (now < sent) return { status: 'accepted', reason, attempts: 0, sent_at: null, delivered_at: null }
  return now < delivered
    ? { status: 'sent', reason, attempts: 1, sent_at: sent, delivered_at: null }
    : { status: 'delivered', reason, attempts: 1, sent_at: sent, delivered_at: delivered }
}

/** When an alert leaves, and when it arrives, on one of its channels. */
export function timetable(alert: Alert, channel: string): { sent: number; delivered: number } {
  const { leaves = 0, arrives = 0 } = channelNamed(channel) ?? {}
  return { sent: alert.created_at + leaves, delivered: alert.created_at + arrives }
}

export const going = (alert: Alert): Delivery[] => alert.deliveries.filter(({ fate }) => fate === 'going')

/** `sent` from the moment that one channel takes it, `delivered` when the last has brought it; `pending` while it waits for its condition. */
export function statusOf(alert: Alert, now: number): 'pending' | 'sent' | 'delivered' | 'failed' {
  if (alert.last_triggered_at === null) return 'pending'
  const deliveries = going(alert)
  if (deliveries.length === 0) return 'failed'
  return deliveries.every(({ channel }) => timetable(alert, channel).delivered <= now) ? 'delivered' : 'sent'
}

/** When the last of its channels brings it; nothing when none does. */
export function arrival(alert: Alert): number | null {
  const arrivals = going(alert).map(({ channel }) => timetable(alert, channel).delivered)
  return arrivals.length === 0 ? null : Math.max(...arrivals)
}

/** Delivery ids need no table: they name the alert, whose id has a fixed length, and the channel. */
export const deliveryId = (alert: Alert, { channel }: Delivery): string => `${alert.alert_id}:${channel}`

const UUID_LENGTH = 36

export function findDelivery(alerts: { get(id: string): Alert | undefined }, id: string): { alert: Alert; delivery: Delivery } | undefined {
  const alert = alerts.get(id.slice(0, UUID_LENGTH))
  const delivery = alert?.deliveries.find(({ channel }) => id === `${alert.alert_id}:${channel}`)
  return alert === undefined || delivery === undefined ? undefined : { alert, delivery }
}
