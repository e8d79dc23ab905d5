import { expect, test } from 'vitest'
import { config } from '../../contracts/config.ts'
import { startSuite } from '../../mocks/index.ts'
import { coverageOf } from '../../scenarios/kit/coverage.ts'
import { parseScenario } from '../../scenarios/kit/load.ts'
import { scriptedBy } from '../../scenarios/kit/scripted.ts'

const contracts = [config]
const key = { 'x-internal-api-key': 'mock-internal-key-7c3e5a9d1f60' }
const story = 'Reads are late.'
const slowReads = {
  name: 'slow-reads',
  story,
  rules: [{ when: { service: 'config', operation: 'getConfig' }, inject: [{ fault: 'latency' as const, ms: 5 }] }],
}
const slowAll = { name: 'slow-all', story, rules: [{ when: { service: 'config' }, inject: [{ fault: 'latency' as const, ms: 5 }] }] }
const called = { service: 'config', operation: 'getConfig', calls: 3, statuses: { 200: 2, 404: 1 }, faults: {} }
const scripted = (scenario: Parameters<typeof parseScenario>[0]) => scriptedBy(parseScenario(scenario, { contracts }), contracts)

test('an operation that was called has a cell for every failure that it declares', () => {
  expect(coverageOf({ contracts, met: [called], scripted: [] })).toEqual({
    percent: 100,
    met: 1,
    cells: 1,
    operations: [{ service: 'config', operation: 'getConfig', calls: 3, cells: [{ kind: 'status', failure: '404', state: 'met', times: 1 }] }],
  })
})

test('a declared failure that nobody scripted and nobody met is told as such', () => {
  const { percent, operations } = coverageOf({ contracts, met: [{ ...called, statuses: { 200: 3 } }], scripted: [] })
  expect([percent, operations[0]?.cells]).toEqual([0, [{ kind: 'status', failure: '404', state: 'unscripted', times: 0 }]])
})

test('a fault that was held ready and never came is scripted, not met; even where its operation was never called', () => {
  const { met, cells, operations } = coverageOf({ contracts, met: [], scripted: scripted(slowReads) })
  expect({ met, cells }).toEqual({ met: 0, cells: 1 })
  expect(operations).toEqual([
    { service: 'config', operation: 'getConfig', calls: 0, cells: [{ kind: 'fault', failure: 'latency', state: 'scripted', times: 0 }] },
  ])
})

test('a rule about a whole service asks nothing of operations that nobody calls', () => {
  const { operations } = coverageOf({ contracts, met: [{ ...called, faults: { latency: 3 } }], scripted: scripted(slowAll) })
  expect(operations.map(({ operation }) => operation)).toEqual(['getConfig'])
  expect(operations[0]?.cells).toContainEqual({ kind: 'fault', failure: 'latency', state: 'met', times: 3 })
})

test('several lanes are added up', () => {
  const { operations } = coverageOf({ contracts, met: [called, called], scripted: [] })
  expect(operations).toMatchObject([{ calls: 6, cells: [{ failure: '404', times: 2 }] }])
})

test('percent is never rounded up, and nothing called is nothing met', () => {
  const secret = { ...called, operation: 'getSecret', statuses: {} }
  const ofService = { ...called, operation: 'getServiceConfig', statuses: {} }
  expect(coverageOf({ contracts, met: [called, secret, ofService], scripted: [] })).toMatchObject({ percent: 33.3, met: 1, cells: 3 })
  expect(coverageOf({ contracts, met: [called, { ...secret, statuses: { 404: 1 } }, ofService], scripted: [] }).percent).toBe(66.6)
  expect(coverageOf({ contracts, met: [], scripted: [] })).toEqual({ percent: 0, met: 0, cells: 0, operations: [] })
})

test('what a suite met outlives resets, the bound of its journal, and the scenario', async () => {
  await using suite = await startSuite({ services: ['config'], ports: 'none', lanes: 2, journalLimit: 1, clock: '2026-01-17T09:15:30Z' })
  const read = (name: string, lane: number) => suite.fetch('config', `/api/v1/config/${name}`, { headers: key, lane })
  const played = await suite.play({
    name: 'one-reset',
    story: 'The first read is reset.',
    rules: [{ when: { service: 'config', operation: 'getConfig' }, times: 1, inject: [{ fault: 'reset' }] }],
  })
  await expect(read('CACHE_TTL_SECONDS', 1)).rejects.toThrow()
  await read('NO_SUCH_SETTING', 1)
  await read('CACHE_TTL_SECONDS', 1)
  played.stop()
  suite.reset()

  const { met, cells, operations } = suite.coverage()
  expect({ met, cells }).toEqual({ met: 2, cells: 2 })
  expect(operations).toEqual([
    {
      service: 'config',
      operation: 'getConfig',
      calls: 3,
      cells: [
        { kind: 'status', failure: '404', state: 'met', times: 1 },
        { kind: 'fault', failure: 'reset', state: 'met', times: 1 },
      ],
    },
  ])
})

test('a port that was shut has been met by the service as a whole: what is refused reaches no operation', async () => {
  await using suite = await startSuite({ services: ['config'], ports: 'none', clock: '2026-01-17T09:15:30Z' })
  await suite.play({
    name: 'down-later',
    story: 'Everything goes down after a minute.',
    rules: [{ when: { any: true }, during: { after: '1m' }, inject: [{ fault: 'down' }] }],
  })
  const whole = () => suite.coverage().operations
  expect(whole()).toEqual([{ service: 'config', operation: null, calls: 0, cells: [{ kind: 'fault', failure: 'down', state: 'scripted', times: 0 }] }])
  suite.clock.advance('61s')
  expect(whole()).toMatchObject([{ operation: null, cells: [{ failure: 'down', state: 'met', times: 1 }] }])
})

test('requests that no operation takes are nobody’s failure', async () => {
  await using suite = await startSuite({ services: ['config'], ports: 'none', clock: '2026-01-17T09:15:30Z' })
  await suite.fetch('config', '/nothing/here')
  expect(suite.coverage('config').operations).toEqual([])
})
