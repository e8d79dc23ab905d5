import { duration } from '../../scenarios/kit/duration.ts'
import type { Flag } from './flag.ts'

/** A span of time as people write it, in milliseconds. */
export function durationFlag(summary: string, { initial }: { initial: string }): Flag<number> {
  return {
    summary,
    value: 'DURATION',
    initial: duration(initial),
    shown: initial,
    read(given) {
      try {
        return duration(given)
      } catch {
        throw new Error('write it like 250ms, 5s, 2m or 1h')
      }
    },
  }
}
