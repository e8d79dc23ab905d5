import * as z from 'zod'
import { table } from '../kit/table.ts'

const Preferences = () =>
  z.strictObject({
    user_id: z.string().min(1),
    email_enabled: z.boolean(),
    push_enabled: z.boolean(),
    sms_enabled: z.boolean(),
    /** Wall-clock times in the user's time zone; over midnight when the end is before the start, none when they are the same. */
    quiet_hours: z.strictObject({ start: z.string(), end: z.string() }),
    categories: z.record(z.string(), z.strictObject({ email: z.boolean(), push: z.boolean() })),
  })

export type Preferences = z.output<ReturnType<typeof Preferences>>

/** What users chose; who chose nothing has the usual ones. */
export const preferences = table(Preferences, { key: 'user_id' })

/** Those of the test that reads them (C1 §4.2). */
export const usual = (user_id: string): Preferences => ({
  user_id,
  email_enabled: true,
  push_enabled: true,
  sms_enabled: false,
  quiet_hours: { start: '22:00', end: '08:00' },
  categories: { trading_signals: { email: true, push: true }, price_alerts: { email: false, push: true } },
})

/** One who wants nothing, and one who may be woken. */
export const preferenceRows = (): Preferences[] => [
  { ...usual('user_789'), email_enabled: false, push_enabled: false },
  { ...usual('user_7'), sms_enabled: true, quiet_hours: { start: '00:00', end: '00:00' } },
]

/** Whether a user lets notifications of this type through on this channel; only e-mail, push and SMS can be switched off. */
export function allows(preferences: Preferences, channel: string, type: string): boolean {
  if (channel === 'sms') return preferences.sms_enabled
  if (channel !== 'email' && channel !== 'push') return true
  const category = preferences.categories[categoryOf(type)]
  return preferences[`${channel}_enabled`] && (category?.[channel] ?? true)
}

/** Inferred: tests name the types (`signal_generated`) and the categories (`trading_signals`), nobody says which goes with which. */
function categoryOf(type: string): string {
  if (type.startsWith('signal')) return 'trading_signals'
  return type.startsWith('price') ? 'price_alerts' : type
}
