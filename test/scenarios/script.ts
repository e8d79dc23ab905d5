import { type Scenario, type ScenarioInput, scenario } from '../../scenarios/kit/scenario.ts'

/** A scenario as its file would read, without the name and the story that no test looks at. */
export function script(input: Partial<ScenarioInput>): Scenario {
  return scenario().parse({ name: 'a-test', story: 'What a test plays.', ...input })
}
