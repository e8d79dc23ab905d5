import { lstatSync } from 'node:fs'
import { basename, join } from 'node:path'

/** Whether a path is a bundle, rather than a recording; one that cannot be read is one all the same. */
export function isBundle(path: string): boolean {
  return basename(path) === 'bundle.json' || isThere(join(path, 'bundle.json'))
}

/** Also where it is a link that leads nowhere: what is beside it would be taken for recordings, and served. */
function isThere(file: string): boolean {
  try {
    lstatSync(file)
    return true
  } catch {
    return false
  }
}
