import type { Contract } from '../../contracts/kit/contract.ts'
import { MockSuiteError } from '../../contracts/kit/error.ts'
import { checkScenario, type Stage } from '../../scenarios/kit/check.ts'
import { known } from './lanes.ts'
import type { ScenarioSource } from './load-scenario.ts'
import { type Makeup, PATIENCE, portsOf, stageOf } from './makeup.ts'
import type { Neighbourhood } from './neighbourhood.ts'
import { doorsOf, openAll } from './open.ts'
import { followScripts, readScripts } from './scripts.ts'
import type { Setup } from './setup.ts'
import type { WorldOverlay } from './world-seed.ts'

/** What is to change; what is left out stays as it is. */
export interface Renewal<Name extends string = string> {
  /** Other contracts and mocks, or another world. */
  neighbourhood?: Neighbourhood<Name>
  /** Which fakes are to run. */
  services?: readonly Name[]
  /** Records that replace or join those of the default world, by table, instead of those given before. */
  world?: WorldOverlay
  /** What is to play in every lane, instead of what the options said; the files among them are read again with every renewal. */
  scenarios?: readonly ScenarioSource[]
}

/** What a renewal came to. */
export interface Renewed {
  /** Whether every lane was reset; where only scenarios have changed, records, journal and clock stay. */
  reset: boolean
}

/** A `renew` for a suite: one at a time, in the order in which they were asked for. */
export function renewerOf<Name extends string>(made: Makeup<Name>): (change: Renewal<Name>) => Promise<Renewed> {
  let last: Promise<unknown> = Promise.resolve()
  return (change) => {
    const next = last.then(() => renew(made, change))
    last = next.catch(() => {})
    return next
  }
}

/** All that can fail is done first, beside what runs; then everything goes over in one turn of the event loop. */
async function renew<Name extends string>(made: Makeup<Name>, change: Renewal<Name>): Promise<Renewed> {
  refuseIfStopping(made)
  const next = prepare(made, change)
  const stage = next.setups === undefined ? made.stage : stageOf(contractsOf(next.setups[0] as Setup), next.makeup.neighbourhood, made.options)
  const sources = change.scenarios ?? made.scripts.map(({ source }) => source)
  const scripts = await readScripts(sources, stage, made.scripts)
  checkOthers(made, stage)
  const doors = next.setups?.flatMap((setup, at) => doorsOf(made.lanes[at] as Makeup<Name>['lanes'][number], setup.services.values(), made.options))
  const coming = (doors ?? []).filter(({ key }) => !made.ports.has(key))
  const listening = await openAll(coming)
  if (made.stopping) await Promise.all(listening.map(({ close }) => close(0)))
  refuseIfStopping(made)

  // From here on nothing can fail, and nothing waits: no request meets half of it.
  for (const [at, setup] of (next.setups ?? []).entries()) made.lanes[at]?.renew(setup)
  followScripts(made.lanes, made.scripts, scripts)
  const opened = portsOf(coming, listening)
  const going = doors === undefined ? [] : [...made.ports].filter(([key]) => !doors.some((door) => door.key === key))
  const staying = [...made.ports].filter((port) => !going.includes(port))
  Object.assign(made, { ...next.makeup, stage, scripts, ports: new Map([...staying, ...opened]) })
  for (const [, { door, listening }] of going) {
    if (!door.lane.services.has(door.name)) door.lane.closed(door.name)
    const closed = listening.close(PATIENCE)
    made.closing.add(closed)
    void closed.then(() => made.closing.delete(closed))
  }
  return { reset: next.setups !== undefined }
}

function refuseIfStopping({ stopping }: Pick<Makeup<string>, 'stopping'>): void {
  if (stopping) throw new MockSuiteError('not-running', 'could not renew the suite: it is stopping. Start another.')
}

interface Prepared<Name extends string> {
  makeup: Pick<Makeup<Name>, 'neighbourhood' | 'services'>
  /** One for each lane; none where everything stays but the scenarios. */
  setups: Setup[] | undefined
}

/** @throws MockSuiteError `unknown-service`, `bad-mock`, and what is wrong with the world. */
function prepare<Name extends string>({ lanes, options, neighbourhood, services }: Makeup<Name>, change: Renewal<Name>): Prepared<Name> {
  if (change.neighbourhood === undefined && change.services === undefined && change.world === undefined) {
    return { makeup: { neighbourhood, services }, setups: undefined }
  }
  const { mocks, world }: Neighbourhood<string> = change.neighbourhood ?? neighbourhood
  const all = options.services === undefined ? (Object.keys(mocks) as Name[]) : services
  const names = (change.services ?? (change.neighbourhood === undefined ? services : all)).map((name) => known(name, mocks))
  const chosen = names.map((name) => mocks[name as string] as Neighbourhood<string>['mocks'][string])
  for (const { contract } of chosen) readWhole(contract)
  const setups = lanes.map((lane) => lane.prepare({ mocks: chosen, world, ...(change.world === undefined ? {} : { overlay: change.world }) }))
  return { makeup: { neighbourhood: change.neighbourhood ?? neighbourhood, services: names }, setups }
}

/** Operations spell themselves out when they are first asked for: too late to find out that one cannot. */
function readWhole({ service, operations }: Contract): void {
  for (const [name, operation] of Object.entries(operations)) {
    try {
      operation.details()
    } catch (error) {
      throw new MockSuiteError('bad-mock', `could not read ${service}.${name} of its contract: ${(error as Error).message}. Correct it.`, { cause: error })
    }
  }
}

const contractsOf = ({ services }: Setup) => [...services.values()].map(({ contract }) => contract)

/** What somebody has played since must fit what is to come as well: it goes on. */
function checkOthers<Name extends string>({ lanes, scripts }: Makeup<Name>, stage: Stage): void {
  for (const { index, director } of lanes) {
    for (const { scenario } of director.playing) {
      if (scripts.some((script) => script.scenario === scenario)) continue
      const [mistake] = checkScenario(scenario, stage)
      if (mistake === undefined) continue
      const { path, message } = mistake
      throw new MockSuiteError(
        'bad-scenario',
        `could not renew the suite: ${scenario.name}, which plays in lane ${index}, does not fit: ${path.join('.')}: ${message} Stop it first.`,
      )
    }
  }
}
