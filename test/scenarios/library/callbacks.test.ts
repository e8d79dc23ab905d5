import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, test, vi } from 'vitest'
import { type ServiceName, startSuite } from '../../../mocks/index.ts'
import { asks } from './asks.ts'

/** A receiver of callbacks; it takes whatever comes. */
async function receiver() {
  const received: Record<string, unknown>[] = []
  const server = createServer(async (request: IncomingMessage, response) => {
    received.push(JSON.parse(await text(request)) as Record<string, unknown>)
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { received, port, [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve()).closeAllConnections()) }
}

async function playing(scenario: string, service: ServiceName) {
  const suite = await startSuite({ services: [service], ports: 'none', clock: '2026-01-17T09:15:30Z' })
  await suite.play(scenario)
  const callbacks = () => suite.journal.entries().filter(({ direction }) => direction === 'out')
  return { suite, callbacks, [Symbol.asyncDispose]: () => suite.stop() }
}

/** Alerts for a user whose webhook is the receiver's. */
async function alerts({ suite }: Awaited<ReturnType<typeof playing>>, port: number, count: number) {
  const headers = { ...asks.alert.headers, 'content-type': 'application/json' }
  const ask = (path: string, method: string, body: unknown) => suite.fetch('alert', path, { method, headers, body: JSON.stringify(body) })
  await ask('/api/v1/notifications/preferences', 'PUT', { user_id: 'user_7', webhook_url: `http://127.0.0.1:${port}/hook`, max_frequency: 100 })
  for (let alert = 0; alert < count; alert += 1) await ask(asks.alert.path, 'POST', { ...asks.alert.body, user_id: 'user_7', channels: ['webhook'] })
  suite.clock.advance('10s')
}

test('alert-webhook-lost: some never come, and the journal knows which', async () => {
  await using hook = await receiver()
  await using play = await playing('alert-webhook-lost', 'alert')
  await alerts(play, hook.port, 20)
  await vi.waitFor(() => expect(play.callbacks()).toHaveLength(20))
  const lost = play.callbacks().filter(({ faults }) => faults.length > 0).length
  expect(lost).toBeGreaterThan(0)
  expect(lost).toBeLessThan(20)
  expect(hook.received).toHaveLength(20 - lost)
})

test('alert-webhook-duplicate: a receiver that knows an alert by its id acts once', async () => {
  await using hook = await receiver()
  await using play = await playing('alert-webhook-duplicate', 'alert')
  await alerts(play, hook.port, 3)
  await vi.waitFor(() => expect(hook.received).toHaveLength(6))
  const acted = new Set(hook.received.map(({ alert_id }) => alert_id))
  expect(acted.size).toBe(3)
})

/** Lets e-mails arrive for a signal service that listens where the receiver does, a second apart. */
async function mails({ suite }: Awaited<ReturnType<typeof playing>>, port: number, subjects: readonly string[]) {
  const settings = suite.lane(0).store.table('world.settings')
  settings.put({ ...settings.get('SERVICE_HOST'), key: 'SERVICE_HOST', value: '127.0.0.1' })
  settings.put({ ...settings.get('SERVICE_PORT'), key: 'SERVICE_PORT', value: String(port) })
  for (const subject of subjects) {
    const body = JSON.stringify({ from_email: 'user@example.test', to_email: 'signals@example.test', subject, body_plain: 'all of them' })
    const headers = { ...asks.comms.headers, 'content-type': 'application/json' }
    const reply = await suite.fetch('comms', '/api/v1/email/inbound', { method: 'POST', headers, body })
    expect(reply.status).toBe(202)
    suite.clock.advance('1s')
  }
}

test('comms-mail-twice: a receiver that knows a message by its id carries its command out once', async () => {
  await using hook = await receiver()
  await using play = await playing('comms-mail-twice', 'comms')
  await mails(play, hook.port, ['stop'])
  await vi.waitFor(() => expect(hook.received).toHaveLength(2))
  const ids = new Set(hook.received.map(({ headers }) => (headers as Record<string, string>)['Message-Id']))
  expect(ids.size).toBe(1)
})

test('comms-mail-out-of-order: the last to arrive is not the last that was written', async () => {
  await using hook = await receiver()
  await using play = await playing('comms-mail-out-of-order', 'comms')
  await mails(play, hook.port, ['start', 'stop'])
  await vi.waitFor(() => expect(hook.received).toHaveLength(2))
  expect(hook.received.map(({ subject }) => subject)).toEqual(['stop', 'start'])
  const written = hook.received.toSorted((one, other) => Date.parse(one.timestamp as string) - Date.parse(other.timestamp as string))
  expect(written.at(-1)).toMatchObject({ subject: 'stop' })
})
