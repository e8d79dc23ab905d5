import type { SuiteInfo } from '../../../contracts/control.ts'
import { controlOfEnvironment } from '../../../mocks/kit/client/join-lane.ts'
import type { SuiteOptions } from '../../../mocks/kit/suite.ts'
import { childEnvironment } from '../run/child-environment.ts'
import { changeEnvironment } from './change-environment.ts'
import { startSuite } from './start-suite.ts'

/** A suite at the disposal of all tests. */
export interface Opened {
  /** Everything as at the start; of a suite that others may use as well, nothing. */
  reset(): void
  /** Takes back what was told to the environment, and stops what was started. */
  close(): Promise<void>
}

/** Joins the suite that the environment names, or starts one; either way the environment tells from now on where it is. */
export async function open(options: SuiteOptions, workers: number): Promise<Opened> {
  return (process.env.MOCK_SUITE_URL ?? '') === '' ? start(options, workers) : join()
}

async function start(options: SuiteOptions, workers: number): Promise<Opened> {
  const suite = await startSuite(options, workers)
  const takeBack = changeEnvironment(childEnvironment(suite, process.env))
  return {
    reset: () => void suite.reset(),
    close() {
      takeBack()
      return suite.stop()
    },
  }
}

async function join(): Promise<Opened> {
  const client = controlOfEnvironment()
  const [{ lanes }, env] = await Promise.all([client.get<SuiteInfo>('/v1/suite'), client.get<Record<string, string>>('/v1/env', { lane: 0 })])
  const takeBack = changeEnvironment({ ...env, MOCK_SUITE_LANES: String(lanes) })
  return { reset() {}, close: async () => takeBack() }
}
