import { rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { MockSuiteError } from '../../../contracts/kit/error.ts'
import { spell } from '../../../scenarios/kit/duration.ts'
import { isRunning, type Running } from './find.ts'

/** How often it is looked whether the process has gone, in milliseconds. */
const PACE = 25

/** How long a process may take to be gone once the system was told to end it, in milliseconds. */
const LAST = 5000

export interface Stopped {
  instance: string
  pid: number
  /** It did not stop in time, and was ended. */
  forced: boolean
}

/**
 * Tells an instance to stop, and waits until its process is gone.
 *
 * @throws MockSuiteError `not-stopped` when it takes too long and is not to be forced.
 */
export async function stopInstance({ name, file, state }: Running, { timeout, force }: { timeout: number; force: boolean }): Promise<Stopped> {
  const { pid } = state
  signal(pid, 'SIGTERM')
  if (await gone(state, timeout)) return { instance: name, pid, forced: false }
  if (!force) throw stillThere(name, pid, timeout)
  signal(pid, 'SIGKILL')
  if (!(await gone(state, LAST))) throw stillThere(name, pid, timeout + LAST)
  rmSync(file, { force: true })
  return { instance: name, pid, forced: true }
}

/** It may have gone by itself meanwhile. */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

async function gone(state: Running['state'], patience: number): Promise<boolean> {
  const deadline = performance.now() + patience
  while (isRunning(state)) {
    if (performance.now() > deadline) return false
    await sleep(PACE)
  }
  return true
}

function stillThere(name: string, pid: number, waited: number): MockSuiteError {
  return new MockSuiteError(
    'not-stopped',
    `could not stop the instance ${name} within ${spell(waited)}: its process ${pid} is still there. Give it longer with --timeout, or end it with --force.`,
  )
}
