import { MockSuiteError } from '../../contracts/kit/error.ts'

const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

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
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text.trim()) ?? []
  if (amount === undefined || unit === undefined) {
    throw new MockSuiteError(
      'bad-duration',
      `could not read the duration ${JSON.stringify(text)}: it needs a number and a unit. Write it like 250ms, 5s, 2m, 1h or 30d.`,
    )
  }
  return Number(amount) * UNITS[unit as keyof typeof UNITS]
}
