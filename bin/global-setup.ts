import type { AnyService } from '../mocks/client.ts'
import type { SuiteOptions } from '../mocks/kit/suite.ts'
import { setUp, tearDown } from './kit/global-setup/shared.ts'
import type { Runner } from './kit/global-setup/workers.ts'

/** What is started, beyond what the environment and `mock-suite.config.*` say; joined suites are what they are. */
export interface GlobalSetupOptions extends Omit<SuiteOptions<AnyService>, 'ports' | 'backends' | 'cannot'> {
  /** @default 'auto' */
  ports?: 'fixed' | 'auto'
}

/**
 * A global setup for Vitest, Jest, Playwright, Mocha or node:test: one suite for all tests, with a lane for each parallel worker, told by the environment.
 * A suite that the environment names already, as under `mock-suite run`, is joined.
 *
 * @example
 * import { globalSetupOf } from 'mock-suite/global-setup'
 *
 * export default globalSetupOf({ services: ['alert', 'config'], clock: '2026-01-17T09:15:30Z' })
 * @throws MockSuiteError as `startSuite` does; `not-running` where a suite was named that is not there.
 */
export function globalSetupOf(options: GlobalSetupOptions = {}) {
  return async function globalSetup(runner: Runner = {}): Promise<() => Promise<void>> {
    await setUp(options, runner)
    return tearDown
  }
}

/** The setup as the environment and `mock-suite.config.*` want it, under the name that each runner looks for. */
export const globalSetup = globalSetupOf()
/** @alias */
export const mochaGlobalSetup = globalSetup
/** @alias */
export default globalSetup

export const globalTeardown = tearDown
export const mochaGlobalTeardown = tearDown
