import { existsSync } from 'node:fs'
import { MockSuiteError } from '../../../contracts/kit/error.ts'
import { findInstance, type Instance } from './find.ts'
import { foldersThere } from './folder.ts'
import { FORMAT, logFile } from './state.ts'
import { noneOfThatName } from './target.ts'

export interface Log {
  file: string
  /** Whose it is; nothing where it was left behind. */
  writer: Extract<Instance, { running: true }> | undefined
}

/**
 * The log of an instance, or of the last one of its name that ended without a word.
 *
 * @throws MockSuiteError `not-running` when there is none
 */
export function logOf(name: string): Log {
  const found = findInstance(name)
  const writer = found?.running ? found : undefined
  if (writer?.state.format === FORMAT && writer.state.log === null) throw inForeground(name, writer.state.pid)
  const file = [found?.state?.log ?? [], foldersThere().map((folder) => logFile(folder, name))].flat().find((path) => existsSync(path))
  if (file === undefined) throw noneOfThatName(name)
  return { file, writer }
}

function inForeground(name: string, pid: number): MockSuiteError {
  return new MockSuiteError(
    'not-running',
    `could not read what the instance ${name} says: it runs in the foreground, as pid ${pid}. Look at its terminal, or start it with --detach.`,
  )
}
