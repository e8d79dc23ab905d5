import type { Message } from '../world/messages.ts'
import { type Alert, type Delivery, type Desk, unsaid } from './alerts.ts'
import { channelNamed } from './channels.ts'
import { plan } from './plan.ts'
import { type Preferences, preferencesOf, strangerPreferences } from './preferences.ts'
import { going, timetable } from './progress.ts'

/** What somebody is to be told, in whatever generation's words it came. */
export interface Notice {
  user_id: string | null
  alert_type: string
  priority: Alert['priority']
  /** All that the user has switched on when left out. */
  channels: readonly string[] | null
  message?: string | null
  condition_config: Readonly<Record<string, unknown>> | null
  metadata: Readonly<Record<string, unknown>> | null
}

/** Makes an alert and sends it on its way: into the inbox, to the webhook, and against the user's hourly limit. */
export function notify(desk: Desk, notice: Notice): Alert {
  const preferences = notice.user_id === null ? null : (preferencesOf(desk, notice.user_id) ?? strangerPreferences(notice.user_id))
  const alert = desk.tables.alerts.insert(compose(desk, notice, preferences))
  if (alert.signal_id !== null) desk.tables.signals.put({ signal_id: alert.signal_id, alert_id: alert.alert_id })
  const deliveries = going(alert)
  if (preferences !== null && deliveries.length > 0) count(desk, preferences)
  for (const delivery of deliveries) dispatch(desk, alert, delivery)
  return alert
}

function compose(desk: Desk, notice: Notice, preferences: Preferences | null): Alert {
  const { user_id, alert_type, priority } = notice
  const now = desk.clock.now()
  const condition = notice.condition_config ?? {}
  const message = firstText(notice.message, condition.message, `${alert_type} alert`)
  const channels = notice.channels ?? preferences?.channels ?? []
  // Spelt out, not spread over the defaults: this is the busiest object of the suite, and a spread of forty members is slow.
  return {
    alert_id: desk.ids.uuid(),
    signal_id: firstText(notice.metadata?.signal_id, condition.signal_id) || null,
    user_id,
    created_by: user_id ?? 'system',
    name: message.slice(0, 255),
    message,
    alert_type,
    priority,
    condition_config: { ...condition },
    metadata: notice.metadata === null ? null : { ...notice.metadata },
    deliveries: preferences === null ? unaddressed(channels) : plan({ channels, priority, preferences, now, exhausted: exhausted(desk, preferences) }),
    status: 'triggered',
    description: unsaid.description,
    symbol: firstText(condition.symbol, symbolIn(condition.instrument_key)) || null,
    symbols: unsaid.symbols,
    exchange: unsaid.exchange,
    notification_channels: [...channels],
    notification_config: unsaid.notification_config,
    notification_template: unsaid.notification_template,
    evaluation_interval_seconds: unsaid.evaluation_interval_seconds,
    evaluation_window_start: unsaid.evaluation_window_start,
    evaluation_window_end: unsaid.evaluation_window_end,
    max_triggers_per_day: unsaid.max_triggers_per_day,
    cooldown_seconds: unsaid.cooldown_seconds,
    expires_at: unsaid.expires_at,
    account_id: unsaid.account_id,
    strategy_id: unsaid.strategy_id,
    trigger_count: 1,
    evaluation_count: 1,
    created_at: now,
    updated_at: now,
    last_triggered_at: now,
    last_evaluated_at: now,
    acknowledged_at: unsaid.acknowledged_at,
    snoozed_until: unsaid.snoozed_until,
  }
}

const firstText = (...candidates: readonly unknown[]): string => candidates.find((one): one is string => typeof one === 'string' && one !== '') ?? ''

/** `NSE@RELIANCE@EQ` is about RELIANCE. */
const symbolIn = (key: unknown): unknown => (typeof key === 'string' ? key.split('@')[1] : undefined)

const unaddressed = (channels: readonly string[]): Delivery[] =>
  [...new Set(channels)].map((channel) => ({ channel, fate: 'failed', reason: 'The alert names no user', to: null }))

const HOUR = 3_600_000

/** The limit counts back from the newest: it is reached when the one that many ago was told within the hour. */
function exhausted({ tables, clock }: Desk, { user_id, max_frequency }: Preferences): boolean {
  const earlier = tables.quotas.get(user_id)?.told_at.at(-max_frequency)
  return max_frequency === 0 || (earlier !== undefined && earlier > clock.now() - HOUR)
}

function count({ tables, clock }: Desk, { user_id, max_frequency }: Preferences): void {
  const before = tables.quotas.get(user_id)?.told_at.slice(-max_frequency) ?? []
  tables.quotas.put({ user_id, told_at: [...before, clock.now()] })
}

/** The message is written down at once, dated at the instant when it will leave: the inbox shows what has left by now. */
function dispatch(desk: Desk, alert: Alert, { channel, to }: Delivery): void {
  const { name } = channelNamed(channel) ?? { name: 'ui' as const }
  const { sent } = timetable(alert, channel)
  desk.world.messages.insert(letter(desk.ids.next('msg'), alert, name, to ?? '', sent))
  if (name === 'webhook' && to !== null) desk.callback({ url: to, body: payload(alert, sent), after: `${sent - alert.created_at}ms` })
}

function letter(message_id: string, alert: Alert, channel: Message['channel'], to: string, sent: number): Message {
  return {
    message_id,
    service: 'alert',
    channel,
    user_id: alert.user_id,
    from: 'alert-service',
    to: [to],
    subject: channel === 'email' ? `[${alert.priority.toUpperCase()}] ${alert.name}` : null,
    text: alert.message,
    html: null,
    template: null,
    sent_at: new Date(sent).toISOString(),
  }
}

/** Inferred: no source shows what the webhook channel posts. */
function payload(alert: Alert, sent: number) {
  const { alert_id, signal_id, user_id, alert_type, priority, message, condition_config, metadata } = alert
  return { event: 'alert', alert_id, signal_id, user_id, alert_type, priority, message, condition_config, metadata, timestamp: new Date(sent).toISOString() }
}
