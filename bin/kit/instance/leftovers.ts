import { rmSync } from 'node:fs'
import { basename } from 'node:path'
import { filesOf } from './find.ts'
import { foldersThere } from './folder.ts'
import { processStart } from './process-start.ts'

/** A draft of a state, or a log that is not an instance's yet: named after the process that is to make it so. */
const DRAFT = /^[a-z0-9-]+\.(?:json\.(\d+)|(\d+)\.log)$/

/** What somebody who lives is about to make of this name. */
export function draftsOf(name: string): string[] {
  return drafts(name).flatMap(({ file, living }) => (living ? [file] : []))
}

/** Takes away what starts of this name have left that were ended in the middle. */
export function clearLeftovers(name: string): void {
  for (const { file, living } of drafts(name)) if (!living) rmSync(file, { force: true })
}

function drafts(name: string): { file: string; living: boolean }[] {
  return foldersThere()
    .flatMap((folder) => filesOf(folder, `${name}.`))
    .flatMap((file) => {
      const [, ofState, ofLog] = DRAFT.exec(basename(file)) ?? []
      const pid = ofState ?? ofLog
      return pid === undefined ? [] : [{ file, living: processStart(Number(pid)) !== undefined }]
    })
}
