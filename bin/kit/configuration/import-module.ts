import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createJiti } from 'jiti'

/** What a module exports by default, and the modules of its own that came with it. */
export interface Imported {
  /** Nothing where it exports nothing by default. */
  value: unknown
  files: readonly string[]
}

/**
 * Loads a module of any kind, TypeScript too. What it imports of this package is what is installed beside it; where nothing is, the copy that belongs to this program.
 *
 * @param before The modules of an earlier load, which are to be loaded anew.
 */
export async function importModule(file: string, before: readonly string[] = []): Promise<Imported> {
  const jiti = createJiti(file, { interopDefault: false, alias: isInstalledBeside(file) ? {} : ownDoors() })
  for (const loaded of before) delete jiti.cache[loaded]
  const known = new Set(Object.keys(jiti.cache))
  const module = (await jiti.import(file)) as Record<string, unknown>
  const files = Object.keys(jiti.cache).filter((loaded) => !known.has(loaded) && !/[\\/]node_modules[\\/]/.test(loaded))
  return { value: defaultOf(module), files: [file, ...files.filter((loaded) => loaded !== file)] }
}

/** A module of CommonJS is what it exports. */
function defaultOf(module: Record<string, unknown>): unknown {
  if ('default' in module) return module.default
  return '__esModule' in module || Object.keys(module).length === 0 ? undefined : module
}

function isInstalledBeside(file: string): boolean {
  try {
    return createRequire(file).resolve('mock-suite') !== ''
  } catch {
    return false
  }
}

/** `mock-suite/contracts` → `…/dist/lib/contracts.js`; the longer name first, since the shorter is a part of it. */
function ownDoors(): Record<string, string> {
  const folder = packageFolder()
  const { name, exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name: string; exports: Record<string, { default?: string }> }
  const doors = Object.entries(exports).flatMap(([door, { default: target }]): [string, string][] =>
    target === undefined ? [] : [[join(name, door), join(folder, target)]],
  )
  return Object.fromEntries(doors.toSorted(([one], [other]) => other.length - one.length))
}

/** Of this program: up from a bundle, and from the sources alike. */
function packageFolder(): string {
  let folder = import.meta.dirname
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder)
  return folder
}
