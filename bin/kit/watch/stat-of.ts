import { type Stats, statSync } from 'node:fs'

/** What stands at a path; nothing where there is nothing, or nothing that may be looked at. */
export function statOf(path: string): Stats | undefined {
  try {
    return statSync(path)
  } catch {
    return undefined
  }
}
