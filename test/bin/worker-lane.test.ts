import { expect, test } from 'vitest'
import { parse } from '../../bin/kit/parse.ts'
import { remoteFlags } from '../../bin/kit/remote.ts'
import { laneOf } from '../../mocks/kit/worker-lane.ts'

test.each([
  [{}, 0],
  [{ PYTEST_XDIST_WORKER: 'gw0' }, 0],
  [{ PYTEST_XDIST_WORKER: 'gw3' }, 3],
  [{ PYTEST_XDIST_WORKER: 'master' }, 0],
  [{ VITEST_POOL_ID: '1', VITEST_WORKER_ID: '17' }, 0],
  [{ VITEST_POOL_ID: '4', VITEST_WORKER_ID: '99' }, 3],
  [{ JEST_WORKER_ID: '2' }, 1],
  [{ TEST_PARALLEL_INDEX: '2', TEST_WORKER_INDEX: '31' }, 2],
  [{ MOCHA_WORKER_ID: '2' }, 2],
  [{ NODE_TEST_WORKER_ID: '2' }, 1],
  [{ MOCK_SUITE_LANE: '1', PYTEST_XDIST_WORKER: 'gw3' }, 1],
  [{ MOCK_SUITE_LANE: 'auto', PYTEST_XDIST_WORKER: 'gw3' }, 3],
  [{ MOCK_SUITE_LANE: '', JEST_WORKER_ID: '3' }, 2],
])('%j takes lane %i', (env, lane) => {
  expect(laneOf(env, 4)).toBe(lane)
})

test.each([
  [{ PYTEST_XDIST_WORKER: 'worker-3' }, 'PYTEST_XDIST_WORKER="worker-3" names no lane: it should look like gw0.'],
  [{ VITEST_POOL_ID: '0' }, 'VITEST_POOL_ID="0" names no lane: it should look like 1.'],
  [{ JEST_WORKER_ID: '1.5' }, 'JEST_WORKER_ID="1.5" names no lane'],
  [{ TEST_PARALLEL_INDEX: '-1' }, 'TEST_PARALLEL_INDEX="-1" names no lane'],
  [{ MOCK_SUITE_LANE: '64' }, 'MOCK_SUITE_LANE="64" names no lane'],
])('%j is refused, and the way out is named', (env, message) => {
  expect(() => laneOf(env)).toThrow(message)
  expect(() => laneOf(env)).toThrow('MOCK_SUITE_LANE says which lane is meant')
})

test('more workers than lanes are told how many lanes to start', () => {
  expect(() => laneOf({ PYTEST_XDIST_WORKER: 'gw3' }, 2)).toThrow(
    'PYTEST_XDIST_WORKER="gw3" is lane 3, and there are 2, counted from 0. Start as many as there are workers: --lanes 4, or more',
  )
  expect(() => laneOf({ JEST_WORKER_ID: '2' }, 1)).toThrow('is lane 1, and there is 1, counted from 0')
})

const laneFor = (words: readonly string[], env: NodeJS.ProcessEnv) => parse(words, { flags: { lane: remoteFlags.lane } }, env).flags.lane

test('--lane auto reads the worker where a command is called; a number stays one', () => {
  const worker = { PYTEST_XDIST_WORKER: 'gw2', MOCK_SUITE_LANES: '4' }
  expect([laneFor(['--lane', 'auto'], worker), laneFor(['--lane', '1'], worker), laneFor([], worker)]).toEqual([2, 1, undefined])
  expect(laneFor([], { ...worker, MOCK_SUITE_LANE: 'auto' })).toBe(2)
})

test('--lane auto refuses a worker for which the suite has no lane', () => {
  expect(() => laneFor(['--lane', 'auto'], { PYTEST_XDIST_WORKER: 'gw4', MOCK_SUITE_LANES: '4' })).toThrow(
    'could not read --lane "auto": PYTEST_XDIST_WORKER="gw4" is lane 4',
  )
  expect(() => laneFor(['--lane', 'mine'], {})).toThrow('could not read --lane "mine": it must be a whole number from 0 to 63')
})
