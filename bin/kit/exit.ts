import type { ErrorCode } from '../../contracts/kit/error.ts'

/** What the process tells its parent; a signal that ends it at once adds 128 to its own number. */
export const EXIT = {
  good: 0,
  findings: 1,
  usage: 2,
  /** Nothing answers where a suite should, or a port is taken. */
  unavailable: 3,
  notReady: 4,
} as const

export type ExitCode = number

/** The codes of errors that are not the caller's wording: the machine was not as it had to be. */
const UNAVAILABLE: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['port-taken', 'not-running', 'instance-running', 'no-state'])

/** The codes of what did not happen in time. */
const TOO_LATE: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['not-ready', 'not-stopped'])

export function exitCodeOf(code: ErrorCode): ExitCode {
  if (TOO_LATE.has(code)) return EXIT.notReady
  return UNAVAILABLE.has(code) ? EXIT.unavailable : EXIT.usage
}
