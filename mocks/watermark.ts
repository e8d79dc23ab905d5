import { watermark, type watermarkOperations } from '../contracts/watermark.ts'
import type { Handler, Surroundings } from './kit/mock.ts'
import { detect } from './watermark/detect.ts'
import { active, entitle, subscriptionNamed } from './watermark/entitlement.ts'
import { digestOf, issue, stamp } from './watermark/issue.ts'
import { markedBeside, markedInside, markIn } from './watermark/payload.ts'
import { defineMock, type World } from './world/index.ts'

type Operations = typeof watermarkOperations

/** How the watermark calls behave, on whichever service they are asked: what one marks, the other finds. */
export const watermarkHandlers: { [Name in keyof Operations]: Handler<World, unknown, Operations[Name]> } = {
  issueWatermark({ world, clock, body }) {
    const { payload, subscription_id, signal_id } = body
    const subscription = subscriptionNamed(world, subscription_id)
    if (subscription === undefined) return { status: 404, body: { detail: `Subscription ${subscription_id} not found` } }
    if (!active(subscription, clock.now())) return { status: 403, body: { detail: `Subscription ${subscription_id} is not active` } }
    const { user_id } = subscription
    const mark = issue(world, clock, payload, {
      user_id,
      subscription_id: subscription.subscription_id,
      signal_id: String(signal_id),
      channel: null,
    })
    return { status: 200, body: { watermarked_payload: markedInside(payload, mark.hash, mark.issued_at), watermark_hash: mark.hash } }
  },

  detectLeak({ world, clock, ids, body }) {
    const { signal_payload: payload, channel_id: channel, user_id: user } = body
    const { reason, original, mark } = detect(world, { payload, user, channel })
    const hash = original?.hash ?? mark ?? null
    const owner = original?.user_id ?? null
    // A copy made for no stream belongs where its owner first shows it.
    if (reason === null && original?.channel === null) world.watermarks.update(original.hash, { channel })
    const violation_id = reason === null ? null : ids.next('viol')
    if (reason !== null && violation_id !== null) {
      world.violations.insert({
        violation_id,
        reason,
        user_number: String(user),
        channel_id: channel,
        watermark_hash: hash,
        original_user: owner,
        detected_at: stamp(clock),
      })
    }
    return {
      status: 200,
      body: {
        leak_detected: reason !== null,
        reason,
        violation_id,
        original_channel: original?.channel ?? (reason === null && original !== undefined ? channel : null),
        original_user: owner,
        watermark_hash: hash,
      },
    }
  },

  watermarkSignal({ world, clock, body }) {
    const { signal_data: signal, user_id, stream_key } = body
    const entitled = entitle(world, clock.now(), user_id, stream_key)
    if ('refusal' in entitled) return { status: 403, body: { detail: entitled.refusal } }
    const mark = issue(world, clock, signal, {
      user_id,
      subscription_id: entitled.subscription?.subscription_id ?? null,
      signal_id: signalId(signal.signal_id),
      channel: stream_key,
    })
    return { status: 200, body: { watermarked_payload: markedBeside(signal, mark.hash, user_id, mark.issued_at) } }
  },

  validateWatermark({ world, body }) {
    const { data, user_id } = body
    const made = world.watermarks.get(markIn(data))
    if (made === undefined) return { status: 200, body: { valid: false, watermark_meta: null } }
    const { hash, digest, ...meta } = made
    const own = made.user_id === String(user_id) || String(world.users.get(made.user_id)?.number) === String(user_id)
    return {
      status: 200,
      body: { valid: own && digest === digestOf(data), watermark_meta: { watermark_hash: hash, algorithm: 'hmac_sha256', ...meta } },
    }
  },
}

export const watermarkMock = defineMock(watermark)({
  operations: {
    health: (call) => ({ status: 200, body: healthy(call) }),
    apiHealth: (call) => ({ status: 200, body: healthy(call) }),
    ...watermarkHandlers,
  },
})

/** A signal may name itself by whatever it likes; text and numbers are kept. */
function signalId(id: unknown): string | null {
  return typeof id === 'string' || typeof id === 'number' || typeof id === 'bigint' ? String(id) : null
}

function healthy({ world, clock, lane }: Surroundings<World, unknown>) {
  return {
    status: 'healthy',
    service: 'watermark',
    version: '1.0.0',
    timestamp: stamp(clock),
    lane,
    watermarks_issued: world.watermarks.size,
    violations: world.violations.size,
  }
}
