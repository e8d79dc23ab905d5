import type { Alert, Delivery } from './alerts.ts'
import { type Channel, channelNamed } from './channels.ts'
import type { Preferences } from './preferences.ts'
import { isQuiet } from './quiet-hours.ts'

export interface Circumstances {
  /** The channels asked for. */
  channels: readonly string[]
  priority: Alert['priority']
  preferences: Preferences
  now: number
  /** The user was told as often as allowed within the last hour. */
  exhausted: boolean
}

/**
 * What becomes of an alert in each of its channels: a wish of the user's skips it, a missing address fails it.
 * The limit an hour and the least priority hold for all channels; quiet hours spare the screen, which makes no noise.
 */
export function plan({ channels, ...circumstances }: Circumstances): Delivery[] {
  return [...new Set(channels)].map((name) => {
    const channel = channelNamed(name)
    if (channel === undefined) return { channel: name, fate: 'failed', reason: `Unsupported channel: ${name}`, to: null }
    const reason = unwanted(channel, circumstances)
    if (reason !== undefined) return { channel: name, fate: 'skipped', reason, to: null }
    const to = channel.address(circumstances.preferences)
    if (to === null) return { channel: name, fate: 'failed', reason: channel.unreachable(circumstances.preferences.user_id), to }
    return { channel: name, fate: 'going', reason: null, to }
  })
}

const RANK: Readonly<Record<Alert['priority'], number>> = { low: 0, medium: 1, high: 2, critical: 3, urgent: 3 }

function unwanted({ name }: Channel, { priority, preferences, now, exhausted }: Omit<Circumstances, 'channels'>): string | undefined {
  const { user_id, channels, priority_filter, max_frequency } = preferences
  if (!channels.some((enabled) => channelNamed(enabled)?.name === name)) return `${user_id} has switched ${name} off`
  if (RANK[priority] < RANK[priority_filter]) return `Priority ${priority} is below ${priority_filter}`
  if (name !== 'ui' && RANK[priority] < RANK.high && isQuiet(preferences, now)) return `Quiet hours of ${user_id}`
  return exhausted ? `Hourly limit of ${max_frequency} notifications reached` : undefined
}
