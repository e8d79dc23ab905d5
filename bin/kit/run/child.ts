import { execa } from 'execa'
import { type Fate, fateOf } from './fate.ts'

/** The command while it runs. */
export interface Child {
  kill(signal: NodeJS.Signals): void
  /** How it went; it settles when the process ends, whoever of its own may still hold its pipes. */
  ended: Promise<Fate>
}

/** Starts a command as it stands, without a shell; terminal, pipes and process group are those of this process. */
export function startChild([file = '', ...words]: readonly string[], env: NodeJS.ProcessEnv): Child {
  // What a signal does is the command's own affair: nothing follows it by a clock.
  const child = execa(file, words, { stdio: 'inherit', env, extendEnv: false, reject: false, forceKillAfterDelay: false })
  return {
    kill: (signal) => void child.kill(signal),
    ended: child.then((result) => fateOf(file, result)),
  }
}
