import { BrokenCircuitError } from 'cockatiel'
import { expect, test } from 'vitest'
import { asks } from './asks.ts'
import { clientOf } from './client.ts'
import { type Live, live } from './live.ts'

// Nothing unmarked may pass (C1 §6.2). Today's client asks the marketplace for marks; the plan has a service of its own for them.

const signal = asks.watermark.body.signal_data

/** Delivers what was marked as this user's copy of this very signal, and withholds everything else. */
function publisher(world: Live, service: 'watermark' | 'marketplace') {
  const client = clientOf(world, 'watermark', service)
  const delivered: unknown[] = []
  const withheld: unknown[] = []
  return {
    delivered,
    withheld,
    async publish() {
      try {
        delivered.push(proven(await client.ask()))
      } catch (error) {
        withheld.push(error)
      }
    },
  }
}

function proven(reply: unknown): object {
  const { watermarked_payload: payload } = reply as { watermarked_payload?: Record<string, unknown> }
  const marked = typeof payload?._watermark === 'string' && payload._user_id === 'user_123' && typeof payload._timestamp === 'string'
  if (!marked) throw new Error('there is no mark')
  if (payload.signal_id !== signal.signal_id) throw new Error('the mark is of another signal')
  return payload
}

const both = ['watermark', 'marketplace'] as const

test.each(
  both.flatMap((service) =>
    [
      ['watermark-fails', { status: 500 }],
      ['watermark-malformed', { code: 'HPE_INVALID_CHUNK_SIZE' }],
      ['watermark-not-json', { name: 'SyntaxError' }],
      ['watermark-changes-signal', { message: 'the mark is of another signal' }],
      ['watermark-times-out', { name: 'Error', isTaskCancelledError: true }],
      ['watermark-unmarked', { message: 'there is no mark' }],
    ].map(([scenario, why]) => [scenario as string, service, why as object] as const),
  ),
)('%s, asked of %s: the signal is withheld, and delivered when all is well', async (scenario, service, why) => {
  await using world = await live(scenario, both)
  const { publish, delivered, withheld } = publisher(world, service)
  await world.until(publish())
  expect(delivered).toEqual([])
  expect(withheld).toMatchObject([why])
  world.suite.lane(0).director.stop(scenario)
  await publish()
  expect(delivered).toMatchObject([{ ...signal, _user_id: 'user_123' }])
})

test.each(both)('watermark-forbids, asked of %s: three refusals open the breaker, and nothing passes while it is open', async (service) => {
  await using world = await live('watermark-forbids', both)
  const { publish, delivered, withheld } = publisher(world, service)
  for (let refusal = 1; refusal <= 3; refusal += 1) await publish()
  expect(withheld).toMatchObject([{ status: 403 }, { status: 403 }, { status: 403 }])
  await publish()
  expect(withheld.at(-1)).toBeInstanceOf(BrokenCircuitError)
  expect(delivered).toEqual([])
  await world.pass(60_000)
  await publish()
  expect(delivered).toHaveLength(1)
})

test('watermark-lying: a 200 without the marked payload is not delivered in its original form', async () => {
  await using world = await live('watermark-lying', ['watermark'])
  const { publish, delivered, withheld } = publisher(world, 'watermark')
  await publish()
  expect(withheld).toMatchObject([{ message: 'there is no mark' }])
  expect(delivered).toEqual([])
})

test('the other way to mark fails as secure: no answer of 200 holds a mark where the scenario took it', async () => {
  await using world = await live('watermark-unmarked', both)
  const { headers } = asks.watermark
  const body = { signal_id: 1768641330, subscription_id: 42, payload: { value: 1.2, metadata: {} }, algorithm: 'hmac_sha256' }
  const marked = await clientOf(world, 'marketplace').ask({ path: '/api/v1/webhooks/drm/watermark', method: 'POST', headers, body })
  expect(marked).toMatchObject({ watermarked_payload: { value: 1.2 } })
  expect(marked).not.toHaveProperty('watermarked_payload.metadata')
})
