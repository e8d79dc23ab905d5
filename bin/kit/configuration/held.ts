import type { Mock } from '../../../mocks/kit/mock.ts'
import type { Settings } from '../parse.ts'
import type { SpeltWorld } from '../world-file.ts'

/** A configuration file, read and found good. */
export interface LoadedConfiguration {
  file: string
  /** The file, and the modules of its own that it imports: a change in one of them is a change in it. */
  files: readonly string[]
  /** What it says of flags. */
  settings: Settings
  services: Readonly<Record<string, Mock>>
  /** The names of ours that there are; nothing means all. */
  only: readonly string[] | undefined
  /** The names of ours that there are not. */
  except: readonly string[]
  /** Records, where they are spelt out. */
  world: SpeltWorld | undefined
  /** Folders. */
  scenarios: readonly string[]
  recordings: string | undefined
  /** Where it says something: `mock-suite.config.ts:4`. */
  placeOf(path: readonly PropertyKey[]): string
  /** Reads it once more, modules too. */
  reload(): Promise<LoadedConfiguration>
}

/** What came of the configuration file of this call. */
interface Held {
  loaded?: LoadedConfiguration | undefined
  /** Why it could not be read, for commands that run all the same. */
  broken?: Error | undefined
}

/** The process holds it, not this module: each command is a bundle of its own, with a copy of every module. */
const HELD = Symbol.for('mock-suite.configuration')
const process = globalThis as { [HELD]?: Held }

export function hold(held: Held): void {
  process[HELD] = held
}

/** The configuration file of the command that runs; nothing where there is none. */
export const configuration = (): LoadedConfiguration | undefined => process[HELD]?.loaded

/** Why there is none although there is a file. */
export const brokenConfiguration = (): Error | undefined => process[HELD]?.broken
