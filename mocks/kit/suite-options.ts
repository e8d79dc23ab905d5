import type { Need } from '../../scenarios/kit/fault.ts'
import type { BackendOf } from './backend.ts'
import type { ScenarioSource } from './load-scenario.ts'
import type { Refused } from './refusals.ts'
import type { WorldOverlay } from './world-seed.ts'

export interface SuiteOptions<Name extends string = string> {
  /** Which fakes to start. @default all of them */
  services?: readonly Name[]
  /** `fixed`: those of the contracts; `auto`: free ones; `none`: none, for suites in one process. @default 'fixed' */
  ports?: 'fixed' | 'auto' | 'none'
  /** Added to every fixed port. @default 0 */
  portOffset?: number
  /** Addresses to listen on. @default both loopback families */
  hosts?: readonly string[]
  /** Isolated copies, on ports 100 apart. @default 1 */
  lanes?: number
  /** The root of all chance and ids. @default 42 */
  seed?: number
  /** Records that replace or join those of the default world, by table. */
  world?: WorldOverlay
  /** Refuse missing credentials even where real clients are known to send none. @default false */
  strictAuth?: boolean
  /** Who answers behind a service's door in place of its fake: a relay to the real service, or a recording of it. @default the fakes */
  backends?: Readonly<Partial<Record<Name, BackendOf>>>
  /** What plays from the start, in every lane: names of the library, files, or scenarios written here. @default none */
  scenarios?: readonly ScenarioSource[]
  /** What the transports cannot do, and why: scenarios that need it are refused. @default nothing */
  cannot?: Readonly<Partial<Record<Need, string>>>
  /** How many exchanges each lane's journal keeps. @default 10000 */
  journalLimit?: number
  /** How many bytes of bodies and headers each lane's journal keeps. @default 32 MiB */
  journalBytes?: number
  /** An instant at which the clock stands still. @default real time */
  clock?: string | number
  /** The control API, by which other processes drive the suite: one port for all lanes. @default false */
  control?: boolean | ControlOptions
  /** Hears of requests that a fake refuses, of each kind once between two resets; in the path of the request, so be brief. @default nobody */
  onRefused?: (refused: Refused) => void
  /** Where failures of ours are told. @default standard error */
  complain?: (message: string) => void
}

export interface ControlOptions {
  /** The port to listen on. @default 8070 plus the offset where ports are fixed, a free one otherwise */
  port?: number
  /** The address to listen on. @default those of the fakes */
  host?: string
  /** Wanted as `Authorization: Bearer`. @default none on loopback, a random one elsewhere */
  token?: string
  /** More names by which it may be called, as a Host header has them: a web page cannot reach it through a name of its own. */
  allowHosts?: readonly string[]
  /** What a detached suite is called. */
  instance?: string
}
