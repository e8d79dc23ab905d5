import type { Address } from '../../contracts/kit/contract.ts'
import { MockSuiteError } from '../../contracts/kit/error.ts'
import type { Verification } from '../../contracts/verification.ts'
import type { Stage } from '../../scenarios/kit/check.ts'
import type { Clock } from '../../scenarios/kit/clock.ts'
import { type Coverage, coverageOf } from '../../scenarios/kit/coverage.ts'
import { type Plan, planOf } from '../../scenarios/kit/plan.ts'
import { type Control, type ControlAccess, createControl } from './control/open.ts'
import type { Journal } from './journal.ts'
import type { Lane } from './lane.ts'
import { createLanes, known } from './lanes.ts'
import { loadScenario, type ScenarioSource, type ScenarioText } from './load-scenario.ts'
import type { Neighbourhood } from './neighbourhood.ts'
import { doorsOf, openAll } from './open.ts'
import type { SuiteOptions } from './suite-options.ts'
import { fetchFrom } from './transports/fetch.ts'
import type { Listening } from './transports/open-server.ts'
import { type VerifyOptions, verify } from './verify.ts'

export type { ControlAccess } from './control/open.ts'
export type { Neighbourhood } from './neighbourhood.ts'
export type { ControlOptions, SuiteOptions } from './suite-options.ts'
export type { VerifyOptions } from './verify.ts'

/** How long requests under way may take to finish when the suite stops, in milliseconds. */
const PATIENCE = 5000

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
  verify(options?: VerifyOptions): Verification
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
    const control = options.control ? createControl({ suite: () => suite, options, inbox: neighbourhood.inbox, complain }) : undefined
    const listening: Listening[] = []
    const suite: Suite<Asked> = assemble({ services, lanes, listening, control, neighbourhood, seed: options.seed ?? 42, cannot: options.cannot ?? {} })
    for (const scenario of options.scenarios ?? []) await suite.play(scenario)
    const fakes = doorsOf(lanes, options)
    const opened = await openAll(control === undefined ? fakes : [...fakes, control])
    listening.push(...opened.slice(0, fakes.length))
    return suite
  }
}

interface Parts<Name extends string> {
  services: readonly Name[]
  lanes: readonly Lane[]
  /** The fakes' ports; filled once they are open. */
  listening: readonly Listening[]
  control: Control | undefined
  neighbourhood: Neighbourhood<string>
  seed: number
  cannot: NonNullable<Stage['cannot']>
}

function assemble<Name extends string>({ services, lanes, listening, control, neighbourhood, seed, cannot }: Parts<Name>): Suite<Name> {
  const first = lanes[0] as Lane
  let stopped: Promise<void> | undefined
  const suite: Suite<Name> = {
    seed,
    services,
    lanes,
    lane(index) {
      const lane = lanes[index]
      if (lane === undefined) throw new MockSuiteError('unknown-lane', `could not find lane ${index}: there are ${lanes.length}, counted from 0.`)
      return lane
    },
    url: (service, lane = 0) => addressOf(suite.lane(lane), service).url,
    fetch(name, request, init = {}) {
      const service = suite.lane(init.lane ?? 0).service(name)
      return fetchFrom(service, typeof request === 'string' ? new Request(`http://${service.contract.host}:${service.contract.port}${request}`, init) : request)
    },
    env(index = 0, environment) {
      const lane = suite.lane(index)
      const variables = [...lane.services.values()].flatMap(({ contract }) => {
        return Object.entries(contract.env).map(([name, render]) => [name, render(addressOf(lane, contract.service))])
      })
      return { ...neighbourhood.environment?.(lane, environment), ...Object.fromEntries(variables), ...control?.env() }
    },
    stage: { contracts: [...first.services.values()].map(({ contract }) => contract), cannot },
    async play(source, { lane, seed: own } = {}) {
      const scenario = await loadScenario(source, suite.stage)
      const playing = (lane === undefined ? lanes : [suite.lane(lane)]).map(({ director }) => ({ director, played: director.play(scenario, own) }))
      const stop = () => {
        for (const { director, played } of playing) if (director.playing.includes(played)) director.stop(scenario.name)
      }
      return { name: scenario.name, stop, [Symbol.dispose]: stop }
    },
    async plan(source, { requests = 20, lane = 0, seed: own } = {}) {
      const scenario = await loadScenario(source, suite.stage)
      return planOf(scenario, { seed: own ?? scenario.seed ?? seed, lane: suite.lane(lane).index, requests })
    },
    coverage(service) {
      return coverageOf({
        contracts: service === undefined ? suite.stage.contracts : [first.service(service).contract],
        met: lanes.flatMap(({ journal }) => journal.tally.met),
        scripted: lanes.flatMap(({ director }) => director.scripted),
      })
    },
    verify: ({ lane, ...options } = {}) => verify(lane === undefined ? lanes : [suite.lane(lane)], suite.stage.contracts, options),
    journal: first.journal,
    clock: first.clock,
    get control() {
      return control?.access
    },
    reset: () => ({ fenced: lanes.reduce((sum, lane) => sum + lane.reset().fenced, 0) }),
    stop() {
      stopped ??= stop(lanes, listening, control)
      return stopped
    },
    [Symbol.asyncDispose]: () => suite.stop(),
  }
  return suite
}

function addressOf(lane: Lane, service: string): Address {
  const address = lane.addresses.get(lane.service(service).contract.service)
  if (address === undefined) throw new MockSuiteError('not-running', `could not tell the address of ${service}: the suite was started without ports.`)
  return address
}

/** The control API is the last to go: until then it tells that the suite is stopping. */
async function stop(lanes: readonly Lane[], fakes: readonly Listening[], control: Control | undefined): Promise<void> {
  control?.drain()
  for (const lane of lanes) lane.drain()
  await Promise.all(fakes.map(({ close }) => close(PATIENCE)))
  await Promise.all(lanes.map((lane) => lane.close()))
  await control?.close(PATIENCE)
  for (const lane of lanes) lane.clock.stop()
}
