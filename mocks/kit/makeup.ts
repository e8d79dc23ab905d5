import type { Contract } from '../../contracts/kit/contract.ts'
import type { Stage } from '../../scenarios/kit/check.ts'
import type { Lane } from './lane.ts'
import type { Neighbourhood } from './neighbourhood.ts'
import type { FakeDoor } from './open.ts'
import type { Script } from './scripts.ts'
import type { SuiteOptions } from './suite-options.ts'
import type { Listening } from './transports/open-server.ts'

/** What a suite is made of by now. The lanes stay as long as it runs; all else a renewal may put others in place of. */
export interface Makeup<Name extends string> {
  readonly lanes: readonly Lane[]
  /** As it was started with. */
  readonly options: SuiteOptions<Name>
  neighbourhood: Neighbourhood<string>
  /** The fakes that run. */
  services: readonly Name[]
  /** Another object whenever scenarios have to be held against something else. */
  stage: Stage
  /** What plays because the options say so. */
  scripts: readonly Script[]
  /** The fakes' open ports, by the key of their doors. */
  ports: ReadonlyMap<string, OpenPort>
  /** Ports of fakes that went, while the last requests there are answered. */
  readonly closing: Set<Promise<void>>
  /** The suite stops, or has stopped: nothing is to be opened any more. */
  stopping: boolean
}

export interface OpenPort {
  door: FakeDoor
  listening: Listening
}

/** How long requests under way may take to finish when a port is closed, in milliseconds. */
export const PATIENCE = 5000

/** What scenarios are held against. */
export function stageOf(
  contracts: readonly Contract[],
  { scenarios = [] }: Pick<Neighbourhood<string>, 'scenarios'>,
  { cannot = {} }: Pick<SuiteOptions, 'cannot'>,
): Stage {
  return { contracts, cannot, folders: scenarios }
}

/** The ports that some doors have become. */
export function portsOf(doors: readonly FakeDoor[], listening: readonly Listening[]): Map<string, OpenPort> {
  return new Map(doors.map((door, at) => [door.key, { door, listening: listening[at] as Listening }]))
}
