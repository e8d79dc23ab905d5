import { relative } from 'node:path'
import { findScenario, isScenarioFile, listLibrary, type Written } from '../../scenarios/kit/library.ts'
import { configuration } from './configuration/held.ts'
import type { Terminal } from './terminal.ts'

/** The folders of the configuration file. */
export const ownFolders = (): readonly string[] => configuration()?.scenarios ?? []

/** A scenario by its name, in folders of one's own first and then in the library, or by its file. */
export function findOwn(nameOrFile: string, terminal: Pick<Terminal, 'tell'>): Written {
  tellOwn(nameOrFile, terminal)
  return findScenario(nameOrFile, ownFolders())
}

/** Says that a name means another scenario than the library's. */
export function tellOwn(nameOrFile: string, terminal: Pick<Terminal, 'tell'>): void {
  if (ownFolders().length === 0 || isScenarioFile(nameOrFile)) return
  const found = listLibrary(ownFolders()).find(({ name }) => name === nameOrFile)
  if (found?.insteadOf === undefined) return
  terminal.tell(`mock-suite: ${nameOrFile} is that of ${relative(process.cwd(), found.file)}, instead of the library's`)
}
