import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import type { WireRequest } from '../../contracts/kit/message.ts'
import { startSuite } from '../../mocks/index.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** What is alive, in megabytes. */
function alive(): number {
  collect()
  return process.memoryUsage().heapUsed / 1024 / 1024
}

const MILLION = 1_000_000
/** So many fill the journal several times over. */
const WARM = 50_000
/** What a journal may hold by its bound in bytes, and as much again for the objects around it. */
const BOUND = 64

const NO_BODY = Buffer.alloc(0)
const reading: WireRequest = { method: 'GET', target: '/health', rawHeaders: ['Host', '127.0.0.1'], body: NO_BODY, tooLarge: false, gone: false }
const straying: WireRequest = { ...reading, target: '/nowhere' }
const PAGE = Buffer.from(JSON.stringify({ metric: 'signals_total', value: 1, type: 'counter', labels: { symbol: 'NIFTY' } }))
const pushing: WireRequest = { ...reading, method: 'POST', target: '/metrics/push', rawHeaders: ['Content-Type', 'application/json'], body: PAGE }

test('a million requests leave memory within its bound, and the journal says how many it dropped', { timeout: 180_000 }, async () => {
  await using suite = await startSuite({ services: ['metrics'], ports: 'none' })
  const service = suite.lane(0).service('metrics')
  const ask = async (count: number) => {
    for (let asked = 0; asked < count; asked += 3) {
      for (const request of [reading, pushing, straying]) await service.handle(request)
      // As sockets do, give other work its turn.
      if (asked % 3000 === 0) await new Promise(setImmediate)
    }
  }
  await ask(WARM)
  const before = alive()
  await ask(MILLION - suite.journal.total)
  const grown = alive() - before

  expect(suite.journal.total).toBeGreaterThanOrEqual(MILLION)
  expect(suite.journal.entries()).toHaveLength(10_000)
  expect(suite.journal.dropped).toBe(suite.journal.total - 10_000)
  expect(grown).toBeLessThan(BOUND)
})
