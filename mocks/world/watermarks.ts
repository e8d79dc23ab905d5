import * as z from 'zod'
import { table } from '../kit/table.ts'

const Watermark = () =>
  z.strictObject({
    /** HMAC-SHA256 in hexadecimal, over everything else here but the channel that was seen and the time. */
    hash: z.string().length(64),
    user_id: z.string(),
    subscription_id: z.string().nullable(),
    /** As text, because it may have more digits than a number holds. */
    signal_id: z.string().nullable(),
    /** Where the copy belongs: the stream it was made for, or the first channel on which its owner showed it. */
    channel: z.string().nullable(),
    /** SHA-256 of the canonical payload. */
    digest: z.string().length(64),
    issued_at: z.iso.datetime(),
  })

export type Watermark = z.output<ReturnType<typeof Watermark>>

/** Every mark that was ever put on a payload, and whose copy it makes of it. */
export const watermarks = table(Watermark, {
  key: 'hash',
  indexes: ['digest', 'user_id'],
  references: { user_id: 'users', subscription_id: 'subscriptions' },
})

const Violation = () =>
  z.strictObject({
    violation_id: z.string().min(1),
    reason: z.string(),
    /** In whose hands (the number, as text) and on which channel the payload was seen. */
    user_number: z.string(),
    channel_id: z.string(),
    watermark_hash: z.string().nullable(),
    original_user: z.string().nullable(),
    detected_at: z.iso.datetime(),
  })

export type Violation = z.output<ReturnType<typeof Violation>>

/** Every leak that was detected. */
export const violations = table(Violation, { key: 'violation_id', indexes: ['original_user', 'watermark_hash'] })
