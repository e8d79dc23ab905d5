import { bundledEntry } from '../../contracts/bundle.ts'
import { readJson, writeJson } from '../../contracts/kit/json.ts'
import { startSuite } from '../../mocks/index.ts'
import { bundleOf } from '../../mocks/kit/day/day.ts'
import { type Former, optionsFor, type Redone, redo } from '../../mocks/kit/day/redo.ts'
import type { Suite } from '../../mocks/kit/suite.ts'
import type { SuiteOptions } from '../../mocks/kit/suite-options.ts'

/** What is written down of a lane, read again. */
export function formerOf(suite: Suite, lane = 0): Former {
  const read = readJson(Buffer.from(writeJson(bundleOf(suite.lane(lane), '0.0.0-test'), true)), true) as { value: ReturnType<typeof bundleOf> }
  const { har, ...rest } = read.value
  return { ...rest, entries: har.log.entries.map((entry) => bundledEntry().parse(entry)) }
}

type Start = (options: SuiteOptions) => Promise<Suite>

/** Does a day again in a suite of its own. */
export async function redone(former: Former, start: Start = startSuite as Start): Promise<Redone> {
  await using suite = await start({ ...optionsFor(former), complain: () => {} })
  return await redo(former, suite)
}

/** Until nothing is left to do at once. */
export const settled = async () => {
  for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate)
}
