import { expect, test } from 'vitest'
import { startSuite } from '../../mocks/index.ts'

const gateway = { 'x-gateway-secret': 'mock-gateway-secret-b84d2e6f90a1' }
const start = () => startSuite({ services: ['watermark'], ports: 'none', clock: '2026-01-17T09:15:30Z' })
type Suite = Awaited<ReturnType<typeof start>>

/** The payload that the signal service was recorded to send. */
const captured = {
  signal_id: 'sig_20260118_0001',
  strategy_id: 'strat_momentum_01',
  symbol: 'NIFTY',
  value: 21515.25,
  threshold: 21500.0,
  timestamp: '2026-01-18T09:30:00',
  user_id: 'user_123',
}
const stream = 'marketplace:prod_momentum_001:NSE@NIFTY@INDEX:momentum'

function post(suite: Suite, path: string, body: unknown, headers: Record<string, string> = gateway) {
  return suite.fetch('watermark', path, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

const mark = async (suite: Suite, payload: object, subscription_id: number | string = 4711) =>
  (await (await post(suite, '/api/v1/webhooks/drm/watermark', { signal_id: 1768728600, subscription_id, payload, algorithm: 'hmac_sha256' })).json()) as {
    watermarked_payload: { metadata: { _wm: string; _wm_ts: string } } & Record<string, unknown>
    watermark_hash: string
  }

const detect = async (suite: Suite, signal_payload: object, user_id = 123, channel_id = 'ch_1') =>
  (await post(suite, '/api/v1/webhooks/drm/detect-leak', { signal_payload, channel_id, user_id, signal_id: null }, { ...gateway, 'x-user-id': '0' })).json()

const streamed = (signal_data: object, user_id = 'user_123', stream_key = stream) => ({
  signal_data,
  user_id,
  stream_key,
  timestamp: '2026-01-17T09:15:30.123456',
  request_id: '0123456789abcdef',
})

const validate = async (suite: Suite, data: object, user_id: string | number) =>
  (await post(suite, '/api/v1/watermark/validate', { data, user_id })).json() as Promise<{ valid: boolean; watermark_meta: object | null }>

test('a payload comes back whole, with its mark and the time of it in the metadata', async () => {
  await using suite = await start()
  const { watermarked_payload, watermark_hash } = await mark(suite, captured)
  expect(watermark_hash).toMatch(/^[0-9a-f]{64}$/)
  expect(watermarked_payload).toEqual({ ...captured, metadata: { _wm: watermark_hash, _wm_ts: '2026-01-17T09:15:30Z' } })
})

test('metadata that was there stays beside the mark', async () => {
  await using suite = await start()
  const { watermarked_payload } = await mark(suite, { value: 1.2, metadata: { venue: 'NSE' } })
  expect(watermarked_payload.metadata).toMatchObject({ venue: 'NSE', _wm: expect.any(String) })
})

test('nineteen digits survive: in the mark, in the record and in whatever the payload holds', async () => {
  await using suite = await start()
  const issue = (signal_id: string) =>
    post(
      suite,
      '/api/v1/webhooks/drm/watermark',
      `{"signal_id": ${signal_id}, "subscription_id": "sub_4711", "payload": {"order": ${signal_id}}, "algorithm": "hmac_sha256"}`,
    )
  const [one, other] = [await (await issue('1768728600123456789')).text(), await (await issue('1768728600123456788')).text()]
  expect(one).toContain('"order":1768728600123456789')
  const hash = (text: string) => (JSON.parse(text) as { watermark_hash: string }).watermark_hash
  expect(hash(one)).not.toBe(hash(other))
  expect(suite.lane(0).store.table('world.watermarks').get(hash(one))).toMatchObject({ signal_id: '1768728600123456789', subscription_id: 'sub_4711' })
})

test('a mark is made of payload, owner and signal: the same again for the same, another for any other', async () => {
  await using suite = await start()
  const first = await mark(suite, captured)
  suite.clock.advance('1h')
  expect(await mark(suite, captured)).toEqual(first)
  expect((await mark(suite, captured, 42)).watermark_hash).not.toBe(first.watermark_hash)
  expect((await mark(suite, { ...captured, value: 21515.3 })).watermark_hash).not.toBe(first.watermark_hash)
})

test('a subscription is named by number or by id; only a known and active one can own a copy', async () => {
  await using suite = await start()
  const answer = async (subscription_id: number | string) => {
    const reply = await post(suite, '/api/v1/webhooks/drm/watermark', { signal_id: 1, subscription_id, payload: {} })
    return [reply.status, ((await reply.json()) as { detail?: string }).detail]
  }
  expect(await answer(4711)).toEqual([200, undefined])
  expect(await answer('4711')).toEqual([200, undefined])
  expect(await answer('sub_5')).toEqual([200, undefined])
  expect(await answer('sub_999')).toEqual([404, 'Subscription sub_999 not found'])
  expect(await answer(45)).toEqual([403, 'Subscription 45 is not active'])
})

test('the owner may show a copy; in the hands of another user it is a leak that names the owner', async () => {
  await using suite = await start()
  const { watermarked_payload, watermark_hash } = await mark(suite, captured)
  expect(await detect(suite, watermarked_payload, 123)).toEqual({
    leak_detected: false,
    reason: null,
    violation_id: null,
    original_channel: 'ch_1',
    original_user: 'user_123',
    watermark_hash,
  })
  expect(await detect(suite, watermarked_payload, 456)).toEqual({
    leak_detected: true,
    reason: 'watermark_mismatch',
    violation_id: expect.stringMatching(/^viol_/),
    original_channel: 'ch_1',
    original_user: 'user_123',
    watermark_hash,
  })
})

test('a copy belongs to the channel on which its owner first showed it', async () => {
  await using suite = await start()
  const { watermarked_payload } = await mark(suite, captured)
  await detect(suite, watermarked_payload, 123, 'ch_1')
  expect(await detect(suite, watermarked_payload, 123, 'ch_2')).toMatchObject({ leak_detected: true, reason: 'channel_mismatch', original_channel: 'ch_1' })
})

test('members in another order and numbers in another spelling are the same payload', async () => {
  await using suite = await start()
  const { watermarked_payload } = await mark(suite, { symbol: 'NIFTY', threshold: 21500, legs: { call: 1, put: 2 } })
  const { _wm, _wm_ts } = watermarked_payload.metadata
  const reworded = `{"metadata": {"_wm_ts": "${_wm_ts}", "_wm": "${_wm}"}, "legs": {"put": 2.0, "call": 1}, "threshold": 2.15e4, "symbol": "NIFTY"}`
  const reply = await post(
    suite,
    '/api/v1/webhooks/drm/detect-leak',
    `{"signal_payload": ${reworded}, "channel_id": "ch_1", "user_id": 123, "signal_id": null}`,
  )
  expect(await reply.json()).toMatchObject({ leak_detected: false, original_user: 'user_123' })
})

test('whoever alters the payload, strips the mark, forges one or swaps two of them is found out', async () => {
  await using suite = await start()
  const { watermarked_payload: mine } = await mark(suite, captured)
  const { watermarked_payload: other } = await mark(suite, { ...captured, value: 1 })
  const forged = { _wm: 'f'.repeat(64) }
  expect(await detect(suite, { ...mine, value: 99 })).toMatchObject({ reason: 'payload_modified', original_user: 'user_123' })
  expect(await detect(suite, { ...mine, metadata: other.metadata })).toMatchObject({ reason: 'payload_modified' })
  expect(await detect(suite, captured)).toMatchObject({ reason: 'watermark_missing', original_user: 'user_123' })
  expect(await detect(suite, { ...captured, metadata: forged })).toMatchObject({ reason: 'watermark_mismatch', original_user: 'user_123' })
  expect(await detect(suite, { value: 7, metadata: forged })).toMatchObject({ leak_detected: true, reason: 'watermark_unknown', original_user: null })
  expect(await detect(suite, { value: 7 })).toMatchObject({ leak_detected: false, reason: null, watermark_hash: null })
})

test('every leak is kept, with where it was seen', async () => {
  await using suite = await start()
  const { watermarked_payload, watermark_hash } = await mark(suite, captured)
  const { violation_id } = (await detect(suite, watermarked_payload, 456, 'ch_9')) as { violation_id: string }
  expect(suite.lane(0).store.table('world.violations').all()).toEqual([
    {
      violation_id,
      reason: 'watermark_mismatch',
      user_number: '456',
      channel_id: 'ch_9',
      watermark_hash,
      original_user: 'user_123',
      detected_at: '2026-01-17T09:15:30Z',
    },
  ])
})

test('a streamed signal carries its mark beside its own members, under the signal_id that was sent', async () => {
  await using suite = await start()
  const reply = await post(suite, '/api/v1/signals/watermark', streamed({ signal_id: 'sig_1', value: 1.2 }))
  expect(await reply.json()).toEqual({
    watermarked_payload: {
      signal_id: 'sig_1',
      value: 1.2,
      _watermark: expect.stringMatching(/^wm_[0-9a-f]{64}$/),
      _user_id: 'user_123',
      _timestamp: '2026-01-17T09:15:30Z',
    },
  })
})

test('a signal_id of nineteen digits goes back as it came', async () => {
  await using suite = await start()
  const body = JSON.stringify(streamed({ signal_id: 'here' })).replace('"here"', '1768728600123456789')
  expect(await (await post(suite, '/api/v1/signals/watermark', body)).text()).toContain('"signal_id":1768728600123456789')
})

test('a streamed copy belongs to its stream, and to its user', async () => {
  await using suite = await start()
  const reply = await post(suite, '/api/v1/signals/watermark', streamed({ signal_id: 'sig_1' }))
  const { watermarked_payload } = (await reply.json()) as { watermarked_payload: object }
  expect(await detect(suite, watermarked_payload, 123, stream)).toMatchObject({ leak_detected: false })
  expect(await detect(suite, watermarked_payload, 123, 'public:NIFTY')).toMatchObject({ reason: 'channel_mismatch', original_channel: stream })
  expect(await detect(suite, watermarked_payload, 7, stream)).toMatchObject({ reason: 'watermark_mismatch', original_user: 'user_123' })
})

test('nobody gets a stream that is not theirs', async () => {
  await using suite = await start()
  const answer = async (user: string, key: string) => {
    const reply = await post(suite, '/api/v1/signals/watermark', streamed({}, user, key))
    return reply.status === 200 ? 200 : [reply.status, ((await reply.json()) as { detail: string }).detail]
  }
  expect(await answer('user_789', stream)).toEqual([403, 'User user_789 has no active subscription to prod_momentum_001'])
  expect(await answer('user_42', stream)).toEqual([403, 'User user_42 has no active subscription to prod_momentum_001'])
  expect(await answer('user_suspended', 'public:NIFTY')).toEqual([403, 'User user_suspended is not active'])
  expect(await answer('nobody', 'public:NIFTY')).toEqual([403, 'User nobody not found'])
  expect(await answer('user_789', 'personal:user_123:momentum:NIFTY')).toEqual([403, expect.stringContaining('is not open to user user_789')])
  expect(await answer('user_789', 'public:NIFTY')).toBe(200)
  expect(await answer('user_456', 'marketplace:prod_free_004:NSE@NIFTY@INDEX:breadth')).toBe(200)
})

test('a marked payload is valid while it is whole and with its owner, whether named by id or number', async () => {
  await using suite = await start()
  const { watermarked_payload, watermark_hash } = await mark(suite, captured)
  expect(await validate(suite, watermarked_payload, 'user_123')).toEqual({
    valid: true,
    watermark_meta: {
      watermark_hash,
      algorithm: 'hmac_sha256',
      user_id: 'user_123',
      subscription_id: 'sub_4711',
      signal_id: '1768728600',
      channel: null,
      issued_at: '2026-01-17T09:15:30Z',
    },
  })
  expect(await validate(suite, watermarked_payload, 123)).toMatchObject({ valid: true })
  expect(await validate(suite, watermarked_payload, 'user_456')).toMatchObject({ valid: false, watermark_meta: { user_id: 'user_123' } })
  expect(await validate(suite, { ...watermarked_payload, value: 1 }, 'user_123')).toMatchObject({ valid: false })
  expect(await validate(suite, captured, 'user_123')).toEqual({ valid: false, watermark_meta: null })
})

test('a missing gateway secret is a matter of authentication, a wrong one of authorisation', async () => {
  await using suite = await start()
  const answer = async (path: string, headers: Record<string, string>) => (await post(suite, path, {}, headers)).status
  for (const path of ['/api/v1/webhooks/drm/watermark', '/api/v1/webhooks/drm/detect-leak', '/api/v1/signals/watermark']) {
    expect(await answer(path, {}), path).toBe(401)
    expect(await answer(path, { 'x-gateway-secret': 'guess' }), path).toBe(403)
  }
  expect(await answer('/api/v1/watermark/validate', {})).toBe(401)
  expect(await answer('/api/v1/watermark/validate', { 'x-gateway-secret': 'guess' })).toBe(401)
  expect(await answer('/api/v1/watermark/validate', { 'x-internal-api-key': 'mock-internal-key-7c3e5a9d1f60' })).toBe(422)
})

test('metadata that cannot hold a mark is refused, and so is a request_id that is not sixteen digits', async () => {
  await using suite = await start()
  const text = await post(suite, '/api/v1/webhooks/drm/watermark', { signal_id: 1, subscription_id: 4711, payload: { metadata: 'none' } })
  expect([text.status, await text.json()]).toEqual([
    422,
    { detail: [expect.objectContaining({ type: 'value_error', loc: ['body', 'payload', 'metadata'], msg: 'Value error, metadata must be an object' })] },
  ])
  const short = await post(suite, '/api/v1/signals/watermark', { ...streamed({}), request_id: 'abc' })
  expect(await short.json()).toMatchObject({ detail: [{ type: 'string_pattern_mismatch', loc: ['body', 'request_id'] }] })
})

test('a mark still names its owner after the secret was changed', async () => {
  await using suite = await start()
  const { watermarked_payload, watermark_hash } = await mark(suite, captured)
  suite.lane(0).store.table('world.secrets').update('WATERMARK_SECRET', { value: 'another-watermark-secret' })
  expect((await mark(suite, captured)).watermark_hash).not.toBe(watermark_hash)
  expect(await detect(suite, watermarked_payload, 456)).toMatchObject({ reason: 'watermark_mismatch', original_user: 'user_123' })
})

test('what the marketplace marks, the watermark service finds: both serve the same calls, from one memory', async () => {
  await using suite = await startSuite({ services: ['watermark', 'marketplace'], ports: 'none', clock: '2026-01-17T09:15:30Z' })
  const send = async (service: 'watermark' | 'marketplace', path: string, body: object) => {
    const reply = await suite.fetch(service, path, { method: 'POST', headers: { ...gateway, 'content-type': 'application/json' }, body: JSON.stringify(body) })
    return reply.json() as Promise<{ watermarked_payload: object }>
  }
  const { watermarked_payload } = await send('marketplace', '/api/v1/webhooks/drm/watermark', { signal_id: 1, subscription_id: 4711, payload: captured })
  const sighting = { signal_payload: watermarked_payload, channel_id: 'ch_1', user_id: 7, signal_id: null }
  expect(await send('watermark', '/api/v1/webhooks/drm/detect-leak', sighting)).toMatchObject({ leak_detected: true, original_user: 'user_123' })
  expect(await send('marketplace', '/api/v1/webhooks/drm/detect-leak', sighting)).toMatchObject({ leak_detected: true, original_user: 'user_123' })
})

test('health counts the marks and the leaks', async () => {
  await using suite = await start()
  const { watermarked_payload } = await mark(suite, captured)
  await detect(suite, watermarked_payload, 456)
  for (const path of ['/health', '/api/v1/health']) {
    expect(await (await suite.fetch('watermark', path)).json()).toEqual({
      status: 'healthy',
      service: 'watermark',
      version: '1.0.0',
      timestamp: '2026-01-17T09:15:30Z',
      lane: 0,
      watermarks_issued: 1,
      violations: 1,
    })
  }
})

test('nothing that this fake says breaks its contract', async () => {
  await using suite = await start()
  const { watermarked_payload } = await mark(suite, captured)
  await detect(suite, watermarked_payload, 456)
  await post(suite, '/api/v1/signals/watermark', streamed({ signal_id: 'sig_1' }))
  await post(suite, '/api/v1/signals/watermark', streamed({}, 'nobody'))
  await validate(suite, watermarked_payload, 'user_123')
  await post(suite, '/api/v1/webhooks/drm/watermark', '{')
  expect(suite.journal.entries().filter(({ violations, failure }) => violations.length > 0 || failure !== null)).toEqual([])
})
