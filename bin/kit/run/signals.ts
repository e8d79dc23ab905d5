import { signalCode } from '../signal-code.ts'
import type { Terminal } from '../terminal.ts'
import type { Child } from './child.ts'
import { terminalSignals } from './terminal-signals.ts'

const HEARD = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
type Heard = (typeof HEARD)[number]

/**
 * The same signal so soon after, in milliseconds, is its echo and no second one: Ctrl-C reaches us from the terminal, and again from an
 * `npm run` around us, which passes on what it gets.
 */
const ECHO = 500

/** What others ask of this process while a command runs. */
export interface Signals extends Disposable {
  /** The first one, if there was any. */
  readonly heard: Heard | undefined
  /** From here on signals reach the command too. */
  reach(child: Child): void
}

/** Hears the signals that ask for an end. The first is passed on, and the command takes its time; the second ends all at once. */
export function hearSignals(terminal: Pick<Terminal, 'tell'>): Signals {
  let first: { signal: Heard; at: number } | undefined
  let child: Child | undefined
  const hear = (signal: Heard) => {
    if (first === undefined) {
      first = { signal, at: performance.now() }
      terminal.tell(`mock-suite: ${signal}: waiting for the command to end; once more to end all at once`)
      if (signal !== 'SIGINT' || !terminalSignals()) child?.kill(signal)
    } else if (signal !== first.signal || performance.now() - first.at > ECHO) {
      child?.kill('SIGKILL')
      process.exit(signalCode(signal))
    }
  }
  for (const signal of HEARD) process.on(signal, hear)
  return {
    get heard() {
      return first?.signal
    },
    reach(started) {
      child = started
    },
    [Symbol.dispose]() {
      for (const signal of HEARD) process.off(signal, hear)
    },
  }
}
