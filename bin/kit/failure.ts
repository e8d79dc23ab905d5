import type { ErrorCode, MockSuiteError } from '../../contracts/kit/error.ts'
import type { RemoteError } from '../../mocks/kit/client/remote-error.ts'
import { EXIT, type ExitCode, exitCodeOf } from './exit.ts'
import type { UsageError } from './usage-error.ts'

/** What went wrong, as the process tells it. */
export interface Failure {
  code: ErrorCode | 'usage' | 'internal' | (string & {})
  message: string
  exit: ExitCode
}

/** By name, not by class: a command is a bundle of its own, so the class that it threw is not the one that is known here. */
export function failureOf(error: unknown): Failure {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error))
  switch (name) {
    case 'UsageError' satisfies UsageError['name']:
      return { code: 'usage', message: `${message}\nSee mock-suite --help.`, exit: EXIT.usage }
    case 'MockSuiteError' satisfies MockSuiteError['name']:
      return { code: (error as MockSuiteError).code, message, exit: exitCodeOf((error as MockSuiteError).code) }
    case 'RemoteError' satisfies RemoteError['name']:
      return { code: (error as RemoteError).code, message, exit: EXIT.usage }
    default:
      return { code: 'internal', message: `this is a bug of mock-suite: ${stack ?? message}`, exit: EXIT.findings }
  }
}
