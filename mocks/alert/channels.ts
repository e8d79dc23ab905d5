import type { Message } from '../world/messages.ts'
import type { Preferences } from './preferences.ts'

export interface Channel {
  /** How preferences and the inbox name it. */
  name: Message['channel']
  /** Milliseconds after the alert was accepted at which it leaves, and at which it arrives. Inferred: no source measures them. */
  leaves: number
  arrives: number
  /** Where a user is reached, if anywhere. */
  address(preferences: Preferences): string | null
  /** What is wrong when there is no such place. */
  unreachable(user_id: string): string
}

const ui: Channel = { name: 'ui', leaves: 50, arrives: 200, address: ({ user_id }) => user_id, unreachable: (user_id) => `${user_id} has no screen` }

const telegram: Channel = {
  name: 'telegram',
  leaves: 500,
  arrives: 1500,
  address: (preferences) => preferences.telegram_chat_id,
  unreachable: (user_id) => `Telegram is not set up for ${user_id}`,
}

const email: Channel = {
  name: 'email',
  leaves: 1500,
  arrives: 6000,
  address: (preferences) => preferences.email_address,
  unreachable: (user_id) => `${user_id} has no email address`,
}

const webhook: Channel = {
  name: 'webhook',
  leaves: 200,
  arrives: 1000,
  address: ({ webhook_url }) => (webhook_url !== null && URL.canParse(webhook_url) && /^https?:/i.test(webhook_url) ? webhook_url : null),
  unreachable: (user_id) => `${user_id} has no webhook URL`,
}

const sms: Channel = {
  name: 'sms',
  leaves: 1000,
  arrives: 4000,
  address: (preferences) => preferences.phone_number,
  unreachable: (user_id) => `${user_id} has no phone number`,
}

const slack: Channel = {
  name: 'slack',
  leaves: 400,
  arrives: 1200,
  address: (preferences) => preferences.slack_channel,
  unreachable: (user_id) => `Slack is not set up for ${user_id}`,
}

const push: Channel = {
  name: 'push',
  leaves: 600,
  arrives: 2000,
  address: (preferences) => preferences.fcm_token,
  unreachable: (user_id) => `${user_id} has no device to push to`,
}

/** Every name by which some generation calls a channel. */
const channels: ReadonlyMap<string, Channel> = new Map([
  ['ui', ui],
  ['in_app', ui],
  ['telegram', telegram],
  ['email', email],
  ['webhook', webhook],
  ['sms', sms],
  ['slack', slack],
  ['push', push],
  ['push_notification', push],
  ['fcm', push],
  ['apns', push],
])

export const channelNamed = (name: string): Channel | undefined => channels.get(name)
