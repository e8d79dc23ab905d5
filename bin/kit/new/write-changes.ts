import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { UsageError } from '../usage-error.ts'
import type { ByHand, Change, Planned } from './draft.ts'

/** What was written, or would be. */
export interface Outcome {
  files: Pick<Change, 'path' | 'what'>[]
  byHand: ByHand | null
}

/**
 * Writes all of it or nothing, over no file that is there.
 *
 * @throws UsageError
 */
export async function writeChanges({ changes, byHand, proven }: Planned, dryRun: boolean): Promise<Outcome> {
  const there = changes.filter(({ path, what }) => what === 'created' && existsSync(path))
  if (there.length > 0) throw new UsageError(`${there.map(({ path }) => path).join(', ')}: there already. Nothing is written; choose another name`)
  const files = changes.map(({ path, what }) => ({ path, what }))
  if (dryRun) return { files, byHand }
  const undo = writeAll(changes)
  if (proven === undefined || (await holds(proven.holds))) return { files, byHand }
  undo.get(proven.path)?.()
  return { files: files.filter(({ path }) => path !== proven.path), byHand: proven.byHand }
}

/** How each is taken back; where one cannot be written, all are. */
function writeAll(changes: readonly Change[]): Map<string, () => void> {
  const undo = new Map<string, () => void>()
  try {
    for (const { path, text, what } of changes) {
      const before = what === 'changed' ? readFileSync(path, 'utf8') : undefined
      const made = mkdirSync(dirname(path), { recursive: true })
      if (made !== undefined) undo.set(made, () => rmSync(made, { recursive: true, force: true }))
      // Whoever has written it since we looked keeps it.
      writeFileSync(path, text, { flag: what === 'created' ? 'wx' : 'w' })
      undo.set(path, () => (before === undefined ? rmSync(path, { force: true }) : writeFileSync(path, before)))
    }
    return undo
  } catch (error) {
    for (const back of [...undo.values()].reverse()) back()
    throw new UsageError(`${(error as Error).message}. Nothing is written; make room for it, and try again`)
  }
}

async function holds(proof: () => Promise<boolean>): Promise<boolean> {
  try {
    return await proof()
  } catch {
    return false
  }
}
