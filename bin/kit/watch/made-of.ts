import { resolve } from 'node:path'
import { isScenarioFile, listLibrary } from '../../../scenarios/kit/library.ts'
import { configuration } from '../configuration/held.ts'
import type { StarterValues } from '../starter.ts'

/** The files that a suite is made of, but for those that belong to this package. */
export function madeOf({ world, scenario }: Pick<StarterValues, 'world' | 'scenario'>): string[] {
  const given = [...scenario.filter(isScenarioFile), ...(world === undefined ? [] : [world])]
  return [...new Set([...given, ...ownScenarios(scenario), ...(configuration()?.files ?? [])].map((file) => resolve(file)))]
}

/** Of the scenarios that go by name, those that lie in folders of one's own. */
function ownScenarios(names: readonly string[]): string[] {
  const folders = configuration()?.scenarios ?? []
  if (folders.length === 0 || names.every(isScenarioFile)) return []
  try {
    const own = listLibrary(folders).filter(({ file }) => folders.some((folder) => file.startsWith(folder)))
    return own.filter(({ name }) => names.includes(name)).map(({ file }) => file)
  } catch {
    // What is wrong with a folder is told when a scenario is looked for in it.
    return []
  }
}
