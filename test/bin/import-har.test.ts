import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { RecordedExchange } from '../../contracts/kit/recording/exchange.ts'
import { harText } from '../../contracts/kit/recording/write-har.ts'
import { evaluated } from '../contracts/evaluated.ts'
import { head } from '../contracts/recording.ts'
import { folder } from './folder.ts'
import { mockSuite } from './recorder.ts'

test('a recording becomes a contract', async () => {
  const { out, code } = await mockSuite(['import', 'har', saved(get('https://api.orders.example/orders/1', { id: 1 }))])
  expect(code).toBe(0)
  const { service, host, operations } = evaluated(out)
  expect({ service, host, operations: Object.keys(operations) }).toEqual({ service: 'orders', host: 'api.orders.example', operations: ['getOrder'] })
})

test('of several origins the one with most JSON is read, and the others are told', async () => {
  const recording = saved(
    get('https://tracker.example/hit', { ok: true }),
    get('https://api.example/orders/1', { id: 1 }),
    get('https://api.example/orders/2', { id: 2 }),
    get('https://api.example/app.js', {}),
  )
  const { out, err } = await mockSuite(['import', 'har', recording, '--service', 'orders'])
  expect(Object.values(evaluated(out).operations).map(({ path }) => path)).toEqual(['/orders/:order_id'])
  expect(err).toContain('read what api.example answered; left out tracker.example (1 in JSON)')

  const other = await mockSuite(['import', 'har', recording, '--host', 'tracker.example'])
  expect(Object.values(evaluated(other.out).operations).map(({ path }) => path)).toEqual(['/hit'])
  expect(await mockSuite(['import', 'har', recording, '--host', 'trackr.example'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('Did you mean "tracker.example"?'),
  })
})

test('of a recording of several services the one that is named is read, with the names that its contract has', async () => {
  const alert = { ...get('https://staging.example/alerts/6f1c1e0e-6d5c-4b0e-9a3c-2f1d0c9b8a77', { alert_id: 'a' }), service: 'alert', operation: 'getAlert' }
  const user = { ...get('https://staging.example/users/1', { user_id: 1 }), service: 'user' }
  const { out } = await mockSuite(['import', 'har', saved(user, user, alert), '--service', 'alert'])
  expect(evaluated(out)).toMatchObject({ service: 'alert', port: 8085, operations: { getAlert: { path: '/alerts/:alert_id' } } })
})

test('a service that the recording names is read wherever it was recorded, unless an address is asked for', async () => {
  const at = (host: string, path: string) => ({ ...get(`http://${host}${path}`, { id: 1 }), service: 'orders' })
  const recording = saved(at('127.0.0.1:40001', '/orders'), at('127.0.0.1:40002', '/prices'))
  const { out, err } = await mockSuite(['import', 'har', recording])
  expect(Object.values(evaluated(out).operations).map(({ path }) => path)).toEqual(['/orders', '/prices'])
  expect(err).not.toContain('left out')

  const one = await mockSuite(['import', 'har', recording, '--host', '127.0.0.1:40002'])
  expect(Object.values(evaluated(one.out).operations).map(({ path }) => path)).toEqual(['/prices'])
  expect(one.err).toContain('read what 127.0.0.1:40002 answered; left out orders at 127.0.0.1:40001 (1 in JSON)')
})

test('a folder of recordings is one draft, written to a file', async () => {
  const recordings = folder()
  for (const id of [1, 2]) writeFileSync(join(recordings, `${id}.har`), harText(head, [get(`https://orders.example/orders/${id}`, { id })]))
  const out = join(folder(), 'orders.ts')
  expect(await mockSuite(['import', 'har', recordings, '--service', 'orders', '--port', '8123', '--out', out])).toMatchObject({ code: 0, out: '' })
  const { port, operations } = evaluated(readFileSync(out, 'utf8'))
  expect(port).toBe(8123)
  expect(operations.getOrder?.details().source).toBe('recording 1.har, 2.har, 2 exchanges, 2026-01-17')
})

test('a recording that is cut off is read as far as it goes', async () => {
  const recording = saved(get('https://orders.example/orders/1', {}), get('https://orders.example/health', {}))
  writeFileSync(recording, readFileSync(recording, 'utf8').slice(0, -60))
  const { out, err } = await mockSuite(['import', 'har', recording])
  expect(Object.keys(evaluated(out).operations)).toEqual(['getOrder'])
  expect(err).toContain('ends before it should')
})

test.each([
  ['no exchanges', [], 'the recording is empty'],
  ['nothing of a contract', [get('https://orders.example/app.js', {})], 'could not find an operation'],
])('a recording with %s is refused', async (_, exchanges, why) => {
  expect(await mockSuite(['import', 'har', saved(...exchanges)])).toMatchObject({ code: 2, err: expect.stringContaining(why) })
})

function saved(...exchanges: RecordedExchange[]): string {
  const file = join(folder(), 'recorded.har')
  writeFileSync(file, harText(head, exchanges))
  return file
}

function get(url: string, body: object): RecordedExchange {
  return {
    at: Date.parse('2026-01-17T09:15:30Z'),
    milliseconds: 1,
    request: { method: 'GET', url, headers: [], body: Buffer.alloc(0) },
    reply: { status: 200, headers: ['content-type', 'application/json'], body: Buffer.from(JSON.stringify(body)) },
  }
}
