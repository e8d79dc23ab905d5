import { canonical } from './canonical.ts'

export type Payload = Readonly<Record<string, unknown>>

/** The mark that a payload carries, in whichever generation's place; nothing when it carries none. */
export function markIn(payload: Payload): string | undefined {
  const { _wm } = metadataOf(payload)
  const { _watermark } = payload
  if (_wm !== undefined && _wm !== null) return textOf(_wm)
  return _watermark === undefined || _watermark === null ? undefined : textOf(_watermark).replace(/^wm_/, '')
}

/** Marked as a subscription's copy: in `metadata`, which is made if there is none. */
export function markedInside(payload: Payload, hash: string, at: string) {
  return { ...payload, metadata: { ...metadataOf(payload), _wm: hash, _wm_ts: at } }
}

/** Marked as a user's copy: beside the signal's own members. */
export function markedBeside(payload: Payload, hash: string, user: string, at: string) {
  return { ...payload, _watermark: `wm_${hash}`, _user_id: user, _timestamp: at }
}

/** What the payload says apart from its marks; metadata that held nothing else counts as none. */
export function unmarked(payload: Payload): Payload {
  const { _watermark, _user_id, _timestamp, metadata: _, ...said } = payload
  const { _wm, _wm_ts, ...metadata } = metadataOf(payload)
  return Object.keys(metadata).length === 0 ? said : { ...said, metadata }
}

function metadataOf({ metadata }: Payload): Payload {
  return typeof metadata === 'object' && metadata !== null ? (metadata as Payload) : {}
}

const textOf = (mark: unknown): string => (typeof mark === 'string' ? mark : canonical(mark))
