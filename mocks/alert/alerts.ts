import * as z from 'zod'
import { priorities } from '../../contracts/alert.ts'
import type { Surroundings } from '../kit/mock.ts'
import type { TablesOf } from '../kit/store.ts'
import { table } from '../kit/table.ts'
import type { World } from '../world/index.ts'
import { preferences } from './preferences.ts'

const Delivery = () =>
  z.strictObject({
    /** As the caller named it. */
    channel: z.string(),
    /** Decided once, when the alert is made; how far a going one has come is a matter of the clock. */
    fate: z.enum(['going', 'failed', 'skipped']),
    /** Why it is not going. */
    reason: z.string().nullable(),
    /** Where it is going: a mail address, a number, a URL. */
    to: z.string().nullable(),
  })

export type Delivery = z.output<ReturnType<typeof Delivery>>

const optionalText = () => z.string().nullable()
const optionalInstant = () => z.int().nullable()
const free = () => z.record(z.string(), z.unknown())

/** One alert, whichever generation made it; instants are in milliseconds. */
const Alert = () =>
  z.strictObject({
    alert_id: z.string(),
    signal_id: optionalText(),
    user_id: optionalText(),
    created_by: z.string(),
    name: z.string(),
    message: z.string(),
    alert_type: z.string(),
    priority: z.enum(priorities),
    condition_config: free(),
    metadata: free().nullable(),
    deliveries: z.array(Delivery()),
    /** What was last written; past `expires_at` an active or paused one is expired. */
    status: z.enum(['active', 'paused', 'triggered', 'deleted']),
    description: optionalText(),
    symbol: optionalText(),
    symbols: z.array(z.string()).nullable(),
    exchange: optionalText(),
    notification_channels: z.array(z.string()),
    notification_config: free().nullable(),
    notification_template: optionalText(),
    evaluation_interval_seconds: z.number(),
    evaluation_window_start: optionalText(),
    evaluation_window_end: optionalText(),
    max_triggers_per_day: z.number().nullable(),
    cooldown_seconds: z.number(),
    /** As the caller wrote it. */
    expires_at: optionalText(),
    account_id: optionalText(),
    strategy_id: optionalText(),
    trigger_count: z.int(),
    evaluation_count: z.int(),
    created_at: z.int(),
    updated_at: z.int(),
    last_triggered_at: optionalInstant(),
    last_evaluated_at: optionalInstant(),
    acknowledged_at: optionalInstant(),
    snoozed_until: optionalInstant(),
  })

export type Alert = z.output<ReturnType<typeof Alert>>

/** Clients ask for an alert by the signal that caused it. */
const Signal = () => z.strictObject({ signal_id: z.string(), alert_id: z.string() })

/** When a user was last told something, oldest first; no more of them than the hourly limit asks for. */
const Quota = () => z.strictObject({ user_id: z.string(), told_at: z.array(z.int()) })

export const tables = {
  alerts: table(Alert, { key: 'alert_id', capacity: 10_000 }),
  /** The newest alert of each signal. */
  signals: table(Signal, { key: 'signal_id', capacity: 10_000 }),
  quotas: table(Quota, { key: 'user_id' }),
  preferences,
}

/** What every part of this fake works with. */
export type Desk = Surroundings<World, TablesOf<typeof tables>>

/** An alert by its own id or by its signal's; nothing when it was deleted. */
export function findAlert({ tables }: Pick<Desk, 'tables'>, id: string): Alert | undefined {
  const alert = tables.alerts.get(id) ?? tables.alerts.get(tables.signals.get(id)?.alert_id)
  return alert?.status === 'deleted' ? undefined : alert
}

/** What an alert has of the provider's members when nobody said otherwise. */
export const unsaid = {
  description: null,
  symbol: null,
  symbols: null,
  exchange: null,
  notification_config: null,
  notification_template: null,
  evaluation_interval_seconds: 60,
  evaluation_window_start: null,
  evaluation_window_end: null,
  max_triggers_per_day: null,
  cooldown_seconds: 300,
  expires_at: null,
  account_id: null,
  strategy_id: null,
  trigger_count: 0,
  evaluation_count: 0,
  last_triggered_at: null,
  last_evaluated_at: null,
  acknowledged_at: null,
  snoozed_until: null,
} satisfies Partial<Alert>
