import type { World } from '../world/index.ts'
import type { Watermark } from '../world/watermarks.ts'
import { digestOf } from './issue.ts'
import { markIn, type Payload } from './payload.ts'

/** A payload, and where it turned up. */
export interface Sighting {
  payload: Payload
  /** The number of the user who has it. */
  user: number | bigint
  channel: string
}

export type Reason = 'watermark_mismatch' | 'payload_modified' | 'channel_mismatch' | 'watermark_missing' | 'watermark_unknown'

export interface Finding {
  /** Why it is a leak; nothing when it is none. */
  reason: Reason | null
  /** The copy that leaked, or that was rightly shown. */
  original: Watermark | undefined
  mark: string | undefined
}

/** Whose copy turned up, and whether it should have turned up here. The gravest reason is the one that is told. */
export function detect(world: World, { payload, user, channel }: Sighting): Finding {
  const mark = markIn(payload)
  const digest = digestOf(payload)
  const made = mark === undefined ? undefined : world.watermarks.get(mark)
  if (made === undefined) {
    const alike = world.watermarks.where('digest', digest)[0]
    return { reason: unmade(mark, alike), original: alike, mark }
  }
  return { reason: misplaced(), original: made, mark }

  function misplaced(): Reason | null {
    if (made === undefined) return null
    if (String(world.users.get(made.user_id)?.number) !== String(user)) return 'watermark_mismatch'
    if (made.digest !== digest) return 'payload_modified'
    return made.channel === null || made.channel === channel ? null : 'channel_mismatch'
  }
}

/** Without a mark of ours: one was taken off or exchanged, if we marked the same payload before. */
function unmade(mark: string | undefined, alike: Watermark | undefined): Reason | null {
  if (mark === undefined) return alike === undefined ? null : 'watermark_missing'
  return alike === undefined ? 'watermark_unknown' : 'watermark_mismatch'
}
