import { type Flag, whole } from './flag.ts'

/** A root of chance; left out, somebody else has one. */
export function seedFlag(summary: string, shown: string): Flag<number | undefined> {
  return whole(summary, { value: 'N', min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER, initial: undefined, shown, apart: true })
}
