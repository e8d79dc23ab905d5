import type { AddressList } from '../reports/addresses.ts'
import type { common } from './common.ts'
import type { Values } from './flag.ts'
import { keepRunning } from './keep-running.ts'
import type { lifecycleFlags } from './lifecycle-flags.ts'
import { openSuite } from './open-suite.ts'
import type { starterFlags } from './starter.ts'
import type { Terminal } from './terminal.ts'

export type RunValues = Values<typeof starterFlags & typeof lifecycleFlags & typeof common>

/** Starts the services (all of them when none is named), tells where they are, and stays until a signal comes; or lets another process stay. */
export async function runSuite(services: readonly string[] | undefined, flags: RunValues, terminal: Terminal<AddressList>): Promise<undefined> {
  if (flags.quiet) terminal.quiet()
  const open = (instance?: string) => openSuite(services, { ...flags, instance }, terminal)
  if (flags.detach || flags.instance !== undefined) await (await import('./instance/run-instance.ts')).runInstance(open, flags, terminal)
  else await keepRunning(await open(), flags, terminal)
}
