import { MockSuiteError } from '../../../contracts/kit/error.ts'
import type { Suite } from '../../../mocks/kit/suite.ts'
import type { AddressList } from '../../reports/addresses.ts'
import { DEFAULT_INSTANCE } from '../instance-flag.ts'
import { keepRunning } from '../keep-running.ts'
import type { RunValues } from '../run-suite.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError } from '../usage-error.ts'
import { boundLog } from './bounded-log.ts'
import { launch } from './launch.ts'
import { startedByLauncher } from './launched.ts'
import { startRegistered } from './register.ts'

type Open = (instance: string) => Promise<Suite>

/** Runs a suite under a name: here, or in a process that stays when this one has ended. */
export async function runInstance(open: Open, flags: RunValues, terminal: Terminal<AddressList>): Promise<void> {
  const name = flags.instance ?? DEFAULT_INSTANCE
  if (!flags.detach) return inForeground(() => open(name), name, flags, terminal)
  if (flags.withParent) throw new UsageError('--detach outlives who started it, and --with-parent does not: give one of them')
  const launched = startedByLauncher()
  if (launched === undefined) return launch(name, flags, terminal)
  const notes: string[] = []
  const warn = (message: string) => {
    notes.push(message)
    terminal.warn(message)
  }
  const registering = { name, log: launched.log, terminal: { warn } }
  const { suite, state, leave } = await startRegistered(() => open(name), registering).catch((error: unknown) => launched.failed(error))
  if (state.log !== null) boundLog(state.log)
  await keepRunning(suite, flags, terminal, { instance: name, detached: true, listening: () => launched.ready(state, notes) })
  leave()
}

/** A suite that somebody looks at is worth more than its name. */
async function inForeground(open: () => Promise<Suite>, name: string, flags: RunValues, terminal: Terminal<AddressList>): Promise<void> {
  const { suite, leave } = await startRegistered(open, { name, log: undefined, terminal }).catch(async (error: unknown) => {
    if (!(error instanceof MockSuiteError) || error.code !== 'no-state') throw error
    terminal.warn(`mock-suite: nobody will find this suite as ${name}: ${error.message}`)
    return { suite: await open(), leave: () => {} }
  })
  await keepRunning(suite, flags, terminal, { instance: name })
  leave()
}
