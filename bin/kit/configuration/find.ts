import { statSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'

/** In this order; the first that is there is read. */
const CONFIGURATION_FILES = ['ts', 'mts', 'js', 'mjs', 'cjs', 'json', 'yaml', 'yml'].map((ending) => `mock-suite.config.${ending}`)

/**
 * The nearest configuration file from a folder upwards, as far as the repository or the home that it lies in.
 * Every start asks, so nothing is loaded for it, and nothing read.
 */
export function findConfiguration(from: string, home = ownHome()): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const found = CONFIGURATION_FILES.map((name) => join(folder, name)).find((file) => isThere(file)?.isFile())
    if (found !== undefined) return found
    if (folder === home || folder === dirname(folder) || isThere(join(folder, '.git')) !== undefined) return undefined
  }
}

/** None where the user is only a number, as in a container. */
function ownHome(): string | undefined {
  try {
    return homedir()
  } catch {
    return undefined
  }
}

const isThere = (path: string) => statSync(path, { throwIfNoEntry: false })
