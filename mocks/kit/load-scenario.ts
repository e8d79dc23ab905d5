import type { Stage } from '../../scenarios/kit/check.ts'
import type { Scenario, ScenarioInput } from '../../scenarios/kit/scenario.ts'

/** A scenario: its name in the library, its file, or what a program wrote. */
export type ScenarioSource = string | ScenarioInput

/** A text that somebody sent, and what they call the file that it is from. */
export interface ScenarioText {
  text: string
  file: string
}

/** Reads scenarios and holds them against the contracts. The YAML library is loaded with the first of them. */
export async function loadScenario(source: ScenarioSource | ScenarioText, stage: Stage): Promise<Scenario> {
  const { readScenario, parseScenario } = await import('../../scenarios/kit/load.ts')
  if (typeof source === 'object' && 'text' in source) return readScenario(source.text, source.file, stage)
  if (typeof source === 'object') return parseScenario(source, stage)
  const { findScenario } = await import('../../scenarios/kit/library.ts')
  const { text, file } = findScenario(source, stage.folders)
  return readScenario(text, file, stage)
}
