import { expect, test, vi } from 'vitest'
import { startSuite } from '../../mocks/index.ts'
import type { Middleware } from '../../scenarios/kit/exchange.ts'
import type { Injection } from '../../scenarios/kit/injection.ts'
import type { Outcome } from '../../scenarios/kit/outcome.ts'
import { script } from '../scenarios/script.ts'
import { injected } from './injected.ts'

/** A suite in which every exchange is given the same layers. */
const start = (...layers: Middleware[]) => startWith(() => injected(...layers))

async function startWith(select: () => readonly Injection[], complain: (message: string) => void = (message) => expect.unreachable(message)) {
  const suite = await startSuite({ services: ['config'], ports: 'none', clock: '2026-01-17T09:15:30Z', complain })
  vi.spyOn(suite.lane(0).director, 'select').mockImplementation(select)
  return suite
}

test('layers stand around the answer, the first outermost', async () => {
  const order: string[] = []
  const layer =
    (name: string): Middleware =>
    async (_, next) => {
      order.push(`${name} before`)
      const outcome = await next()
      order.push(`${name} after`)
      return outcome
    }
  await using suite = await start(layer('outer'), layer('inner'))
  expect((await suite.fetch('config', '/health')).status).toBe(200)
  expect(order).toEqual(['outer before', 'inner before', 'inner after', 'outer after'])
})

test('a layer may change the outcome, and the journal tells what the client got', async () => {
  const unavailable: Outcome = { kind: 'reply', reply: { status: 503, headers: [], body: '' } }
  await using suite = await start(async () => unavailable)
  expect((await suite.fetch('config', '/health')).status).toBe(503)
  expect(suite.journal.entries()).toMatchObject([{ operation: 'health', outcome: 'reply', status: 503 }])
})

test.each([
  ['reset', 'ECONNRESET'],
  ['close', 'UND_ERR_SOCKET'],
] as const)('an outcome of %s reaches a client without a socket as the error that undici would raise', async (kind, code) => {
  await using suite = await start(async () => ({ kind }))
  await expect(suite.fetch('config', '/health')).rejects.toMatchObject({ message: 'fetch failed', cause: { code } })
  expect(suite.journal.entries()).toMatchObject([{ outcome: kind, status: null, reply: null }])
})

test('work may be done and its answer lost', async () => {
  const lost: Middleware = async (_, next) => {
    await next()
    return { kind: 'reset' }
  }
  const headers = { 'x-internal-api-key': 'mock-internal-key-7c3e5a9d1f60', 'content-type': 'application/json' }
  await using suite = await start(lost)
  const body = JSON.stringify({ secret_key: 'NEW', secret_value: 'x' })
  await expect(suite.fetch('config', '/api/v1/secrets', { method: 'POST', headers, body })).rejects.toThrow('fetch failed')
  expect(suite.lane(0).store.table('config.secrets').size).toBe(1)
})

test('a layer that throws is a failure of ours, marked and journalled', async () => {
  const complaints: string[] = []
  await using suite = await startWith(
    () => injected(() => Promise.reject(new Error('a broken layer'))),
    (message) => complaints.push(message),
  )
  const reply = await suite.fetch('config', '/health')
  expect([reply.status, reply.headers.get('x-mock-suite-error')]).toEqual([500, 'handler'])
  expect(suite.journal.entries()[0]?.failure).toContain('a broken layer')
  expect(complaints).toMatchObject([expect.stringContaining('config.health failed: Error: a broken layer')])
})

const broken = () => {
  throw new Error('broken')
}

test.each([
  ['a layer that throws before it waits', () => injected(broken)],
  ['a director that throws', broken],
])('%s is a failure of ours too, and no request is lost over it', async (_, select) => {
  await using suite = await startWith(select, () => {})
  expect((await suite.fetch('config', '/health')).status).toBe(500)
  expect(suite.journal.entries()[0]?.failure).toContain('broken')
})

test.each([
  ['at once', broken],
  ['later', () => Promise.reject(new Error('broken'))],
])('who listens to our failures and throws ends no wait, when it fails %s', async (_, fail) => {
  await using suite = await startWith(
    () => injected(fail),
    () => {
      throw new Error('a broken listener')
    },
  )
  await expect(suite.fetch('config', '/health')).rejects.toThrow('a broken listener')
  expect(suite.journal.entries()[0]?.failure).toContain('broken')
})

test('who follows the journal and throws harms no exchange', async () => {
  const complaints: string[] = []
  await using suite = await startSuite({ services: ['config'], ports: 'none', complain: (message) => complaints.push(message) })
  suite.journal.follow(() => {
    throw new Error('a broken listener')
  })
  expect((await suite.fetch('config', '/health')).status).toBe(200)
  expect(complaints).toMatchObject([expect.stringContaining('a broken listener')])
})

test('layers are chosen in one turn of the event loop: of sixteen simultaneous requests exactly one is the first', async () => {
  await using suite = await startSuite({ services: ['config'], ports: 'none' })
  suite.lane(0).director.play(script({ rules: [{ when: { service: 'config' }, times: 1, inject: [{ fault: 'reset' }] }] }))
  const settled = await Promise.allSettled(Array.from({ length: 16 }, () => suite.fetch('config', '/health')))
  expect(settled.filter(({ status }) => status === 'rejected')).toHaveLength(1)
})
