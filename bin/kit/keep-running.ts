import type { Suite } from '../../mocks/kit/suite.ts'
import { type AddressList, addressList, addressTable } from '../reports/addresses.ts'
import { stayInForeground } from './foreground.ts'
import type { Terminal } from './terminal.ts'

interface Spoken {
  json: boolean
  quiet: boolean
  scenario: readonly string[]
  withParent?: boolean
}

interface Circumstances {
  instance?: string
  /** Nobody looks on. */
  detached?: boolean
  /** Told once it listens and hears signals, before a word is said. */
  listening?(): Promise<void>
}

/** Tells where a suite listens and what plays, and stays until a signal has come and everything is stopped. */
export async function keepRunning(
  suite: Suite,
  flags: Spoken,
  terminal: Terminal<AddressList>,
  { instance, detached = false, listening }: Circumstances = {},
): Promise<void> {
  const orphaned = flags.withParent === true ? (await import('./with-parent.ts')).whenParentGone() : undefined
  // Before a word is said: whoever reads it may send a signal at once.
  const stopped = stayInForeground(suite, terminal, orphaned)
  await listening?.()
  const addresses = addressList(suite, instance)
  if (flags.json) terminal.print(terminal.json(addresses))
  else if (!flags.quiet) terminal.print(addressTable(addresses, terminal))
  if (flags.scenario.length > 0)
    terminal.tell(
      `\nPlaying, under seed ${suite.seed}: ${suite
        .lane(0)
        .director.playing.map(({ scenario }) => scenario.name)
        .join(', ')}`,
    )
  if (!detached) terminal.tell('\nCtrl-C stops it. What the service under test must read: mock-suite env')
  await stopped
}
