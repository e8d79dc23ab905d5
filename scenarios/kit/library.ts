import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { MockSuiteError } from '../../contracts/kit/error.ts'
import { didYouMean } from '../../contracts/kit/nearest.ts'

/** A scenario that somebody wrote down. */
export interface Written {
  file: string
  text: string
}

/** A scenario that goes by its name. */
export interface Listed {
  name: string
  file: string
  /** The file of the library in whose place it stands. */
  insteadOf?: string
}

/** The scenarios of these folders, and those that come with the suite: a folder for each service, and `any`. Whoever comes first has the name. */
export function listLibrary(folders: readonly string[] = []): Listed[] {
  const library = scenariosIn(libraryFolder())
  const own = oneEach(folders.flatMap(scenariosIn))
  const instead = new Map(library.map(({ name, file }) => [name, file]))
  return [
    ...own.map((one) => (instead.has(one.name) ? { ...one, insteadOf: instead.get(one.name) as string } : one)),
    ...library.filter(({ name }) => !own.some((one) => one.name === name)),
  ]
}

function scenariosIn(root: string): Listed[] {
  return filesOf(root)
    .filter((file) => /\.ya?ml$/.test(file))
    .map((file) => ({ name: basename(file).replace(/\.ya?ml$/, ''), file: join(root, file) }))
    .toSorted((one, other) => (one.file < other.file ? -1 : 1))
}

function filesOf(root: string): string[] {
  try {
    return readdirSync(root, { recursive: true, encoding: 'utf8' })
  } catch (error) {
    throw new MockSuiteError('unknown-scenario', `could not read the folder of scenarios ${root}: ${(error as Error).message}. Name a folder that is there.`)
  }
}

/** A name that two files claim would mean the one today and the other tomorrow. */
function oneEach(own: Listed[]): Listed[] {
  for (const [at, { name, file }] of own.entries()) {
    const twin = own.slice(0, at).find((one) => one.name === name)
    if (twin === undefined) continue
    throw new MockSuiteError('bad-scenario', `could not tell which scenario ${name} is: ${twin.file} and ${file} are both called so. Rename one.`)
  }
  return own
}

/**
 * A scenario by its name in the library, or by its file.
 *
 * @throws MockSuiteError `unknown-scenario`
 */
export function findScenario(nameOrFile: string, folders: readonly string[] = []): Written {
  if (isScenarioFile(nameOrFile)) return { file: nameOrFile, text: contentOf(nameOrFile) }
  const library = listLibrary(folders)
  const found = library.find(({ name }) => name === nameOrFile)
  if (found !== undefined) return { file: found.file, text: contentOf(found.file) }
  const hint =
    didYouMean(
      nameOrFile,
      library.map(({ name }) => name),
    ) || ' List them with mock-suite scenario list, or give a file.'
  throw new MockSuiteError('unknown-scenario', `could not find the scenario ${nameOrFile}: the library has none of that name.${hint}`)
}

/** Whether a file is meant, and not a name. */
export const isScenarioFile = (nameOrFile: string): boolean => /[\\/]|\.(ya?ml|json)$/.test(nameOrFile)

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
