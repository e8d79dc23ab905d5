import { type ServiceName, startSuite } from '../../mocks/index.ts'
import type { common } from './common.ts'
import type { Values } from './flag.ts'
import { keepRunning } from './keep-running.ts'
import { type starterFlags, suiteOptions } from './starter.ts'
import type { Terminal } from './terminal.ts'

type StarterValues = Values<typeof starterFlags & typeof common>

/** Starts the services (all of them when none is named), tells where they are, and stays until a signal comes. */
export async function runSuite(services: readonly string[] | undefined, flags: StarterValues, terminal: Terminal): Promise<undefined> {
  if (flags.quiet) terminal.quiet()
  const options = await suiteOptions(flags)
  const suite = await startSuite({
    ...options,
    ...(services === undefined ? {} : { services: services as readonly ServiceName[] }),
    complain: (message) => terminal.warn(`mock-suite: ${message}`),
  })
  await keepRunning(suite, flags, terminal)
}
