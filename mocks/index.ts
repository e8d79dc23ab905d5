import { suiteOf } from './kit/suite.ts'
import { neighbourhood } from './neighbourhood.ts'

/**
 * Starts the neighbourhood, or the part of it that is asked for.
 *
 * @throws MockSuiteError `port-taken` when a port is not free (nothing stays open), `unknown-service`, `bad-option`, `bad-world`.
 * @example
 * import { startSuite } from 'mock-suite'
 *
 * await using suite = await startSuite({ services: ['config'], ports: 'auto' })
 * const reply = await fetch(`${suite.url('config')}/health`)
 * console.log(await reply.json(), suite.journal.entries())
 */
export const startSuite = suiteOf(neighbourhood)

export { MockSuiteError } from '../contracts/kit/error.ts'
export type { FindingKind, Verification, VerificationFinding } from '../contracts/verification.ts'
export { Clock } from '../scenarios/kit/clock.ts'
export { duration } from '../scenarios/kit/duration.ts'
export { defineFault, type Fault, type Strike } from '../scenarios/kit/fault.ts'
export type { Plan } from '../scenarios/kit/plan.ts'
export { type Random, random } from '../scenarios/kit/random.ts'
export type { ScenarioInput } from '../scenarios/kit/scenario.ts'
export { type Configuration, defineConfig, type Settings } from './configuration.ts'
export type { Entry, JournalFilter } from './kit/journal.ts'
export type { Lane } from './kit/lane.ts'
export type { Refused } from './kit/refusals.ts'
export {
  type ControlAccess,
  type ControlOptions,
  type Neighbourhood,
  type PlanOptions,
  type Played,
  type PlayOptions,
  type Renewal,
  type Renewed,
  type Suite,
  type SuiteOptions,
  suiteOf,
  type VerifyOptions,
} from './kit/suite.ts'
export { table } from './kit/table.ts'
export { listener } from './kit/transports/listener.ts'
export type { WorldOverlay } from './kit/world-seed.ts'
export type { ServiceName } from './neighbourhood.ts'
export { type WithServicesOptions, withServices } from './with-services.ts'
export { defineMock } from './world/index.ts'
