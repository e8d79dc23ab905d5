import { MockSuiteError } from '../../../contracts/kit/error.ts'
import { type Former, optionsFor, type Redone, redo } from '../../../mocks/kit/day/redo.ts'
import { suiteOf } from '../../../mocks/kit/suite.ts'
import { redoneText } from '../../reports/redone.ts'
import type { redoneInfo } from '../../reports/redone-info.ts'
import { version } from '../../version.ts'
import type { DataOf } from '../command.ts'
import type { common } from '../common.ts'
import { EXIT, type ExitCode } from '../exit.ts'
import type { Values } from '../flag.ts'
import { project } from '../project.ts'
import type { replayFlags } from '../replay-flags.ts'
import type { Terminal } from '../terminal.ts'
import { readBundle } from './read-bundle.ts'

type Flags = Values<typeof replayFlags & typeof common>

/** Does every day of a bundle again, and tells whether every exchange had the same outcome. */
export async function replayBundle(path: string, flags: Flags, terminal: Terminal<DataOf<typeof redoneInfo>>): Promise<ExitCode> {
  if (flags.quiet) terminal.quiet()
  const { manifest, lanes } = readBundle(path)
  const wanted = flags.lane === undefined ? lanes : lanes.filter(({ day }) => day.lane === flags.lane)
  if (wanted.length === 0)
    throw new MockSuiteError('unknown-lane', `could not find lane ${flags.lane} in ${path}: it has ${lanes.map(({ day }) => day.lane).join(', ')}.`)
  for (const { day } of wanted) if (day.incomplete !== null) throw notWhole(path, day)
  const { mock_suite: former } = manifest.versions
  if (former !== version) terminal.warn(`mock-suite: the bundle is of mock-suite ${former}, and this is ${version}: differences may be of that`)

  const told = []
  for (const lane of wanted) told.push({ lane: lane.day.lane, ...(await again(lane, terminal)) })
  const same = told.every(({ differences }) => differences.length === 0)
  if (flags.json) terminal.print(terminal.json({ bundle: path, version: former, same, lanes: told }))
  else terminal.print(told.map((one) => redoneText(one, terminal, { named: told.length > 1 })).join('\n'))
  return same ? EXIT.good : EXIT.findings
}

async function again(former: Former, terminal: Terminal): Promise<Omit<Redone, 'suite'>> {
  const start = suiteOf(await project())
  // What a handler says of itself when it fails it said then, and it is compared.
  await using suite = await start({ ...optionsFor(former), complain: (message) => terminal.tell(`mock-suite: ${message}`) })
  const { exchanges, same, differences } = await redo(former, suite)
  return { exchanges, same, differences }
}

function notWhole(path: string, { lane, incomplete, whole_from: from }: Former['day']): MockSuiteError {
  const rest = from === null ? '' : ` From exchange ${from} on it is whole.`
  return new MockSuiteError(
    'bad-bundle',
    `could not do ${path} again: lane ${lane} is not whole: ${incomplete}.${rest} Reset the lane before what matters, or keep more.`,
  )
}
