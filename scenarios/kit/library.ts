import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { MockSuiteError } from '../../contracts/kit/error.ts'
import { didYouMean } from '../../contracts/kit/nearest.ts'

/** A scenario that somebody wrote down. */
export interface Written {
  file: string
  text: string
}

/** The scenarios that come with the suite: a folder for each service, and `any`. */
export function listLibrary(): { name: string; file: string }[] {
  const root = libraryFolder()
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => ({ name: basename(file, '.yaml'), file: join(root, file) }))
    .toSorted((one, other) => (one.file < other.file ? -1 : 1))
}

/**
 * A scenario by its name in the library, or by its file.
 *
 * @throws MockSuiteError `unknown-scenario`
 */
export function findScenario(nameOrFile: string): Written {
  if (/[\\/]|\.(ya?ml|json)$/.test(nameOrFile)) return { file: nameOrFile, text: contentOf(nameOrFile) }
  const library = listLibrary()
  const found = library.find(({ name }) => name === nameOrFile)
  if (found !== undefined) return { file: found.file, text: contentOf(found.file) }
  const hint =
    didYouMean(
      nameOrFile,
      library.map(({ name }) => name),
    ) || ' List them with mock-suite scenario list, or give a file.'
  throw new MockSuiteError('unknown-scenario', `could not find the scenario ${nameOrFile}: the library has none of that name.${hint}`)
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new MockSuiteError('unknown-scenario', `could not read the scenario ${file}: ${(error as Error).message}. Name a file that is there.`)
  }
}

/** Beside this file in the sources; further up from a bundle. */
function libraryFolder(): string {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const library = join(folder, 'scenarios')
    if (existsSync(join(library, 'any'))) return library
    if (folder === dirname(folder))
      throw new MockSuiteError('unknown-scenario', 'could not find the library of scenarios: this package is not whole. Install it again.')
  }
}
