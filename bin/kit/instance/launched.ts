import { EXIT } from '../exit.ts'
import { failureOf } from '../failure.ts'
import type { State } from './state.ts'

/** Tells a process that it is the one that stays, and where its log is. */
export const LAUNCHED = 'MOCK_SUITE_LAUNCHED'

/** What the process that stays tells the one that waits for it. */
export type News = { ready: State; notes: readonly string[] } | { failed: { name: string; code: string; message: string; stack: string | undefined } }

export interface Launched {
  log: string
  /** Lets go of who has waited; the notes are for whoever looks on there. */
  ready(state: State, notes: readonly string[]): Promise<void>
  /** Tells why not, and throws it again. */
  failed(error: unknown): Promise<never>
}

/** Who has started this process and waits for it, if it was started to stay. */
export function startedByLauncher(): Launched | undefined {
  const log = process.env[LAUNCHED]
  if (log === undefined || process.send === undefined) return undefined
  // Processes of this one are not meant.
  delete process.env[LAUNCHED]
  // Who waited has gone before the end: a suite that nobody knows of would stay for ever.
  const alone = () => process.exit(EXIT.notReady)
  process.once('disconnect', alone)
  const letGo = (news: News) =>
    new Promise<void>((resolve) => {
      process.send?.(news, () => {
        process.off('disconnect', alone)
        if (process.connected) process.disconnect()
        resolve()
      })
    })
  return {
    log,
    ready: (state, notes) => letGo({ ready: state, notes }),
    async failed(error) {
      const { name, stack } = error instanceof Error ? error : new Error(String(error))
      const { code, message } = failureOf(error)
      await letGo({ failed: { name, code, message: error instanceof Error ? error.message : message, stack } })
      throw error
    },
  }
}
