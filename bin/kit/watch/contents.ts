import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** What stands in some files: a digest each, nothing for one that is not there. */
export type Contents = ReadonlyMap<string, string | undefined>

export function contentsOf(files: readonly string[]): Contents {
  return new Map(files.map((file) => [file, digestOf(file)]))
}

/** The files in which something else stands; one that is not in both is in neither. */
export function differing(one: Contents, other: Contents): string[] {
  return [...one].filter(([file, digest]) => other.has(file) && other.get(file) !== digest).map(([file]) => file)
}

function digestOf(file: string): string | undefined {
  try {
    return createHash('sha256').update(readFileSync(file)).digest('base64')
  } catch {
    return undefined
  }
}
