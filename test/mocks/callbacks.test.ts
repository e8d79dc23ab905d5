import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { config } from '../../contracts/config.ts'
import { createCallbacks } from '../../mocks/kit/callbacks.ts'
import { Fence } from '../../mocks/kit/fence.ts'
import { Journal } from '../../mocks/kit/journal.ts'
import { Clock } from '../../scenarios/kit/clock.ts'
import type { Director } from '../../scenarios/kit/director.ts'
import { injected } from './injected.ts'

/** A client whose answers are given out by hand: each call waits for the next one. */
const client = vi.fn<() => Promise<Response>>()
beforeEach(() => void vi.stubGlobal('fetch', client.mockReset()))
afterEach(() => void vi.unstubAllGlobals())

const complain = vi.fn<(message: string) => void>()
afterEach(() => expect(complain.mock.calls.splice(0)).toEqual([]))

function open(select: Director['select'] = () => []) {
  const clock = new Clock('2026-01-17T09:15:30Z')
  const journal = new Journal(0, 100)
  const fence = new Fence()
  return { clock, journal, fence, callback: createCallbacks({ contract: config, clock, journal, fence, director: { select }, complain }) }
}
const delivery = { url: 'http://client.test/hook', body: { event: 'sent' }, headers: { 'x-secret': 'open sesame' } }
const settled = () => new Promise(setImmediate)

test('a client is called back on the clock, and the call stands in the journal', async () => {
  client.mockResolvedValue(new Response('thanks', { status: 202 }))
  const { clock, journal, callback } = open()
  callback({ ...delivery, after: '5s' })
  clock.advance('4s')
  expect(client).not.toHaveBeenCalled()
  clock.advance('1s')
  await settled()
  expect(client).toHaveBeenCalledExactlyOnceWith(delivery.url, expect.objectContaining({ method: 'POST', body: '{"event":"sent"}' }))
  expect(journal.entries()).toMatchObject([
    { direction: 'out', service: 'config', status: 202, request: { target: delivery.url, headers: expect.arrayContaining([['x-secret', 'open sesame']]) } },
  ])
  expect(clock.pending).toBe(0)
})

test('a client that refuses or is not there is called three times, one and two seconds apart', async () => {
  client.mockResolvedValueOnce(new Response('', { status: 503 })).mockRejectedValue(new TypeError('fetch failed'))
  const { clock, journal, callback } = open()
  callback(delivery)
  for (const pause of ['0s', '1s', '2s', '1h']) {
    clock.advance(pause)
    await settled()
  }
  expect(journal.entries().map(({ at, outcome }) => [at.slice(17, 19), outcome])).toEqual([
    ['30', 'reply'],
    ['31', 'close'],
    ['33', 'close'],
  ])
})

test('a call that a reset overtakes is fenced off, and not made again', async () => {
  client.mockRejectedValue(new TypeError('fetch failed'))
  const { clock, journal, fence, callback } = open()
  callback(delivery)
  clock.advance('0s')
  expect(fence.reset()).toBe(1)
  await settled()
  expect([journal.total, clock.pending]).toEqual([0, 0])
})

test('once the suite has stopped nobody is called again', async () => {
  client.mockRejectedValue(new TypeError('fetch failed'))
  const { clock, callback } = open()
  callback(delivery)
  clock.advance('0s')
  clock.stop()
  await settled()
  expect(clock.pending).toBe(0)
})

test.each([
  [
    'a rule that cannot be chosen',
    () => {
      throw new Error('no choice')
    },
  ],
  [
    'a fault that breaks',
    () =>
      injected(async () => {
        throw new Error('no fault')
      }),
  ],
])('%s is our own failure: told to a person and to the journal, and the call is not made', async (_, select) => {
  const { clock, journal, fence, callback } = open(select)
  callback(delivery)
  clock.advance('0s')
  await settled()
  expect(complain.mock.calls.splice(0)).toEqual([[expect.stringMatching(/^a callback of config failed: Error: no (choice|fault)\n/)]])
  expect(journal.entries()).toMatchObject([{ outcome: 'lost', failure: expect.stringContaining('Error: no ') }])
  expect([client.mock.calls.length, clock.pending, fence.reset()]).toEqual([0, 0, 0])
})
