import { type Random, random } from '../../scenarios/kit/random.ts'

/** Names for new records, the same ones again under the same seed. */
export interface Ids {
  /** `alert_9f2c01a4b7de`. */
  next(prefix: string): string
  /** A version 4 UUID. */
  uuid(): string
  /** Chance from the same root, for whatever else a handler must make up. */
  readonly random: Random
}

/** The ids of one service in one lane: what other services hand out moves nothing here. */
export function createIds(...parts: readonly (string | number)[]): Ids {
  const source = random(...parts, 'ids')
  return {
    random: source,
    next: (prefix) => `${prefix}_${source.hex(12)}`,
    uuid() {
      const digits = source.hex(32)
      const variant = '89ab'[Number.parseInt(digits[16] as string, 16) & 3]
      return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20)}`
    },
  }
}
