import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import globalSetup, { globalSetupOf, mochaGlobalSetup, mochaGlobalTeardown } from '../../bin/global-setup.ts'
import jestTeardown from '../../bin/global-teardown.ts'
import { workersOf } from '../../bin/kit/global-setup/workers.ts'
import { joinLane } from '../../mocks/client.ts'
import { startSuite } from '../../mocks/index.ts'

const runners = ['VITEST_POOL_ID', 'JEST_WORKER_ID', 'TEST_PARALLEL_INDEX', 'MOCHA_WORKER_ID', 'NODE_TEST_WORKER_ID']
const told = () => Object.fromEntries(Object.entries(process.env).filter(([name]) => /^MOCK_SUITE_|_SERVICE_URL$/.test(name)))

let before: ReturnType<typeof told>
beforeEach(() => {
  for (const name of runners) vi.stubEnv(name, undefined)
  for (const name of Object.keys(told())) vi.stubEnv(name, undefined)
  before = told()
})

afterEach(() => {
  expect(told()).toEqual(before)
  vi.unstubAllEnvs()
})

test('Jest: the setup tells its workers where the fakes are, each of them finds its lane, and another module tears down', async () => {
  await globalSetupOf({ services: ['alert'] })({ maxWorkers: 3 })
  expect(process.env).toMatchObject({ MOCK_SUITE_LANES: '3', ALERT_SERVICE_URL: expect.stringMatching(/^http:/) })
  vi.stubEnv('JEST_WORKER_ID', '2')
  const lane = await joinLane()
  expect(lane.index).toBe(1)
  expect(lane.env.ALERT_SERVICE_URL).toBe(lane.url('alert'))
  expect(lane.env.ALERT_SERVICE_URL).not.toBe(process.env.ALERT_SERVICE_URL)

  vi.stubEnv('JEST_WORKER_ID', '4')
  await expect(joinLane()).rejects.toMatchObject({ code: 'unknown-lane', message: expect.stringContaining('--lanes 4') })
  vi.stubEnv('JEST_WORKER_ID', undefined)
  await jestTeardown()
  await expect(lane.journal()).rejects.toMatchObject({ code: 'not-running' })
})

test('Playwright: what the setup returns tears down', async () => {
  const teardown = await globalSetupOf({ services: ['alert'] })({ workers: 2 })
  expect(process.env.MOCK_SUITE_LANES).toBe('2')
  await teardown()
})

test('Vitest: two projects have one suite, a rerun begins as new, and the last to leave stops it', async () => {
  const rerun: (() => void | Promise<void>)[] = []
  const project = { config: { maxWorkers: 2 }, vitest: {}, onTestsRerun: (begin: () => void | Promise<void>) => void rerun.push(begin) }
  const setup = globalSetupOf({ services: ['config'] })
  const teardowns = await Promise.all([setup(project), setup(project)])
  const lane = await joinLane()
  await lane.fetch('config', '/health')
  expect(await lane.journal()).toHaveLength(1)
  await rerun[0]?.()
  expect(await lane.journal()).toEqual([])

  await teardowns[0]?.()
  expect((await lane.fetch('config', '/health')).status).toBe(200)
  await teardowns[1]?.()
  await expect(lane.journal()).rejects.toMatchObject({ code: 'not-running' })
})

test('Mocha: nobody says how many workers there are, but the environment may', async () => {
  vi.stubEnv('MOCK_SUITE_LANES', '2')
  before = told()
  await mochaGlobalSetup()
  vi.stubEnv('MOCHA_WORKER_ID', '1')
  expect((await joinLane()).index).toBe(1)
  vi.stubEnv('MOCHA_WORKER_ID', undefined)
  await mochaGlobalTeardown()
})

test('a suite that the environment names is joined, and left running', async () => {
  await using suite = await startSuite({ services: ['config'], ports: 'auto', lanes: 2, control: { token: 'secret' } })
  vi.stubEnv('MOCK_SUITE_URL', suite.control?.url)
  vi.stubEnv('MOCK_SUITE_TOKEN', 'secret')
  before = told()
  const teardown = await globalSetup({ maxWorkers: 8 })
  expect(process.env).toMatchObject({ CONFIG_SERVICE_URL: suite.url('config'), MOCK_SUITE_LANES: '2' })
  await teardown()
  expect((await suite.fetch('config', '/health')).status).toBe(200)
})

test('a suite that is named and not there is told, and may be tried again', async () => {
  vi.stubEnv('MOCK_SUITE_URL', 'http://127.0.0.1:1')
  before = told()
  await expect(globalSetup()).rejects.toMatchObject({ code: 'not-running' })
  await expect(globalSetup()).rejects.toMatchObject({ code: 'not-running', message: expect.stringContaining('http://127.0.0.1:1') })
})

test('without a suite a lane says how to get one', async () => {
  await expect(joinLane()).rejects.toThrow(
    'MOCK_SUITE_URL is not set. Start it before the tests: by mock-suite/global-setup, or with mock-suite run around them.',
  )
})

test('there are never more lanes than a suite can have', () => {
  expect([workersOf({}), workersOf({ maxWorkers: 4 }), workersOf({ workers: 200 }), workersOf({ config: {}, vitest: { config: { maxWorkers: 5 } } })]).toEqual([
    1, 4, 64, 5,
  ])
})
