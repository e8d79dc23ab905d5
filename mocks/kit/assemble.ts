import type { Address } from '../../contracts/kit/contract.ts'
import { MockSuiteError } from '../../contracts/kit/error.ts'
import type { Stage } from '../../scenarios/kit/check.ts'
import { coverageOf } from '../../scenarios/kit/coverage.ts'
import { planOf } from '../../scenarios/kit/plan.ts'
import type { Scenario } from '../../scenarios/kit/scenario.ts'
import type { Control } from './control/open.ts'
import type { Lane } from './lane.ts'
import { loadScenario, type ScenarioSource, type ScenarioText } from './load-scenario.ts'
import { type Makeup, PATIENCE } from './makeup.ts'
import { renewerOf } from './renew.ts'
import { reached } from './seen.ts'
import type { Suite } from './suite.ts'
import { fetchFrom } from './transports/fetch.ts'
import { verify } from './verify.ts'

/** The suite of what it is made of, and of its control API. */
export function assemble<Name extends string>(made: Makeup<Name>, control: Control | undefined): Suite<Name> {
  const { lanes } = made
  const { seed = 42 } = made.options
  const first = lanes[0] as Lane
  let stopped: Promise<void> | undefined
  const suite: Suite<Name> = {
    seed,
    lanes,
    get services() {
      return made.services
    },
    get stage() {
      return made.stage
    },
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
      return { ...made.neighbourhood.environment?.(lane, environment), ...Object.fromEntries(variables), ...control?.env() }
    },
    async play(source, { lane, seed: own } = {}) {
      const scenario = await loadFor(made, source)
      const playing = (lane === undefined ? lanes : [suite.lane(lane)]).map(({ director }) => ({ director, played: director.play(scenario, own) }))
      const stop = () => {
        for (const { director, played } of playing) if (director.playing.includes(played)) director.stop(scenario.name)
      }
      return { name: scenario.name, stop, [Symbol.dispose]: stop }
    },
    async plan(source, { requests = 20, lane = 0, seed: own } = {}) {
      const scenario = await loadFor(made, source)
      return planOf(scenario, { seed: own ?? scenario.seed ?? seed, lane: suite.lane(lane).index, requests })
    },
    coverage(service) {
      return coverageOf({
        contracts: service === undefined ? suite.stage.contracts : [first.service(service).contract],
        met: lanes.flatMap(({ journal }) => journal.tally.met),
        scripted: lanes.flatMap(({ director }) => director.scripted),
      })
    },
    verify: async ({ lane, ...options } = {}) => verify(lane === undefined ? lanes : [suite.lane(lane)], suite.stage.contracts, options),
    journal: first.journal,
    clock: first.clock,
    get control() {
      return control?.access
    },
    renew: renewerOf(made),
    reset: () => ({ fenced: lanes.reduce((sum, lane) => sum + lane.reset().fenced, 0) }),
    stop() {
      stopped ??= stop(made, control)
      return stopped
    },
    [Symbol.asyncDispose]: () => suite.stop(),
  }
  return suite
}

function addressOf(lane: Lane, service: string): Address {
  const address = lane.addresses.get(lane.service(service).contract.service)
  if (address === undefined) throw new MockSuiteError('not-running', `could not tell the address of ${service}: the suite was started without ports.`)
  return reached(address)
}

/** A scenario that fits what runs by the time it is read. */
async function loadFor(made: { readonly stage: Stage }, source: ScenarioSource | ScenarioText): Promise<Scenario> {
  for (;;) {
    const { stage } = made
    const scenario = await loadScenario(source, stage)
    if (made.stage === stage) return scenario
  }
}

/** How long who asks the control API may take to hear its last answer, in milliseconds. */
const FAREWELL = 1000

/** The control API is the last to go: until then it tells that the suite is stopping. */
async function stop<Name extends string>(made: Makeup<Name>, control: Control | undefined): Promise<void> {
  const { lanes, ports, closing } = made
  made.stopping = true
  control?.drain()
  for (const lane of lanes) lane.drain()
  const end = () => {
    for (const lane of lanes) lane.end()
  }
  // Before the ports lose their patience, for what is cut here can still say so; afterwards for what came without a port.
  const late = setTimeout(end, PATIENCE)
  await Promise.all([...closing, ...[...ports.values()].map(({ listening }) => listening.close(PATIENCE))])
  clearTimeout(late)
  end()
  await Promise.all(lanes.map((lane) => lane.close()))
  await control?.close(FAREWELL)
  for (const lane of lanes) lane.clock.stop()
}
