import * as z from 'zod'
import { priorities } from '../../contracts/alert.ts'
import { table } from '../kit/table.ts'
import type { World } from '../world/index.ts'

const optionalText = () => z.string().nullable()

const Preferences = () =>
  z.strictObject({
    user_id: z.string(),
    /** Those that the user has switched on. */
    channels: z.array(z.string()),
    email_address: optionalText(),
    webhook_url: optionalText(),
    telegram_chat_id: optionalText(),
    phone_number: optionalText(),
    slack_channel: optionalText(),
    fcm_token: optionalText(),
    /** The least that is worth telling. */
    priority_filter: z.enum(priorities),
    /** Wall-clock times in the user's time zone; over midnight when the end is before the start. */
    quiet_hours: z.strictObject({ start: z.string(), end: z.string() }).nullable(),
    timezone: z.string(),
    /** Notifications an hour. */
    max_frequency: z.number(),
  })

export type Preferences = z.output<ReturnType<typeof Preferences>>

/** How users want to be told. */
export const preferences = table(Preferences, { key: 'user_id' })

/** The provider's own limit (C1 §3.8). */
const NOTIFICATIONS_AN_HOUR = 50

const nobody = {
  channels: ['ui', 'email'],
  email_address: null,
  webhook_url: null,
  telegram_chat_id: null,
  phone_number: null,
  slack_channel: null,
  fcm_token: null,
  priority_filter: 'low',
  quiet_hours: null,
  timezone: 'Asia/Kolkata',
  max_frequency: NOTIFICATIONS_AN_HOUR,
} satisfies Omit<Preferences, 'user_id'>

/** One of each kind, so that every way not to be told can be met with seed data alone. */
const particular: Readonly<Record<string, Partial<Preferences>>> = {
  /** Reachable at any hour: the provider's highest limit, so that a long test run is not silenced. */
  user_123: { channels: ['ui', 'telegram', 'email', 'push'], telegram_chat_id: '900000123', fcm_token: 'fcm-user_123', max_frequency: 500 },
  user_456: { quiet_hours: { start: '22:00', end: '08:00' } },
  user_789: { channels: ['ui'] },
  user_7: {
    channels: ['ui', 'telegram', 'email', 'webhook', 'sms', 'slack'],
    telegram_chat_id: '900000007',
    slack_channel: '#desk-7',
    webhook_url: 'https://hooks.example.test/user_7/alerts',
  },
  user_42: { channels: ['ui', 'telegram', 'sms'] },
  user_0: { email_address: null },
  user_1: { max_frequency: 3 },
  user_admin: { channels: ['ui', 'email', 'slack'], slack_channel: '#operations', priority_filter: 'high' },
  user_suspended: { channels: [] },
  system: { channels: ['ui'], email_address: null },
}

export const preferenceRows = (world: World): Preferences[] => world.users.all().map(({ user_id }) => ofUser(world, user_id) as Preferences)

/** What a user wants: as last written, or as it goes for every user of the world; nothing for a stranger. */
export function preferencesOf(desk: { world: World; tables: { preferences: { get(id: string): Preferences | undefined } } }, user_id: string) {
  return desk.tables.preferences.get(user_id) ?? ofUser(desk.world, user_id)
}

function ofUser(world: World, user_id: string): Preferences | undefined {
  const user = world.users.get(user_id)
  if (user === undefined) return undefined
  const { email, phone, timezone } = user
  return { ...nobody, email_address: email, phone_number: phone, timezone, ...particular[user_id], user_id }
}

/** Of a stranger nothing is known but the screen that he looks at; nothing is switched off. */
export function strangerPreferences(user_id: string): Preferences {
  return { ...nobody, user_id, channels: ['ui', 'telegram', 'email', 'webhook', 'sms', 'slack', 'push'] }
}
