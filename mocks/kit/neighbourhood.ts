import type { Lane } from './lane.ts'
import type { Mock } from './mock.ts'
import type { WorldSpec } from './world.ts'

/** What a suite is made of: its services, the world they share, and what else a client of theirs reads. */
export interface Neighbourhood<Name extends string> {
  mocks: Readonly<Record<Name, Mock>>
  world: WorldSpec
  /** Variables besides the addresses; `environment` is what the caller would have the environment called. */
  environment?: (lane: Lane, environment?: string) => Record<string, string>
  inbox?: Inbox
  /** Folders of scenarios that go by name, before those of the library. */
  scenarios?: readonly string[]
}

/** Where the messages lie that fakes sent to people. */
export interface Inbox {
  /** A table of the world. */
  table: string
  /** One of its records as a mail program opens it. */
  eml(message: never): string
}
