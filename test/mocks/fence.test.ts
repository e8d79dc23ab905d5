import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { type ServiceName, startSuite } from '../../mocks/index.ts'
import { Fence } from '../../mocks/kit/fence.ts'
import type { ScenarioInput } from '../../scenarios/kit/scenario.ts'
import { script } from '../scenarios/script.ts'

/** A suite in which these rules play, with a clock that stands still. */
async function start(rules: ScenarioInput['rules'], { ports = 'none', lanes = 1 }: { ports?: 'none' | 'auto'; lanes?: number } = {}) {
  const services: ServiceName[] = ['config', 'comms', 'user']
  const suite = await startSuite({ services, ports, lanes, clock: '2026-01-17T09:15:30Z' })
  for (const { director } of suite.lanes) director.play(script({ rules: rules ?? [] }))
  return suite
}

const headers = { 'x-internal-api-key': 'mock-internal-key-7c3e5a9d1f60', 'content-type': 'application/json' }
const secret = (n: number): RequestInit => ({ method: 'POST', headers, body: JSON.stringify({ secret_key: `NEW_${n}`, secret_value: 'x' }) })
const settled = () => new Promise(setImmediate)
const codes = async (asked: readonly Promise<Response>[]) =>
  new Set(
    (await Promise.allSettled(asked)).map((one) => (one.status === 'rejected' ? (one.reason as { cause: { code: string } }).cause.code : one.value.status)),
  )

test('a fence counts what is under way, cuts it once, and knows nothing of it any more', () => {
  const fence = new Fence()
  const cut: string[] = []
  const [first, second, third] = ['first', 'second', 'third'].map((name) => fence.enter(() => cut.push(name)))
  second?.leave()
  second?.leave()
  expect([fence.generation, first?.late]).toEqual([0, false])
  expect(fence.reset()).toBe(2)
  expect(cut).toEqual(['first', 'third'])
  expect([fence.generation, first?.late, third?.late]).toEqual([1, true, true])
  first?.leave()
  expect([fence.reset(), cut.length]).toEqual([0, 2])
})

test('what begins while a reset cuts belongs to the next generation', () => {
  const fence = new Fence()
  let next: { readonly late: boolean } | undefined
  fence.enter(() => {
    next = fence.enter()
  })
  expect([fence.reset(), next?.late]).toEqual([1, false])
  expect([fence.reset(), next?.late]).toEqual([1, true])
})

test.each(['before', 'after'] as const)('200 requests that wait %s their work end at a reset: it counts them, and nothing of them is left', async (at) => {
  await using suite = await start([{ when: { operation: 'createSecret' }, inject: [{ fault: 'latency', ms: 60_000, at }] }])
  const asked = Array.from({ length: 200 }, (_, n) => suite.fetch('config', '/api/v1/secrets', secret(n)))
  const ended = codes(asked)
  await settled()
  const secrets = suite.lane(0).store.table('config.secrets')
  expect(secrets.size).toBe(at === 'after' ? 200 : 0)
  expect(suite.reset()).toEqual({ fenced: 200 })
  expect(await ended).toEqual(new Set(['ECONNRESET']))
  suite.clock.advance('1h')
  await settled()
  expect([secrets.size, suite.journal.total]).toEqual([0, 0])
})

test('what was answered in time is not counted, and the next generation is answered', async () => {
  await using suite = await start([{ when: { operation: 'createSecret' }, inject: [{ fault: 'latency', ms: 1000 }] }])
  const asked = Array.from({ length: 20 }, (_, n) => suite.fetch('config', '/api/v1/secrets', secret(n)))
  await settled()
  suite.clock.advance('1s')
  expect(await codes(asked)).toEqual(new Set([201]))
  expect(suite.reset()).toEqual({ fenced: 0 })
  const next = suite.fetch('config', '/api/v1/secrets', secret(1))
  await settled()
  suite.clock.advance('1s')
  expect([(await next).status, suite.journal.total]).toEqual([201, 1])
})

test('timers are dropped and counted, and never run', async () => {
  await using suite = await start([])
  for (let seconds = 1; seconds <= 5; seconds += 1) suite.clock.after(`${seconds}s`, () => expect.unreachable())
  expect(suite.reset()).toEqual({ fenced: 5 })
  expect(suite.clock.advance('1m')).toBe(0)
})

test('webhooks on their way are dropped: those that wait on the clock, and those that a fault holds back', async () => {
  await using receiver = await listen()
  await using suite = await start([{ when: { callback: true, service: 'comms' }, inject: [{ fault: 'latency', ms: 5000, at: 'before' }] }])
  const settings = suite.lane(0).store.table('world.settings')
  settings.update('SERVICE_PORT', { value: String(receiver.port) })
  const arrive = () => suite.fetch('comms', '/api/v1/email/inbound', { method: 'POST', headers, body: EMAIL })
  expect((await arrive()).status).toBe(202)
  suite.clock.advance('1s')
  expect((await arrive()).status).toBe(202)
  expect(suite.reset()).toEqual({ fenced: 2 })
  suite.clock.advance('1h')
  await settled()
  expect([receiver.heard, suite.journal.total]).toEqual([0, 0])
})

test('a body that is still being delivered breaks off, and a connection that hangs ends', async () => {
  await using suite = await start(
    [
      { when: { service: 'config' }, inject: [{ fault: 'bandwidth', rate: 0.001 }] },
      { when: { service: 'user' }, inject: [{ fault: 'timeout' }] },
    ],
    { ports: 'auto' },
  )
  const reply = await fetch(`${suite.url('config')}/health`)
  const hanging = fetch(`${suite.url('user')}/health`)
  const [body, nothing] = [expect(reply.text()).rejects.toThrow('terminated'), expect(hanging).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } })]
  await expect.poll(() => suite.journal.total).toBe(2)
  expect(suite.reset()).toEqual({ fenced: 2 })
  await Promise.all([body, nothing])
})

test('without a socket it is the same: a request that hangs ends, and a body that nobody reads any more is not under way', async () => {
  await using suite = await start([
    { when: { service: 'config' }, inject: [{ fault: 'timeout' }] },
    { when: { service: 'user' }, inject: [{ fault: 'bandwidth', rate: 0.001 }] },
  ])
  const hanging = codes([suite.fetch('config', '/health')])
  const [kept, left] = [await suite.fetch('user', '/health'), await suite.fetch('user', '/health')]
  await left.body?.cancel()
  suite.clock.advance('1s')
  const broken = expect(kept.text()).rejects.toThrow('read ECONNRESET')
  expect(suite.reset()).toEqual({ fenced: 2 })
  expect(await hanging).toEqual(new Set(['ECONNRESET']))
  await broken
})

test('the reset of one lane ends nothing of another', async () => {
  await using suite = await start([{ when: { service: 'config' }, inject: [{ fault: 'latency', ms: 1000 }] }], { lanes: 2 })
  const [here, there] = [suite.fetch('config', '/health', { lane: 0 }), suite.fetch('config', '/health', { lane: 1 })]
  const cut = expect(here).rejects.toThrow('fetch failed')
  await settled()
  expect(suite.lane(0).reset()).toMatchObject({ lane: 0, generation: 1, fenced: 1 })
  suite.lane(1).clock.advance('1s')
  expect((await there).status).toBe(200)
  await cut
})

test('all that was under way counts once, whatever it was', async () => {
  await using suite = await start([
    {
      when: { service: 'config' },
      inject: [
        { fault: 'latency', ms: 10 },
        { fault: 'latency', ms: 20 },
      ],
    },
  ])
  const asked = Array.from({ length: 7 }, () => suite.fetch('config', '/health'))
  const ended = codes(asked)
  await settled()
  suite.clock.after('1h', () => expect.unreachable())
  expect([suite.reset(), suite.reset()]).toEqual([{ fenced: 8 }, { fenced: 0 }])
  expect(await ended).toEqual(new Set(['ECONNRESET']))
})

const EMAIL = JSON.stringify({ from_email: 'user_123@example.com', subject: 'help', body_plain: 'please' })

/** A client that counts the calls it gets. */
async function listen() {
  let heard = 0
  const server = createServer((_, reply) => {
    heard += 1
    reply.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    get heard() {
      return heard
    },
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}
