import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { RecordedExchange } from '../../contracts/kit/recording/exchange.ts'
import { recordedIn } from '../../contracts/kit/recording/recorded-in.ts'
import { readAll } from './recording.ts'

const file = (tool: string) => `test/contracts/fixtures/har/${tool}.har`

/** All that the recording of a tool tells, in words where there were bytes. */
async function told(tool: string) {
  const exchanges: object[] = []
  const reading = recordedIn(file(tool))
  for (;;) {
    const { done, value } = await reading.next()
    if (done === true) return { ...value, exchanges }
    exchanges.push(shown(value))
  }
}

const shown = ({ request, reply, messages, ...rest }: RecordedExchange) => ({
  ...rest,
  request: { ...request, body: request.body.toString() },
  reply: reply && { ...reply, body: reply.body.toString('latin1') },
  ...(messages === undefined ? {} : { messages: messages.map(({ data, ...message }) => ({ ...message, data: data.toString('latin1') })) }),
})

const at = Date.parse('2026-01-17T09:15:30.123Z')

test('Chrome: pseudo headers go, joined headers part, caches are passed over, messages and failures are kept', async () => {
  expect(await told('chrome')).toEqual({
    broken: false,
    skipped: [{ reason: 'its answer came out of a cache', times: 1, entry: 1 }],
    exchanges: [
      {
        entry: 0,
        at,
        milliseconds: 20.5,
        request: { method: 'POST', url: 'https://alert.example.test/api/v1/alerts', headers: ['content-type', 'application/json'], body: '{"symbol":1}' },
        reply: { status: 201, headers: ['content-encoding', 'br', 'set-cookie', 'a=1; Path=/', 'set-cookie', 'b=2'], body: '{"ok":true}' },
      },
      {
        entry: 2,
        at: Date.parse('2026-01-17T09:15:31Z'),
        milliseconds: 1000,
        request: { method: 'GET', url: 'wss://comms.example.test/ws', headers: [], body: '' },
        reply: { status: 101, headers: [], body: '' },
        messages: [
          { at: 1768641331250, from: 'client', kind: 'text', data: 'ping' },
          { at: 1768641331500, from: 'service', kind: 'binary', data: '\u00ff\u0000' },
        ],
      },
      {
        entry: 3,
        at: Date.parse('2026-01-17T09:15:32Z'),
        milliseconds: 3,
        request: { method: 'GET', url: 'https://gone.example.test/', headers: [], body: '' },
        reply: undefined,
        failure: 'net::ERR_CONNECTION_REFUSED',
      },
    ],
  })
})

test('Firefox: a body that it left out is not an empty one; a form is put together again; zones are minded', async () => {
  expect((await told('firefox')).exchanges).toEqual([
    {
      entry: 0,
      at,
      milliseconds: 12,
      request: {
        method: 'POST',
        url: 'https://user.example.test/login',
        headers: ['Content-Type', 'application/x-www-form-urlencoded'],
        body: 'name=a+b%26c&n=1',
      },
      reply: { status: 200, headers: ['content-type', 'application/json'], body: '', cut: true },
    },
  ])
})

test('mitmproxy: bytes are bytes, and status 0 is no reply', async () => {
  expect((await told('mitmproxy')).exchanges).toMatchObject([
    { at, reply: { status: 200, body: '\u00ff\u0000' } },
    { reply: undefined, failure: 'Connection refused' },
  ])
})

test('Playwright: a body beside the recording is read, one elsewhere is not', async () => {
  expect(await told('playwright')).toMatchObject({
    exchanges: [
      { milliseconds: 0, reply: { status: 200, body: '{"user_id":"u-1"}' } },
      { entry: 2, reply: undefined, failure: 'net::ERR_ABORTED' },
    ],
    skipped: [{ reason: 'its body is in a file that is not beside it', times: 1, entry: 1 }],
  })
})

test('Charles: a form with files cannot be put together again, and is marked', async () => {
  expect((await told('charles')).exchanges).toMatchObject([{ request: { body: '', cut: true }, reply: { status: 204, body: '' } }])
})

test('Insomnia: what it leaves empty is empty', async () => {
  expect((await told('insomnia')).exchanges).toMatchObject([
    { request: { method: 'DELETE', body: '', headers: ['User-Agent', 'insomnia/10.0.0'] }, reply: { status: 404, body: '{"detail":"Not Found"}' } },
  ])
})

test('without a folder, bodies in files of their own are passed over', async () => {
  expect((await readAll([readFileSync(file('playwright'))])).skipped).toMatchObject([{ times: 2, entry: 0 }])
})
