import type { Clock } from '../../scenarios/kit/clock.ts'
import type { Ids } from '../kit/ids.ts'
import type { TablesOf } from '../kit/store.ts'
import type { World } from '../world/index.ts'
import type { Message } from '../world/messages.ts'
import type { Wording } from './compose.ts'
import { type Delivery, deliveries } from './deliveries.ts'
import { preferences } from './preferences.ts'
import { templates } from './templates.ts'

export const tables = { templates, deliveries, preferences }

/** What sending takes. */
export interface Office {
  tables: TablesOf<typeof tables>
  world: World
  clock: Clock
  ids: Ids
}

export type Channel = Message['channel']

export interface Sending {
  /** One of its kind is made up when left out. */
  message_id?: string
  channel: Channel
  user_id: string | null
  to: readonly string[]
  wording: Wording
  /** The instant at which it leaves the queue; at once when left out. */
  sent_at?: number
}

/** How long what is not sent directly stands in the queue. Inferred: no source measures it. */
export const IN_THE_QUEUE = 1000

/** The address that the service writes from, and to which commands are mailed. */
export const OWN_ADDRESS = 'signals@example.com'

/** Puts a message on its way and into the inbox, dated at the instant when it leaves: the inbox shows what has left by now. */
export function send({ tables, world, clock, ids }: Office, { channel, user_id, to, wording, ...rest }: Sending): Delivery {
  const { message_id = ids.next(prefixOf(channel)), sent_at = clock.now() } = rest
  world.messages.insert({
    message_id,
    service: 'comms',
    channel,
    user_id,
    from: channel === 'email' ? OWN_ADDRESS : 'SIGNAL',
    to: [...to],
    ...wording,
    sent_at: new Date(sent_at).toISOString(),
  })
  return tables.deliveries.insert({ message_id, channel, to: [...to], template: wording.template, created_at: clock.now(), sent_at })
}

const prefixOf = (channel: Channel): string => (channel === 'email' || channel === 'sms' ? channel : 'msg')
