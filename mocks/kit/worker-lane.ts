/**
 * The lane of the process that asks: the one that it was given, or that of the parallel test worker that it is. Lanes count from 0.
 *
 * Of the numbers that a runner gives its workers, the one is read that stays below their count: Vitest's VITEST_WORKER_ID and Playwright's
 * TEST_WORKER_INDEX grow with every worker that is replaced, VITEST_POOL_ID and TEST_PARALLEL_INDEX do not.
 *
 * @throws Error when a variable makes no sense, or when there are fewer lanes than workers.
 */
export function laneOf(env: NodeJS.ProcessEnv, lanes?: number): number {
  const worker = workers.find(({ name, nobody }) => env[name] !== undefined && env[name] !== '' && env[name] !== nobody)
  if (worker === undefined) return 0
  const { name, looks, form, first } = worker
  const told = `${name}=${JSON.stringify(env[name])}`
  const digits = form.exec(env[name] as string)?.[1]
  const lane = Number(digits) - first
  if (digits === undefined || lane < 0 || lane > HIGHEST)
    throw new Error(`${told} names no lane: it should look like ${looks}. MOCK_SUITE_LANE says which lane is meant`)
  if (lanes !== undefined && lane >= lanes)
    throw new Error(`${told} is lane ${lane}, and there ${has(lanes)}, counted from 0. Start as many as there are workers: --lanes ${lane + 1}, or more`)
  return lane
}

/** A suite has 64 lanes at most. */
const HIGHEST = 63

interface Worker {
  /** The variable. */
  name: string
  form: RegExp
  looks: string
  /** The number of the first worker. */
  first: 0 | 1
  /** What it says where there is no worker. */
  nobody?: string
}

/** Whoever says it outright comes first; then the runners. */
const workers: readonly Worker[] = [
  { name: 'MOCK_SUITE_LANE', form: /^(\d{1,4})$/, looks: '0', first: 0, nobody: 'auto' },
  { name: 'PYTEST_XDIST_WORKER', form: /^gw(\d{1,4})$/, looks: 'gw0', first: 0, nobody: 'master' },
  { name: 'VITEST_POOL_ID', form: /^(\d{1,4})$/, looks: '1', first: 1 },
  { name: 'JEST_WORKER_ID', form: /^(\d{1,4})$/, looks: '1', first: 1 },
  { name: 'TEST_PARALLEL_INDEX', form: /^(\d{1,4})$/, looks: '0', first: 0 },
  { name: 'MOCHA_WORKER_ID', form: /^(\d{1,4})$/, looks: '0', first: 0 },
  { name: 'NODE_TEST_WORKER_ID', form: /^(\d{1,4})$/, looks: '1', first: 1 },
]

const has = (lanes: number): string => (lanes === 1 ? 'is 1' : `are ${lanes}`)
