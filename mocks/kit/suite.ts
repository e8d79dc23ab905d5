import type { Verification } from '../../contracts/verification.ts'
import type { Stage } from '../../scenarios/kit/check.ts'
import type { Clock } from '../../scenarios/kit/clock.ts'
import type { Coverage } from '../../scenarios/kit/coverage.ts'
import type { Plan } from '../../scenarios/kit/plan.ts'
import { assemble } from './assemble.ts'
import { type Control, type ControlAccess, createControl } from './control/open.ts'
import type { Journal } from './journal.ts'
import type { Lane } from './lane.ts'
import { createLanes, known } from './lanes.ts'
import type { ScenarioSource, ScenarioText } from './load-scenario.ts'
import { type Makeup, portsOf, stageOf } from './makeup.ts'
import type { Neighbourhood } from './neighbourhood.ts'
import { doorsOf, openAll } from './open.ts'
import type { Renewal, Renewed } from './renew.ts'
import { followScripts, readScripts } from './scripts.ts'
import type { SuiteOptions } from './suite-options.ts'
import type { VerifyOptions } from './verify.ts'

export type { ControlAccess } from './control/open.ts'
export type { Neighbourhood } from './neighbourhood.ts'
export type { Renewal, Renewed } from './renew.ts'
export type { ControlOptions, SuiteOptions } from './suite-options.ts'
export type { VerifyOptions } from './verify.ts'

/** A whole neighbourhood at work. Dispose of it, or call {@link stop}. */
export interface Suite<Name extends string = string> extends AsyncDisposable {
  /** The root of all chance and ids. */
  readonly seed: number
  /** The fakes that run. */
  readonly services: readonly Name[]
  /** Every isolated copy of them. */
  readonly lanes: readonly Lane[]
  /** One lane, counted from 0. @throws MockSuiteError `unknown-lane` */
  lane(index: number): Lane
  /** Where a fake listens: `http://127.0.0.1:8085`. */
  url(service: Name, lane?: number): string
  /** Asks a fake without a socket; works with and without ports. A string is a path. */
  fetch(service: Name, request: string | Request, init?: RequestInit & { lane?: number }): Promise<Response>
  /** What the service under test must read to find the fakes; and what the environment is to be called, if not `development`. */
  env(lane?: number, environment?: string): Record<string, string>
  /** What scenarios are held against: the contracts of the services that run. */
  readonly stage: Stage
  /** The first lane's. */
  readonly journal: Journal
  /** The first lane's. */
  readonly clock: Clock
  /** Where other processes drive the suite, if the options asked for it. */
  readonly control: ControlAccess | undefined
  /**
   * Plays a scenario from now on, in one lane or in all: one of the library, of a file, or written here. One of the same name is replaced.
   *
   * @throws MockSuiteError `bad-scenario`, `unknown-scenario`; then nothing has changed.
   */
  play(scenario: ScenarioSource | ScenarioText, options?: PlayOptions): Promise<Played>
  /** What each rule of a scenario would do to its first so many matches, before anything runs. @throws MockSuiteError as {@link play} */
  plan(scenario: ScenarioSource | ScenarioText, options?: PlanOptions): Promise<Plan>
  /** Which failures were met since the start, over all lanes and resets, and which were held ready in vain; of one service or of all. */
  coverage(service?: Name): Coverage
  /**
   * Whether the service under test used its neighbours as agreed: what no fake has, what breaks a contract, rules never met, failures of ours; in one lane or
   * over all. Exact whatever the journal dropped.
   *
   * @throws MockSuiteError `unknown-lane`, `bad-option`, `unknown-service`, `unknown-operation`
   */
  verify(options?: VerifyOptions): Promise<Verification>
  /**
   * Puts other contracts, mocks, records or scenarios in place of those that run: all of them at once, or, where anything is wrong with them, none.
   * Ports and connections stay, requests under way finish where they began, and every lane is reset but for its clock. Scenarios alone reset nothing:
   * those that changed begin anew, those that went are stopped. One renewal follows the other.
   *
   * @example
   * import { startSuite } from 'mock-suite'
   *
   * await using suite = await startSuite({ services: ['config'], ports: 'auto' })
   * await suite.renew({ world: { settings: [{ key: 'CACHE_TTL_SECONDS', value: '60' }] } })
   * @throws MockSuiteError as `startSuite` does; then everything is as it was.
   */
  renew(change: Renewal<Name>): Promise<Renewed>
  /** Every lane as it was at the start; what plays begins anew. Tells the number of timers and late replies that were fenced off. */
  reset(): { fenced: number }
  /** Finishes requests under way, for five seconds at most, and closes every port. */
  stop(): Promise<void>
}

export interface PlayOptions {
  /** Counted from 0. @default all of them */
  lane?: number
  /** The root of its chance. @default the scenario's own, or the suite's */
  seed?: number
}

export interface PlanOptions {
  /** How many matches of each rule. @default 20 */
  requests?: number
  /** Counted from 0. @default 0 */
  lane?: number
  /** The root of its chance. @default the scenario's own, or the suite's */
  seed?: number
}

/** A scenario at play. */
export interface Played extends Disposable {
  readonly name: string
  /** Ends it; again does nothing. */
  stop(): void
}

/** A `startSuite` for this neighbourhood. */
export function suiteOf<Name extends string>(neighbourhood: Neighbourhood<Name>) {
  return async function startSuite<const Asked extends Name = Name>(options: SuiteOptions<Asked> = {}): Promise<Suite<Asked>> {
    const complain = options.complain ?? ((message) => process.stderr.write(`mock-suite: ${message}\n`))
    const services = (options.services ?? (Object.keys(neighbourhood.mocks) as Asked[])).map((name) => known(name, neighbourhood.mocks))
    const lanes = createLanes(services, neighbourhood, options, complain)
    const control: Control | undefined = options.control
      ? createControl({ suite: () => suite, options, inbox: () => made.neighbourhood.inbox, complain })
      : undefined
    const stage = stageOf((lanes[0] as Lane).contracts, neighbourhood, options)
    const scripts = await readScripts(options.scenarios ?? [], stage)
    const made: Makeup<Asked> = { lanes, options, neighbourhood, services, stage, scripts, ports: new Map(), closing: new Set(), stopping: false }
    const suite: Suite<Asked> = assemble(made, control)
    followScripts(lanes, [], scripts)
    const fakes = lanes.flatMap((lane) => doorsOf(lane, lane.services.values(), options))
    made.ports = portsOf(fakes, await openAll(control === undefined ? fakes : [...fakes, control]))
    return suite
  }
}
