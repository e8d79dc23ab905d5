import { lstatSync, readlinkSync, realpathSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { statOf } from './stat-of.ts'

/** How many links are followed before they are taken for a circle. */
const HOPS = 40

/**
 * Every folder in which something would stir if a file were written, replaced, deleted or made again: its own, those of the links that lead to it
 * (a mounted ConfigMap is exchanged by one link two steps away), and, while its own is not there, the nearest that is.
 */
export function foldersAround(file: string): string[] {
  const folders = new Set<string>()
  let path = resolve(file)
  for (let hops = 0; hops < HOPS; hops += 1) {
    for (const folder of linkedFolders(dirname(path))) folders.add(folder)
    folders.add(nearestFolder(dirname(path)))
    const target = targetOf(path)
    if (target === undefined) break
    path = resolve(dirname(path), target)
  }
  folders.add(nearestFolder(dirname(realPath(path))))
  return [...folders]
}

/** Those that hold a link which is a part of this path. */
function linkedFolders(folder: string): string[] {
  const above = dirname(folder)
  if (above === folder) return []
  const further = linkedFolders(above)
  return targetOf(folder) === undefined ? further : [...further, above]
}

function nearestFolder(folder: string): string {
  const above = dirname(folder)
  return above === folder || statOf(folder)?.isDirectory() === true ? folder : nearestFolder(above)
}

function targetOf(path: string): string | undefined {
  try {
    return lstatSync(path).isSymbolicLink() ? readlinkSync(path) : undefined
  } catch {
    return undefined
  }
}

function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
