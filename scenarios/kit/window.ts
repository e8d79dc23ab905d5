import type { During } from './scenario.ts'

/** How a window stands at one instant. */
export interface Aperture {
  /** How far the chance has risen, from 0 to 1; 0 while the window is shut. */
  strength: number
  /** When it next opens or shuts, in milliseconds since its beginning; none when that was the last time. */
  next: number | undefined
}

const ALWAYS: Aperture = { strength: 1, next: undefined }

/** A window on the clock, so many milliseconds after its scenario or phase began. */
export function apertureAt(during: During | undefined, elapsed: number): Aperture {
  if (during === undefined) return ALWAYS
  const { after = 0, for: open = Number.POSITIVE_INFINITY, every = Number.POSITIVE_INFINITY, ramp = 0 } = during
  if (elapsed < after) return { strength: 0, next: after }
  const round = every === Number.POSITIVE_INFINITY ? 0 : Math.floor((elapsed - after) / every)
  const start = after + (round === 0 ? 0 : round * every)
  const into = elapsed - start
  if (into < open) return { strength: ramp === 0 ? 1 : Math.min(1, into / ramp), next: finite(start + open) }
  return { strength: 0, next: finite(start + every) }
}

const finite = (instant: number): number | undefined => (Number.isFinite(instant) ? instant : undefined)
