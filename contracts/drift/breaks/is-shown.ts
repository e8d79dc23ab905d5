import { starred } from '../pointer.ts'
import type { Break } from './break.ts'

/**
 * Whether a break is about what the recording shows, and not about a pseudonym in its place.
 *
 * @param redactions Places from which something was removed: `reply body /users/*\/email`, `request query token`.
 */
export function isShown({ direction, part, pointer, at }: Break, redactions: readonly string[]): boolean {
  if (redactions.length === 0) return true
  // A refusal that does not say of what may be of anything that was removed.
  const vague = direction === 'request' && (part === 'path' || pointer === '')
  return !redactions.some((place) => (vague ? place.startsWith(`request ${part}`) : place === `${direction} ${part} ${placeIn(part, at)}`))
}

/** As redactions write it: names bare, pointers with a star for numbers. */
const placeIn = (part: Break['part'], at: string): string => (part === 'body' ? starred(at) : at.replace(/^\//, '').toLowerCase())
