import type { Mock } from './kit/mock.ts'
import type { WorldOverlay } from './kit/world-seed.ts'
import type { ServiceName } from './neighbourhood.ts'

/** What the flags of those commands say that start or ask a suite; a flag, or its variable, comes before the file. */
export interface Settings {
  /** Addresses to listen on. @default loopback, both families */
  host?: readonly string[]
  /** The fixed ports of the contracts, or free ones. @default 'fixed' */
  ports?: 'fixed' | 'auto'
  /** Added to every fixed port. @default 0 */
  portOffset?: number
  /** Isolated copies, on ports 100 apart. @default 1 */
  lanes?: number
  /** The root of all chance and ids. @default 42 */
  seed?: number | 'random'
  /** Records that replace or join those of the default world: a file of them, or they themselves by table. */
  world?: string | WorldOverlay
  /** What plays from the start, in every lane: names, or files. @default none */
  scenario?: readonly string[]
  /** Refuse missing credentials even where real clients are known to send none. @default false */
  strictAuth?: boolean
  /** How many exchanges each lane keeps. @default 10000 */
  journalLimit?: number
  /** An instant at which the clock stands still. @default real time */
  clock?: string
  /** The port of the control API. @default 8070 plus the offset; a free one with ports: 'auto' */
  controlPort?: number
  /** No control API. @default false */
  noControl?: boolean
  /** Names by which the control API may be called, besides `mock-suite` and those of loopback. @default none */
  allowHost?: readonly string[]
  /** The bearer token that the control API wants. @default none on loopback, a random one elsewhere */
  token?: string
  /** Follow the files that the suite is made of. @default false */
  watch?: boolean
  /** Say nothing but errors. @default false */
  quiet?: boolean
  /** The name of the suite that is started, and of the one that is meant. @default none in the foreground, 'default' in the background */
  instance?: string
  /** The control API of the suite that runs, for the commands that ask one. @default http://127.0.0.1:8070, plus the offset */
  url?: string
}

/** What `mock-suite.config.ts` says. Paths are relative to it. */
export interface Configuration extends Settings {
  /** Services beside ours, by name; one that is called like one of ours takes its place. */
  services?: Readonly<Record<string, Mock>>
  /** Which of ours there are. @default all of them */
  only?: readonly ServiceName[]
  /** Which of ours there are not. @default none */
  except?: readonly ServiceName[]
  /** Folders of scenarios that play by name; where a name is also in the library, these are meant. @default none */
  scenarios?: string | readonly string[]
  /** Where recordings lie, a folder for each service. @default 'contracts/recordings', from the working folder */
  recordings?: string
}

/**
 * Types what a configuration file exports by default.
 *
 * @example
 * import { defineConfig } from 'mock-suite'
 *
 * export default defineConfig({
 *   lanes: 4,
 *   scenarios: './scenarios',
 *   world: { settings: [{ key: 'CACHE_TTL_SECONDS', value: 60 }] },
 * })
 */
export function defineConfig(configuration: Configuration): Configuration {
  return configuration
}
