import { isDeepStrictEqual } from 'node:util'
import type { Stage } from '../../scenarios/kit/check.ts'
import type { Scenario } from '../../scenarios/kit/scenario.ts'
import type { Lane } from './lane.ts'
import { loadScenario, type ScenarioSource } from './load-scenario.ts'

/** A scenario that the options play in every lane, and where it was read. */
export interface Script {
  source: ScenarioSource
  scenario: Scenario
}

/** Reads what the options play. One that has not changed since stays the same object. @throws MockSuiteError `bad-scenario`, `unknown-scenario` */
export async function readScripts(sources: readonly ScenarioSource[], stage: Stage, before: readonly Script[] = []): Promise<Script[]> {
  const scripts: Script[] = []
  for (const source of sources) {
    const scenario = await loadScenario(source, stage)
    const former = formerOf(source, before)
    scripts.push(former !== undefined && isDeepStrictEqual(former.scenario, scenario) ? former : { source, scenario })
  }
  return scripts
}

/**
 * Goes over from some scripts to others: plays what came, in every lane; again what changed, where it plays; and stops what went.
 * What somebody has stopped by hand, or replaced, is left alone.
 */
export function followScripts(lanes: readonly Lane[], before: readonly Script[], after: readonly Script[]): void {
  for (const { director } of lanes) {
    const plays = ({ scenario }: Script) => director.playing.some((playing) => playing.scenario === scenario)
    const wanted = after.filter((script) => {
      const former = formerOf(script.source, before)
      return former === undefined || (former !== script && plays(former))
    })
    for (const script of before) if (!after.includes(script) && plays(script) && !wanted.some(sameName(script))) director.stop(script.scenario.name)
    for (const { scenario } of wanted) director.play(scenario)
  }
}

const formerOf = (source: ScenarioSource, before: readonly Script[]) => before.find((script) => isDeepStrictEqual(script.source, source))

const sameName =
  ({ scenario: { name } }: Script) =>
  (other: Script) =>
    other.scenario.name === name
