import { MockSuiteError } from '../../contracts/kit/error.ts'

const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** A duration as people write it. */
export const DURATION = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/

/**
 * Milliseconds in a duration as people write it: `250ms`, `1.5s`, `2m`, `1h`, `30d`.
 *
 * @throws MockSuiteError `bad-duration` when the unit is missing or unknown.
 * @example
 * import { duration } from 'mock-suite'
 *
 * duration('61s') // 61000
 */
export function duration(text: string): number {
  const [, amount, unit] = DURATION.exec(text.trim()) ?? []
  if (amount === undefined || unit === undefined) {
    throw new MockSuiteError(
      'bad-duration',
      `could not read the duration ${JSON.stringify(text)}: it needs a number and a unit. Write it like 250ms, 5s, 2m, 1h or 30d.`,
    )
  }
  return Number(amount) * UNITS[unit as keyof typeof UNITS]
}

/**
 * Milliseconds as people write them: the largest unit that leaves no fraction.
 *
 * @example
 * import { spell } from './duration.ts'
 *
 * spell(90_000) // '90 s'
 */
export function spell(milliseconds: number): string {
  const [unit, size] = Object.entries(UNITS).findLast(([, size]) => milliseconds >= size && milliseconds % size === 0) ?? ['ms', 1]
  return `${Number((milliseconds / size).toFixed(3))} ${unit}`
}

/** Milliseconds that a clock can move on by. @throws MockSuiteError `bad-duration` */
export function span(by: string | number, what: 'advance by' | 'wait'): number {
  const milliseconds = typeof by === 'number' ? by : duration(by)
  if (milliseconds >= 0 && milliseconds < Number.POSITIVE_INFINITY) return milliseconds
  throw new MockSuiteError('bad-duration', `could not ${what} ${by}: time on this clock only moves forward. Give milliseconds, or a text like 61s.`)
}
