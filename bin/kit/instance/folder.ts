import { chmodSync, lstatSync, mkdirSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { MockSuiteError } from '../../../contracts/kit/error.ts'

/** Where what is known of instances may lie: with the user's state, or, where nothing can be written there, with the temporary files. */
function stateFolders(): string[] {
  return [...homeFolder(process.env), temporaryFolder()]
}

/** Those that are there, and nobody else's: a stranger's would name processes to end and tokens to send. */
export function foldersThere(): string[] {
  return stateFolders().filter((folder) => {
    try {
      return refusal(folder) === undefined
    } catch {
      return false
    }
  })
}

/**
 * What `write` makes of the first folder that it can be done in.
 *
 * @throws MockSuiteError `no-state` when there is none, with what was wrong with each.
 */
export function inFolder<T>(write: (folder: string) => T): T {
  const reasons: string[] = []
  for (const folder of stateFolders()) {
    try {
      prepare(folder)
      return write(folder)
    } catch (error) {
      if (error instanceof MockSuiteError) throw error
      reasons.push(`  ${folder}: ${(error as Error).message}`)
    }
  }
  throw new MockSuiteError(
    'no-state',
    `could not keep what is known of an instance, which --detach needs:\n${reasons.join('\n')}\nMake one of them writable, point XDG_STATE_HOME or TMPDIR to a folder that is, or start in the foreground.`,
  )
}

/** By the XDG base directory specification a path that is not absolute does not count. */
function homeFolder({ XDG_STATE_HOME: state, HOME: home }: NodeJS.ProcessEnv): string[] {
  if (state !== undefined && isAbsolute(state)) return [join(state, 'mock-suite')]
  return home !== undefined && isAbsolute(home) ? [join(home, '.local/state/mock-suite')] : []
}

const temporaryFolder = (): string => join(tmpdir(), `mock-suite-${process.getuid?.() ?? 'state'}`)

function prepare(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const refused = refusal(folder)
  if (refused !== undefined) throw new Error(refused)
  if ((statSync(folder).mode & 0o077) !== 0) chmodSync(folder, 0o700)
}

/** Anybody may lay something of that name into the folder of temporary files beforehand. */
function refusal(folder: string): string | undefined {
  const shared = folder === temporaryFolder()
  const found = shared ? lstatSync(folder) : statSync(folder)
  if (!found.isDirectory()) return 'it is no folder'
  const uid = process.getuid?.()
  if (uid !== undefined && found.uid !== uid) return 'it belongs to somebody else'
  if (shared && process.platform !== 'win32' && (found.mode & 0o022) !== 0) return 'others may write in it'
  return undefined
}
