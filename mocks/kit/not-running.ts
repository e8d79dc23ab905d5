import { MockSuiteError } from '../../contracts/kit/error.ts'
import { didYouMean } from '../../contracts/kit/nearest.ts'

/** Said of a service that a lane does not have. */
export function notRunning(name: string, running: readonly string[]): MockSuiteError {
  return new MockSuiteError(
    'unknown-service',
    `could not find the service ${name}: it is not running.${didYouMean(name, running)} Running are ${running.join(', ')}.`,
  )
}
