import * as z from 'zod'
import { table } from '../kit/table.ts'

const Delivery = () =>
  z.strictObject({
    /** That of the message in the inbox. */
    message_id: z.string().min(1),
    channel: z.string(),
    to: z.array(z.string()),
    template: z.string().nullable(),
    /** Instants on the clock: when it was asked for, and when it leaves the queue. */
    created_at: z.int(),
    sent_at: z.int(),
  })

export type Delivery = z.output<ReturnType<typeof Delivery>>

/** Every message on its way, whichever generation of client sent it. */
export const deliveries = table(Delivery, { key: 'message_id' })

/** Those that captured requests ask after, a minute old. */
export const deliveryRows = (now: number): Delivery[] => [
  {
    message_id: 'email_0001',
    channel: 'email',
    to: ['user_123@example.com'],
    template: 'signal_notification',
    created_at: now - 60_000,
    sent_at: now - 60_000,
  },
  { message_id: 'sms_0001', channel: 'sms', to: ['+919800000123'], template: 'signal_alert', created_at: now - 60_000, sent_at: now - 60_000 },
]

export type Progress = 'queued' | 'sent' | 'delivered' | 'failed'

/** How long a message is on its way once it has left the queue. Inferred: no source measures it. */
const ON_THE_WAY = 1000

/** How far a message has come on its way to one recipient: a function of the clock, so that nothing has to happen in between. */
export function progressTo(recipient: string, delivery: Delivery, now: number): Progress {
  if (now < delivery.sent_at) return 'queued'
  if (now < arrival(delivery)) return 'sent'
  return reachable(recipient) ? 'delivered' : 'failed'
}

/** How far it has come altogether: one recipient who is out of reach makes it a failure. */
export function progressOf(delivery: Delivery, now: number): Progress {
  const all = delivery.to.map((recipient) => progressTo(recipient, delivery, now))
  return all.find((one) => one === 'failed') ?? all[0] ?? 'queued'
}

/** When it arrives, or comes back. */
export const arrival = ({ sent_at }: Pick<Delivery, 'sent_at'>): number => sent_at + ON_THE_WAY

/**
 * Who is never reached, so that failures can be had on demand: addresses whose local part is `bounce` (`bounce+full@example.com` too) or that lie
 * under `.invalid`, and the telephone numbers of the fictitious +1 500 555, which test accounts of SMS gateways use in the same way.
 */
function reachable(recipient: string): boolean {
  return recipient.includes('@') ? !/^bounce(?:[+.-].*)?@|\.invalid$/i.test(recipient) : !/^\+?1500555/.test(recipient)
}
