import type { common } from './common.ts'
import type { Values } from './flag.ts'
import { keepRunning } from './keep-running.ts'
import { openSuite } from './open-suite.ts'
import type { starterFlags } from './starter.ts'
import type { Terminal } from './terminal.ts'

/** Starts the services (all of them when none is named), tells where they are, and stays until a signal comes. */
export async function runSuite(
  services: readonly string[] | undefined,
  flags: Values<typeof starterFlags & typeof common>,
  terminal: Terminal,
): Promise<undefined> {
  if (flags.quiet) terminal.quiet()
  const suite = await openSuite(services, flags, terminal)
  await keepRunning(suite, flags, terminal)
}
