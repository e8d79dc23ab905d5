import { laneOf } from '../../mocks/kit/worker-lane.ts'
import { type Flag, whole } from './flag.ts'

const numbered = whole('which lane', { value: 'N', min: 0, max: 63, initial: undefined })

/** One lane: a number, or that of the parallel test worker that asks. */
export const laneFlag: Flag<number | undefined> = {
  ...numbered,
  summary: 'which lane; `auto` is the one of the parallel test worker that asks',
  value: 'N|auto',
  shown: '0',
  read: (given, before, env) => (given === 'auto' ? laneOf(env, lanesOf(env)) : numbered.read(given, before, env)),
}

/** How many there are, as `run` tells its command; elsewhere the suite itself refuses a lane that it does not have. */
function lanesOf({ MOCK_SUITE_LANES: lanes }: NodeJS.ProcessEnv): number | undefined {
  return lanes === undefined || lanes === '' ? undefined : Number(lanes)
}
