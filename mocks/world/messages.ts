import * as z from 'zod'
import { table } from '../kit/table.ts'

const Message = () =>
  z.strictObject({
    message_id: z.string().min(1),
    /** The service that sent it. */
    service: z.string(),
    channel: z.enum(['email', 'sms', 'telegram', 'push', 'ui', 'slack', 'webhook']),
    user_id: z.string().nullable(),
    from: z.string(),
    to: z.array(z.string()),
    subject: z.string().nullable(),
    text: z.string(),
    html: z.string().nullable(),
    template: z.string().nullable(),
    sent_at: z.iso.datetime(),
  })

export type Message = z.output<ReturnType<typeof Message>>

/** Everything that any fake sent to a person: what `mock-suite inbox` shows. */
export const messages = table(Message, { key: 'message_id', indexes: ['channel', 'user_id'], capacity: 10_000 })
