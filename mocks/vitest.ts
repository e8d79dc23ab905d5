import { test as base, type TestAPI } from 'vitest'
import { type AnyService, type JoinedLane, joinLane } from './client.ts'
import type { ScenarioSource } from './kit/load-scenario.ts'

/** What is to hold of a test, of a `describe`, or of a file: `test.override({ mockSuite: { … } })`. */
export interface MockSuiteOptions {
  /** Whether it is judged how the test used the fakes. @default true */
  verify?: boolean
  /** Findings that do not fail it: `violation`, `violation:alert`, `violation:alert.createAlert`. @default nothing */
  allow?: readonly string[]
  /** What plays from its beginning. @default nothing */
  scenarios?: readonly ScenarioSource[]
  /** An instant at which the fakes' clock stands still. @default it runs */
  freeze?: string
}

export interface MockSuiteFixtures {
  mockSuite: MockSuiteOptions
  /** The lane of this worker, as new; what the test plays in it ends with the test, and how the test used the fakes is judged. */
  lane: JoinedLane<AnyService>
}

/** The lane of this worker, joined by the first test that wants it. */
let joined: Promise<JoinedLane<AnyService>> | undefined
/** The test that has it. */
let holder: string | undefined

/** Vitest's `test` with a lane of fakes. */
export const test: TestAPI<MockSuiteFixtures> = base.extend<MockSuiteFixtures>({
  mockSuite: {},
  lane: async ({ mockSuite, task }, use) => {
    if (holder !== undefined) throw new Error(shared(holder))
    holder = task.name
    try {
      joined ??= joinLane()
      const lane = await joined
      Object.assign(process.env, lane.env)
      await lane.reset()
      if (mockSuite.freeze !== undefined) await lane.clock.freeze(mockSuite.freeze)
      for (const scenario of mockSuite.scenarios ?? []) await lane.play(scenario)
      await use(lane)
      await lane.finish(mockSuite)
    } finally {
      holder = undefined
    }
  },
})

const shared = (name: string): string =>
  `this test and ${JSON.stringify(name)} run at once, and would share one lane: a worker has one. Leave out concurrent where a test uses lane, or put them into two files.`
