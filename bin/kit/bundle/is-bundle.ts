import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'

/** Whether a path is a bundle, rather than a recording. */
export function isBundle(path: string): boolean {
  return basename(path) === 'bundle.json' || existsSync(join(path, 'bundle.json'))
}
