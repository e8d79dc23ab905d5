import { type ServiceName, startSuite } from '../../mocks/index.ts'
import { addressList, addressTable } from '../reports/addresses.ts'
import { json } from '../reports/json.ts'
import type { common } from './common.ts'
import type { Values } from './flag.ts'
import { stayInForeground } from './foreground.ts'
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
  // Before a word is said: whoever reads it may send a signal at once.
  const stopped = stayInForeground(suite, terminal)
  if (flags.json) terminal.print(json(addressList(suite)))
  else if (!flags.quiet) terminal.print(addressTable(suite, terminal))
  if (flags.scenario.length > 0)
    terminal.tell(
      `\nPlaying, under seed ${suite.seed}: ${suite
        .lane(0)
        .director.playing.map(({ scenario }) => scenario.name)
        .join(', ')}`,
    )
  terminal.tell('\nCtrl-C stops it. What the service under test must read: mock-suite env')
  await stopped
}
