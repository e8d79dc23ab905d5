import { type FSWatcher, watch } from 'node:fs'
import { statOf } from './stat-of.ts'

/** Real milliseconds of quiet before anybody looks: an editor writes, renames and touches in one go. */
const QUIET = 100

/** Where it is never quiet, somebody looks all the same. */
const PATIENCE = 1000

/** How often is looked where nothing can be watched. */
const LOOK = 1000

export interface FolderWatch {
  /** Watches these folders from now on, and no others. */
  follow(folders: readonly string[]): void
  close(): void
}

/**
 * Tells when something has stirred in some folders. Folders and not files: editors put a new file in place of the old one, and who watches a file
 * goes on watching the old one. Keeps no process alive.
 *
 * @param stirred Told once it has been quiet for a moment.
 * @param blind Told why, when the system would not watch; from then on `stirred` is called every second.
 */
export function watchFolders(stirred: () => void, blind: (reason: string) => void): FolderWatch {
  const watchers = new Map<string, FSWatcher>()
  let [quiet, since, polling]: [NodeJS.Timeout | undefined, number, NodeJS.Timeout | undefined] = [undefined, 0, undefined]

  const stir = () => {
    const now = performance.now()
    if (quiet === undefined) since = now
    clearTimeout(quiet)
    const look = () => {
      quiet = undefined
      stirred()
    }
    quiet = setTimeout(look, Math.min(QUIET, Math.max(since + PATIENCE - now, 0))).unref()
  }
  const close = () => {
    for (const watcher of watchers.values()) watcher.close()
    watchers.clear()
  }
  const poll = ({ message }: Error) => {
    if (polling !== undefined) return
    close()
    polling = setInterval(stirred, LOOK).unref()
    blind(message)
  }
  return {
    follow(folders) {
      if (polling !== undefined) return
      // One that was made anew under the same name is another.
      const wanted = new Map(folders.map((folder) => [`${folder}\0${identityOf(folder)}`, folder]))
      for (const [key, watcher] of watchers) {
        if (wanted.has(key)) continue
        watcher.close()
        watchers.delete(key)
      }
      for (const [key, folder] of wanted) {
        if (watchers.has(key)) continue
        try {
          watchers.set(key, watch(folder, { persistent: false }, stir).on('error', poll))
        } catch (error) {
          // It may have gone just now: then one above it stirs.
          if ((error as NodeJS.ErrnoException).code === 'ENOENT') stir()
          else return poll(error as Error)
        }
      }
    },
    close() {
      clearTimeout(quiet)
      clearInterval(polling)
      close()
    },
  }
}

function identityOf(folder: string): string {
  const { dev, ino } = statOf(folder) ?? {}
  return `${dev} ${ino}`
}
