import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { MockSuiteError } from '../../contracts/kit/error.ts'

/** What lies in WireMock's folders. */
export interface MappingFiles {
  /** In the order in which WireMock reads them: among equals the last one wins. */
  files: { name: string; text: string }[]
  /** A file of `__files`. */
  file(name: string): Buffer | undefined
  /** What the folder is called that all of it lies in. */
  folder: string
}

/** Reads root folders of WireMock (with `mappings` in them), folders of mappings, and single files. @throws MockSuiteError `bad-import` */
export function readMappings(paths: readonly string[]): MappingFiles {
  const roots = paths.map(rootOf)
  const files = roots.flatMap(({ root, found }) => found.map((file) => ({ name: relative(root, file), text: contentOf(file).toString('utf8') })))
  return {
    files,
    folder: basename(resolve(roots[0]?.root ?? '.')),
    file(name) {
      const at = roots.map(({ root }) => join(root, '__files', name)).find((file) => statSync(file, { throwIfNoEntry: false })?.isFile())
      return at === undefined ? undefined : contentOf(at)
    },
  }
}

/** The folder that `mappings` and `__files` lie in, and the mapping files, by their paths. */
function rootOf(path: string): { root: string; found: string[] } {
  if (!existsSync(path)) throw new MockSuiteError('bad-import', `could not find ${path}. Name WireMock's root folder, its mappings folder, or a mapping file.`)
  if (!statSync(path).isDirectory()) return { root: /(?:^|\/)mappings$/.test(dirname(path)) ? dirname(dirname(path)) : dirname(path), found: [path] }
  const inner = join(path, 'mappings')
  if (statSync(inner, { throwIfNoEntry: false })?.isDirectory()) return { root: path, found: jsonIn(inner) }
  return { root: basename(path) === 'mappings' ? dirname(path) : path, found: jsonIn(path) }
}

function jsonIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json') && !/(?:^|\/)__files\//.test(name))
    .toSorted()
    .map((name) => join(folder, name))
}

function contentOf(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    throw new MockSuiteError('bad-import', `could not read ${file}: ${(error as Error).message}. Name a file that is there.`)
  }
}
