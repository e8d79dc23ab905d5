import { signalCode } from './signal-code.ts'
import { surviveStrayErrors } from './stray-errors.ts'
import type { Terminal } from './terminal.ts'

/** What must be stopped in the end. */
interface Stoppable {
  stop(): Promise<void>
}

const HEARD = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const
type Signal = (typeof HEARD)[number]

/**
 * Stays until a signal comes, or until it is an orphan where that is to be its end; then stops in order. A second signal ends the process at once.
 * Nothing else ends it: an error that nobody caught is told and counted, and the fakes go on answering.
 */
export async function stayInForeground(suite: Stoppable, terminal: Terminal, orphaned: Promise<void> = NEVER): Promise<void> {
  const stray = surviveStrayErrors(terminal)
  const reason = await Promise.race([firstSignal(), orphaned.then(() => 'the process that started it is gone')])
  terminal.tell(`mock-suite: ${reason}: finishing requests under way; once more to stop at once`)
  await suite.stop()
  if (stray.count > 0) terminal.warn(`mock-suite: stopped; ${stray.count} stray ${stray.count === 1 ? 'error was' : 'errors were'} survived on the way`)
}

const NEVER = new Promise<never>(() => {})

function firstSignal(): Promise<Signal> {
  return new Promise((resolve) => {
    let stopping = false
    const heard = (signal: Signal) => {
      if (stopping) process.exit(signalCode(signal))
      stopping = true
      resolve(signal)
    }
    for (const signal of HEARD) process.on(signal, heard)
  })
}
