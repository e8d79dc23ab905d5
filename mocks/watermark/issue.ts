import { createHash, createHmac } from 'node:crypto'
import type { Clock } from '../../scenarios/kit/clock.ts'
import type { World } from '../world/index.ts'
import type { Watermark } from '../world/watermarks.ts'
import { canonical } from './canonical.ts'
import { type Payload, unmarked } from './payload.ts'

/** Whose copy of which signal a mark shall name. */
export type Owner = Pick<Watermark, 'user_id' | 'subscription_id' | 'signal_id' | 'channel'>

/** The mark of this owner's copy, remembered; asked again for the same copy, the same mark again. */
export function issue(world: World, clock: Clock, payload: Payload, owner: Owner): Watermark {
  const said = unmarked(payload)
  const secret = world.secrets.get('WATERMARK_SECRET')?.value ?? ''
  const hash = createHmac('sha256', secret)
    .update(canonical({ ...owner, payload: said }))
    .digest('hex')
  return world.watermarks.get(hash) ?? world.watermarks.insert({ ...owner, hash, digest: digestOf(payload), issued_at: stamp(clock) })
}

/** The same for every spelling of a payload, marked or not. */
export function digestOf(payload: Payload): string {
  return createHash('sha256')
    .update(canonical(unmarked(payload)))
    .digest('hex')
}

/** An instant as the samples write it: whole seconds, in UTC. */
export const stamp = (clock: Clock): string => `${clock.iso().slice(0, 19)}Z`
