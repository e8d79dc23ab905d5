import type { Terminal } from './terminal.ts'

/** What must be stopped in the end. */
interface Stoppable {
  stop(): Promise<void>
}

const NUMBERS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const
type Signal = keyof typeof NUMBERS

/**
 * Stays until a signal comes, then stops in order. A second signal ends the process at once.
 * Nothing else ends it: an error that nobody caught is told and counted, and the fakes go on answering.
 */
export async function stayInForeground(suite: Stoppable, terminal: Terminal): Promise<void> {
  const stray = surviveStrayErrors(terminal)
  const signal = await firstSignal()
  terminal.tell(`mock-suite: ${signal}: finishing requests under way; once more to stop at once`)
  await suite.stop()
  if (stray.count > 0) terminal.warn(`mock-suite: stopped; ${stray.count} stray ${stray.count === 1 ? 'error was' : 'errors were'} survived on the way`)
}

function firstSignal(): Promise<Signal> {
  return new Promise((resolve) => {
    let stopping = false
    const heard = (signal: Signal) => {
      if (stopping) process.exit(128 + NUMBERS[signal])
      stopping = true
      resolve(signal)
    }
    for (const signal of Object.keys(NUMBERS) as Signal[]) process.on(signal, heard)
  })
}

function surviveStrayErrors(terminal: Terminal): { count: number } {
  const stray = { count: 0 }
  const survive = (error: unknown) => {
    stray.count += 1
    terminal.warn(`mock-suite: survived a stray error (${stray.count} so far): ${error instanceof Error ? error.stack : String(error)}`)
  }
  process.on('uncaughtException', survive)
  process.on('unhandledRejection', survive)
  return stray
}
