import { renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { MockSuiteError } from '../../../contracts/kit/error.ts'
import type { Suite } from '../../../mocks/kit/suite.ts'
import { addressList } from '../../reports/addresses.ts'
import { version } from '../../version.ts'
import type { Terminal } from '../terminal.ts'
import { claim } from './claim.ts'
import { clean, findInstance, type Running } from './find.ts'
import { inFolder } from './folder.ts'
import { clearLeftovers } from './leftovers.ts'
import { processStart } from './process-start.ts'
import { FORMAT, logFile, readState, type State, stateFile, writeState } from './state.ts'

export interface Registering {
  name: string
  /** Where what it says is written by now; it becomes the instance's log. None in the foreground. */
  log: string | undefined
  terminal: Pick<Terminal, 'warn'>
}

/** A suite that other processes find by its name. */
export interface Registered {
  suite: Suite
  state: State
  /** Takes its name away again, with all that was kept under it. */
  leave(): void
}

/**
 * Starts a suite under a name that no other has.
 *
 * @throws MockSuiteError `instance-running`, `no-state`, and what `open` throws; then nothing runs.
 */
export async function startRegistered(open: () => Promise<Suite>, { name, log, terminal }: Registering): Promise<Registered> {
  const giveUp = await claim(name)
  try {
    const found = findInstance(name)
    if (found?.running) throw runsAlready(found)
    if (found !== undefined) clean(found, terminal.warn)
    clearLeftovers(name)
    const suite = await open()
    try {
      return register(suite, name, log)
    } catch (error) {
      await suite.stop()
      throw error
    }
  } finally {
    giveUp()
  }
}

function register(suite: Suite, name: string, log: string | undefined): Registered {
  const about = {
    format: FORMAT,
    instance: name,
    pid: process.pid,
    processStart: processStart(process.pid) ?? '',
    startedAt: new Date().toISOString(),
    version,
    addresses: addressList(suite, name),
  } as const
  const state = { ...about, log: log === undefined ? null : moved(log, logFile(dirname(log), name)) }
  return inFolder((folder) => {
    writeState(folder, state)
    const leave = () => forget(stateFile(folder, name), state)
    process.once('exit', leave)
    return { suite, state, leave }
  })
}

/** The log of the one before makes room. */
function moved(from: string, to: string): string {
  try {
    renameSync(from, to)
    return to
  } catch {
    return from
  }
}

/** Not another's, who came after a clean-up by hand. */
function forget(file: string, { pid, log }: State): void {
  const found = readState(file)
  if (typeof found !== 'object' || found.pid !== pid) return
  rmSync(file, { force: true })
  if (log !== null) rmSync(log, { force: true })
}

function runsAlready({ name, state: { pid, startedAt } }: Running): MockSuiteError {
  return new MockSuiteError(
    'instance-running',
    `could not start the instance ${name}: it runs already, as pid ${pid} since ${startedAt}. Stop it with mock-suite stop --instance ${name}, or start another with --instance NAME.`,
  )
}
