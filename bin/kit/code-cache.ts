import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { constants, Script } from 'node:vm'

/** A program whose compiled code may lie beside it. */
export interface Compiled {
  exports: Record<string, unknown>
  /** The cache was there, and of this Node. */
  warm: boolean
  /** What V8 has compiled by now, for the next start. */
  cache(): Buffer
}

/**
 * Runs a CommonJS bundle, with what V8 had compiled when the cache was made. A cache of another Node, or none,
 * costs nothing but the time that it would have saved: V8 compiles then as it always does.
 */
export function runCompiled(bundle: URL): Compiled {
  const filename = fileURLToPath(bundle)
  // esbuild writes ASCII, so one byte is one character, and V8 keeps it so.
  const source = `(function (exports, require, module) {${readFileSync(filename, 'latin1')}\n})`
  const cachedData = contentOf(`${filename}.cache`)
  const importModuleDynamically = constants.USE_MAIN_CONTEXT_DEFAULT_LOADER
  // What was compiled keeps this name, and travels: not the place where it was built.
  const name = `mock-suite/${basename(filename)}`
  const script = new Script(source, { filename: name, importModuleDynamically, ...(cachedData === undefined ? {} : { cachedData }) })
  const module = { exports: {} }
  script.runInThisContext()(module.exports, createRequire(bundle), module)
  return { exports: module.exports, warm: script.cachedDataRejected === false, cache: () => script.createCachedData() }
}

function contentOf(file: string): Buffer | undefined {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}
