import { constants } from 'node:os'
import type { ExitCode } from './exit.ts'

/**
 * What a shell tells of a process that a signal has ended.
 *
 * @throws Error for a name that is no signal's.
 */
export function signalCode(signal: string): ExitCode {
  const number = constants.signals[signal as NodeJS.Signals] as number | undefined
  if (number === undefined) throw new Error(`${signal} is no signal`)
  return 128 + number
}
