import { type ServiceName, startSuite } from '../../mocks/index.ts'
import type { Suite } from '../../mocks/kit/suite.ts'
import { type StarterValues, suiteOptions } from './starter.ts'
import type { Terminal } from './terminal.ts'

/** Starts the services (all of them when none is named) as the flags of a starter ask. */
export async function openSuite(services: readonly string[] | undefined, flags: StarterValues, terminal: Terminal): Promise<Suite> {
  return startSuite({
    ...(await suiteOptions(flags)),
    ...(services === undefined ? {} : { services: services as readonly ServiceName[] }),
    complain: (message) => terminal.warn(`mock-suite: ${message}`),
  })
}
