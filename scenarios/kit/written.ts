import type { Scenario, ScenarioInput } from './scenario.ts'

/** A scenario as it was given: the text of a file, or what a program wrote. */
export type Original = { text: string; file: string } | { scenario: ScenarioInput }

const originals = new WeakMap<Scenario, Original>()

/** Remembers of what a scenario was read; what was read of it, durations in milliseconds, is not the language itself any more. */
export function writtenAs(scenario: Scenario, original: Original): Scenario {
  originals.set(scenario, original)
  return scenario
}

/** Nothing where it was not read by us. */
export const originalOf = (scenario: Scenario): Original | undefined => originals.get(scenario)
