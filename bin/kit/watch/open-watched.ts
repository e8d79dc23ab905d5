import type { Suite } from '../../../mocks/kit/suite.ts'
import type { StarterValues } from '../starter.ts'
import type { Terminal } from '../terminal.ts'
import { foldersAround } from './folders-around.ts'
import { Follower } from './follower.ts'
import { madeOf } from './made-of.ts'
import { watchFolders } from './watch-folders.ts'

/**
 * Opens a suite that follows the files which it is made of: its world, the scenarios that play from the start, the configuration file and the modules of it.
 * What has changed is taken whole, or not at all and the reason told; nothing ends the suite.
 */
export async function openWatched(flags: StarterValues, terminal: Terminal, open: () => Promise<Suite>): Promise<Suite> {
  let [stirring, looking] = [false, false]
  /** One look at a time: what stirs during one brings another after it. */
  const stirred = async () => {
    stirring = true
    if (looking || follower.suite === undefined) return
    looking = true
    while (stirring) {
      stirring = false
      await follower.look()
    }
    looking = false
  }
  const watch = watchFolders(
    () => void stirred(),
    (reason) => terminal.warn(`mock-suite: could not watch the files: ${reason}. They are looked at every second instead.`),
  )
  // Before they are read: what is written meanwhile is noticed.
  const follower = new Follower(flags, terminal, () => watch.follow([...new Set(madeOf(flags).flatMap(foldersAround))]))
  const suite = await open().catch((error: unknown) => {
    watch.close()
    throw error
  })
  follower.suite = suite
  void stirred()
  const { stop } = suite
  const close = () => {
    watch.close()
    return stop()
  }
  return Object.assign(suite, { stop: close, [Symbol.asyncDispose]: close })
}
