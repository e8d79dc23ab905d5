import { afterEach, expect, test, vi } from 'vitest'
import { startSuite } from '../../mocks/index.ts'
import { type Claims, signToken } from '../../mocks/user/token.ts'
import type { Message } from '../../mocks/world/messages.ts'

const KEY = { 'x-internal-api-key': 'mock-internal-key-7c3e5a9d1f60' }
const SEEDED = '5b0c7a52-8f7e-4c1d-9a36-0e4d1f2b6c01'
const WAITING = '5b0c7a52-8f7e-4c1d-9a36-0e4d1f2b6c02'
const NOBODY_KNOWS = '00000000-0000-4000-8000-000000000000'

/** 14:45 on the walls of Kolkata, where most of the users live. */
const AFTERNOON = '2026-01-17T09:15:30Z'
/** 23:30 there. */
const NIGHT = '2026-01-17T18:00:00Z'

async function start({ clock = AFTERNOON, strictAuth = false, seed = 42 } = {}) {
  const complaints: string[] = []
  const suite = await startSuite({ services: ['alert'], ports: 'none', clock, strictAuth, seed, complain: (message) => complaints.push(message) })
  const call = (headers: Record<string, string>) => async (method: string, path: string, body?: unknown) => {
    const reply = await suite.fetch('alert', path, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await reply.text()
    return { status: reply.status, headers: reply.headers, text, body: text.startsWith('{') ? JSON.parse(text) : text }
  }
  const inbox = () => suite.lane(0).store.table('world.messages').all() as Message[]
  const stop = async () => {
    await suite.stop()
    expect(complaints, 'replies that break the contract, and handlers that throw').toEqual([])
  }
  return { suite, ask: call(KEY), askWithoutKey: call({}), inbox, [Symbol.asyncDispose]: stop }
}

/** As today's client posts it. */
const signal = (rest: object = {}) => ({
  alert_type: 'signal',
  user_id: 'user_123',
  priority: 'medium',
  channels: ['ui', 'telegram'],
  condition_config: {
    signal_type: 'RSI',
    symbol: 'NIFTY',
    instrument_key: null,
    message: 'RSI 71 above 70',
    value: 71.2,
    timestamp: '2026-01-17T09:15:30.123456',
  },
  metadata: { source: 'signal_service', type: 'signal_alert', signal_id: 'NIFTY_RSI_1768641330', timestamp: '2026-01-17T09:15:30.123470', priority: 'medium' },
  ...rest,
})

const nifty = {
  name: 'NIFTY above 21500',
  alert_type: 'price',
  symbol: 'NIFTY',
  condition_config: { type: 'price', symbol: 'NIFTY', operator: 'gt', threshold: 21500 },
}

afterEach(() => {
  vi.unstubAllGlobals()
})

test('an alert is answered with everything that any client reads of it', async () => {
  await using world = await start()
  const { status, body } = await world.ask('POST', '/api/v1/alerts', signal())
  expect(status).toBe(201)
  expect(body).toMatchObject({
    success: true,
    status: 'sent',
    channels_delivered: ['ui', 'telegram'],
    timestamp: '2026-01-17T09:15:30Z',
    delivery_results: { ui: { status: 'accepted', reason: null }, telegram: { status: 'accepted', reason: null } },
  })
})

test('an alert is accepted, sent and delivered as the clock goes on, each channel in its own time', async () => {
  await using world = await start()
  const { alert_id } = (await world.ask('POST', '/api/v1/alerts', signal({ channels: ['ui', 'telegram', 'email'] }))).body
  const progress = async () => {
    const { status, delivered_channels, delivery_details } = (await world.ask('GET', `/api/v1/alerts/${alert_id}/status`)).body
    return [status, delivered_channels, Object.values(delivery_details as Record<string, { status: string }>).map((detail) => detail.status)]
  }

  expect(await progress()).toEqual(['sent', [], ['accepted', 'accepted', 'accepted']])
  world.suite.clock.advance('500ms')
  expect(await progress()).toEqual(['sent', ['ui'], ['delivered', 'sent', 'accepted']])
  world.suite.clock.advance('1s')
  expect(await progress()).toEqual(['sent', ['ui', 'telegram'], ['delivered', 'delivered', 'sent']])
  world.suite.clock.advance('10s')
  expect(await progress()).toEqual(['delivered', ['ui', 'telegram', 'email'], ['delivered', 'delivered', 'delivered']])
})

test('a status tells when each channel left and arrived', async () => {
  await using world = await start()
  const { alert_id } = (await world.ask('POST', '/api/v1/alerts', signal({ channels: ['telegram'] }))).body
  world.suite.clock.advance('1m')
  expect((await world.ask('GET', `/api/v1/alerts/${alert_id}/status`)).body).toMatchObject({
    alert_id,
    delivery_methods: ['telegram'],
    delivery_timestamp: '2026-01-17T09:15:31.500000Z',
    delivery_details: { telegram: { sent_at: '2026-01-17T09:15:30.500000Z', delivered_at: '2026-01-17T09:15:31.500000Z', attempts: 1 } },
  })
})

test('an alert is found by the signal that caused it, and a second one of that signal takes its place', async () => {
  await using world = await start()
  const byId = (await world.ask('GET', `/api/v1/alerts/${SEEDED}/status`)).body
  expect((await world.ask('GET', '/api/v1/alerts/sig_20260118_0001/status')).body).toEqual(byId)
  expect(byId).toMatchObject({ status: 'delivered', delivered_channels: ['ui', 'telegram'] })

  const { alert_id } = (await world.ask('POST', '/api/v1/alerts', signal({ metadata: { signal_id: 'sig_20260118_0001' } }))).body
  expect((await world.ask('GET', '/api/v1/alerts/sig_20260118_0001/status')).body).toMatchObject({ alert_id, status: 'sent' })
})

test('what is sent to a person lies in the inbox, dated at the instant when it leaves', async () => {
  await using world = await start()
  await world.ask('POST', '/api/v1/alerts', signal({ channels: ['telegram', 'email'], priority: 'high' }))
  expect(world.inbox()).toMatchObject([
    { channel: 'telegram', to: ['900000123'], text: 'RSI 71 above 70', subject: null, sent_at: '2026-01-17T09:15:30.500Z' },
    { channel: 'email', to: ['user_123@example.com'], text: 'RSI 71 above 70', subject: '[HIGH] RSI 71 above 70', sent_at: '2026-01-17T09:15:31.500Z' },
  ])
})

test('one channel fails while another succeeds, and that is a success', async () => {
  await using world = await start()
  const { body } = await world.ask('POST', '/api/v1/alerts', signal({ user_id: 'user_0', channels: ['ui', 'email'] }))
  expect(body).toMatchObject({
    success: true,
    channels_delivered: ['ui'],
    delivery_results: { ui: { status: 'accepted' }, email: { status: 'failed', reason: 'user_0 has no email address' } },
  })
  expect(world.inbox()).toMatchObject([{ channel: 'ui' }])
})

test('an alert that no channel takes is no success, and says why', async () => {
  await using world = await start()
  const error = async (rest: object) => {
    const { status, body } = await world.ask('POST', '/api/v1/alerts', signal(rest))
    return [status, body.success, body.status, body.error]
  }
  expect(await error({ user_id: 'user_42', channels: ['telegram'] })).toEqual([201, false, 'failed', 'Telegram is not set up for user_42'])
  expect(await error({ user_id: 'user_suspended', channels: ['ui'] })).toEqual([201, false, 'failed', 'user_suspended has switched ui off'])
  expect(await error({ channels: ['execution_engine'] })).toEqual([201, false, 'failed', 'Unsupported channel: execution_engine'])
  expect(await error({ channels: [] })).toEqual([201, false, 'failed', 'No channel to deliver to'])
})

test('somebody whom the platform does not know still has a screen', async () => {
  await using world = await start()
  const { body } = await world.ask('POST', '/api/v1/alerts', signal({ user_id: 'stranger' }))
  expect(body).toMatchObject({ success: true, channels_delivered: ['ui'], delivery_results: { telegram: { status: 'failed' } } })
})

test('a bulk counts what went through and what did not, one by one', async () => {
  await using world = await start()
  const alerts = [signal({ user_id: 'user_0', channels: ['ui'] }), signal({ user_id: null }), signal({ user_id: 'user_789', channels: ['telegram'] })]
  const { status, body } = await world.ask('POST', '/api/v1/alerts/bulk', { alerts })
  expect(status).toBe(200)
  expect(body).toMatchObject({
    success: true,
    success_count: 1,
    sent_count: 1,
    failed_count: 2,
    results: [
      { user_id: 'user_0', success: true },
      { user_id: null, success: false, error: 'The alert names no user' },
      { user_id: 'user_789', success: false, error: 'user_789 has switched telegram off' },
    ],
  })
  expect((await world.ask('GET', `/api/v1/alerts/${body.alert_ids[2]}/status`)).body).toMatchObject({ user_id: 'user_789', status: 'failed' })
})

test('preferences are read as a client expects them; a 404 makes it fall back to the screen', async () => {
  await using world = await start()
  const known = await world.ask('GET', '/api/v1/notifications/preferences?user_id=user_456')
  expect(known.body).toMatchObject({
    user_id: 'user_456',
    channels: ['ui', 'email'],
    email_address: 'user_456@example.com',
    quiet_hours: { start: '22:00', end: '08:00' },
  })
  const unknown = await world.ask('GET', '/api/v1/notifications/preferences?user_id=stranger')
  expect([unknown.status, unknown.body]).toEqual([404, { detail: 'Notification preferences for user stranger not found' }])
})

test('preferences are merged member by member, hold for the next alert, and are made for a stranger', async () => {
  await using world = await start()
  const change = (body: object) => world.ask('PUT', '/api/v1/notifications/preferences', body)
  const telegram = async (user_id: string) => (await world.ask('POST', '/api/v1/alerts', signal({ user_id }))).body.delivery_results.telegram

  const changed = await change({ user_id: 'user_123', channels: ['ui'], max_frequency: null })
  expect([changed.status, changed.body.preferences]).toMatchObject([200, { channels: ['ui'], max_frequency: 500, telegram_chat_id: '900000123' }])
  expect(await telegram('user_123')).toEqual({ status: 'skipped', reason: 'user_123 has switched telegram off' })

  await change({ user_id: 'stranger', telegram_chat_id: '77' })
  expect(await telegram('stranger')).toEqual({ status: 'accepted', reason: null })
  await change({ user_id: 'stranger', telegram_chat_id: null })
  expect(await telegram('stranger')).toEqual({ status: 'failed', reason: 'Telegram is not set up for stranger' })
})

test('quiet hours hold on the wall clock of the user; the screen makes no noise, and high priorities pass', async () => {
  await using world = await start({ clock: NIGHT })
  const email = async (priority: string) =>
    (await world.ask('POST', '/api/v1/alerts', signal({ user_id: 'user_456', channels: ['ui', 'email'], priority }))).body.delivery_results
  const quiet = { ui: { status: 'accepted' }, email: { status: 'skipped', reason: 'Quiet hours of user_456' } }

  expect(await email('medium')).toMatchObject(quiet)
  expect(await email('high')).toMatchObject({ email: { status: 'accepted' } })
  await world.ask('PUT', '/api/v1/notifications/preferences', { user_id: 'user_456', timezone: 'Europe/London' })
  expect(await email('medium')).toMatchObject({ email: { status: 'accepted' } })
  world.suite.clock.advance('4h')
  expect(await email('medium')).toMatchObject(quiet)
  world.suite.clock.advance('10h')
  expect(await email('medium')).toMatchObject({ email: { status: 'accepted' } })
})

test('a user is not told what is below the least priority that he cares for', async () => {
  await using world = await start()
  const result = async (priority: string) => (await world.ask('POST', '/api/v1/alerts', signal({ user_id: 'user_admin', channels: ['slack'], priority }))).body
  expect(await result('medium')).toMatchObject({ success: false, error: 'Priority medium is below high' })
  expect(await result('urgent')).toMatchObject({ success: true })
})

test('a user is told so often an hour and not once more, until an hour has gone by', async () => {
  await using world = await start()
  const tell = async () => (await world.ask('POST', '/api/v1/alerts', signal({ user_id: 'user_1', channels: ['ui'] }))).body
  expect([(await tell()).success, (await tell()).success, (await tell()).success]).toEqual([true, true, true])
  expect(await tell()).toMatchObject({ success: false, error: 'Hourly limit of 3 notifications reached' })
  world.suite.clock.advance('59m')
  expect((await tell()).success).toBe(false)
  world.suite.clock.advance('1m')
  expect((await tell()).success).toBe(true)
})

test('a webhook is called when the alert leaves, tried again when it is not taken, and journalled', async () => {
  const received: { url: string; body: Record<string, unknown> }[] = []
  vi.stubGlobal('fetch', async (url: string, init: { body: string }) => {
    received.push({ url, body: JSON.parse(init.body) })
    return new Response('', { status: received.length === 1 ? 503 : 200 })
  })
  await using world = await start()
  const calls = () => world.suite.journal.entries().filter(({ direction }) => direction === 'out')
  const { alert_id } = (await world.ask('POST', '/api/v1/alerts', signal({ user_id: 'user_7', channels: ['webhook'] }))).body

  expect(received).toEqual([])
  world.suite.clock.advance('200ms')
  await vi.waitFor(() => expect(calls()).toMatchObject([{ status: 503, request: { target: 'https://hooks.example.test/user_7/alerts' } }]))
  world.suite.clock.advance('1s')
  await vi.waitFor(() => expect(calls().map(({ status }) => status)).toEqual([503, 200]))
  expect(received[1]?.body).toMatchObject({ event: 'alert', alert_id, user_id: 'user_7', message: 'RSI 71 above 70', timestamp: '2026-01-17T09:15:30.200Z' })
})

test('a webhook URL that is none fails its channel', async () => {
  await using world = await start()
  await world.ask('PUT', '/api/v1/notifications/preferences', { user_id: 'user_7', webhook_url: 'not a url' })
  const { body } = await world.ask('POST', '/api/v1/alerts', signal({ user_id: 'user_7', channels: ['webhook', 'sms'] }))
  expect(body).toMatchObject({ success: true, channels_delivered: ['sms'], delivery_results: { webhook: { reason: 'user_7 has no webhook URL' } } })
})

test('the second generation sends a ready message without a credential, and the first finds it', async () => {
  await using world = await start()
  const { status, body } = await world.askWithoutKey('POST', '/api/v1/alerts/send', {
    user_id: 'user_123',
    alert_type: 'THRESHOLD_BREACH',
    message: 'THRESHOLD BREACH: RSI for AAPL is 75.8000 (above threshold 70.0000)',
    priority: 'high',
    channels: ['ui', 'email'],
  })
  expect([status, body.status]).toEqual([200, 'sent'])
  expect((await world.ask('GET', `/api/v1/alerts/${body.alert_id}/status`)).body).toMatchObject({
    alert_type: 'THRESHOLD_BREACH',
    delivery_methods: ['ui', 'email'],
  })
})

test('the document sends through one channel and asks for its delivery, by either method', async () => {
  await using world = await start()
  const { body } = await world.askWithoutKey('POST', '/api/v1/alerts/send', {
    user_id: 'user_123',
    message: 'NIFTY!',
    channel: 'push_notification',
    priority: 'high',
  })
  expect(body).toMatchObject({ sent: true, estimated_delivery: '2026-01-17T09:15:32Z' })
  const { delivery_id } = body
  expect((await world.askWithoutKey('POST', '/api/v1/alerts/delivery-status', { delivery_id })).body).toEqual({
    delivery_id,
    status: 'accepted',
    attempts: 0,
    last_error: null,
  })
  world.suite.clock.advance('2s')
  expect((await world.askWithoutKey('GET', `/api/v1/alerts/delivery-status?delivery_id=${delivery_id}`)).body).toMatchObject({
    status: 'delivered',
    attempts: 1,
  })
  expect((await world.askWithoutKey('GET', '/api/v1/alerts/delivery-status?delivery_id=nothing')).body).toEqual({ detail: 'Delivery nothing not found' })
})

test('a delivery that failed tells its last error', async () => {
  await using world = await start()
  const { body } = await world.askWithoutKey('POST', '/api/v1/alerts/send', { user_id: 'user_42', message: 'NIFTY!', channel: 'telegram' })
  expect(body).toMatchObject({ sent: false, status: 'failed', estimated_delivery: null })
  expect((await world.askWithoutKey('GET', `/api/v1/alerts/delivery-status?delivery_id=${body.delivery_id}`)).body).toMatchObject({
    status: 'failed',
    last_error: 'Telegram is not set up for user_42',
  })
})

test('an alert made as the document says is found as the client asks', async () => {
  await using world = await start()
  const { condition_config, metadata } = signal()
  const made = await world.askWithoutKey('POST', '/alerts/create', { alert_type: 'signal', condition_config, metadata: { ...metadata, user_id: 'user_789' } })
  expect([made.status, made.body]).toMatchObject([201, { success: true, channels_delivered: ['ui'] }])
  expect((await world.ask('GET', '/api/v1/alerts/NIFTY_RSI_1768641330/status')).body).toMatchObject({ alert_id: made.body.alert_id, user_id: 'user_789' })
})

test('the third generation posts its condition as text, to the same path', async () => {
  await using world = await start()
  const target = {
    user_id: 'user_123',
    alert_type: 'price_target',
    instrument_key: 'NSE@RELIANCE@EQ',
    condition: 'price > 2500',
    message: 'RELIANCE reached its target',
    priority: 'high',
    metadata: { current_price: 2510, target_price: 2500, signal_source: 'momentum' },
  }
  const { body } = await world.ask('POST', '/api/v1/alerts', target)
  expect(body).toMatchObject({ status: 'sent', channels_delivered: ['ui', 'telegram', 'email', 'push'] })
  expect((await world.askWithoutKey('GET', `/alerts/${body.alert_id}`)).body).toMatchObject({
    name: 'RELIANCE reached its target',
    symbol: 'RELIANCE',
    status: 'triggered',
    condition_config: { condition: 'price > 2500', instrument_key: 'NSE@RELIANCE@EQ' },
  })
})

test('the provider makes an alert that waits: the client is told that it is pending', async () => {
  await using world = await start()
  const { status, body } = await world.askWithoutKey('POST', '/alerts', nifty)
  expect(status).toBe(201)
  expect(body).toMatchObject({ user_id: 'test_user', status: 'active', condition_type: 'price', notification_channels: ['telegram'], cooldown_seconds: 300 })
  expect((await world.askWithoutKey('GET', `/alerts/${body.alert_id}`)).body).toEqual(body)
  expect((await world.ask('GET', `/api/v1/alerts/${body.alert_id}/status`)).body).toMatchObject({ status: 'pending', delivery_details: {} })
})

test('the provider changes, pauses, resumes and deletes an alert, each only where it makes sense', async () => {
  await using world = await start()
  const { alert_id } = (await world.askWithoutKey('POST', '/alerts', nifty)).body
  const act = async (action: string) => {
    const { status, body } = await world.askWithoutKey('POST', `/alerts/${alert_id}/${action}`)
    return [status, body.message ?? body.detail]
  }
  world.suite.clock.advance('1m')
  const changed = await world.askWithoutKey('PUT', `/alerts/${alert_id}`, { priority: 'critical', symbol: null })
  expect(changed.body).toMatchObject({ priority: 'critical', symbol: 'NIFTY', updated_at: '2026-01-17T09:16:30Z', created_at: '2026-01-17T09:15:30Z' })

  expect(await act('resume')).toEqual([404, `Alert ${alert_id} not found or not paused`])
  expect(await act('pause')).toEqual([200, 'Alert paused successfully'])
  expect(await act('pause')).toEqual([404, `Alert ${alert_id} not found or not active`])
  expect(await act('resume')).toEqual([200, 'Alert resumed successfully'])

  expect((await world.askWithoutKey('DELETE', `/alerts/${alert_id}`)).body).toMatchObject({ status: 'success', alert_id })
  expect((await world.askWithoutKey('GET', `/alerts/${alert_id}`)).body).toEqual({ detail: `Alert ${alert_id} not found` })
  expect((await world.ask('GET', `/api/v1/alerts/${alert_id}/status`)).status).toBe(404)
  expect((await world.askWithoutKey('GET', '/alerts?status=deleted')).body).toMatchObject({ count: 1, alerts: [{ alert_id, status: 'deleted' }] })
})

test('the provider lists the alerts of every generation, newest first, by page and by filter', async () => {
  await using world = await start()
  await world.ask('POST', '/api/v1/alerts', signal())
  const names = async (query: string) => (await world.askWithoutKey('GET', `/alerts${query}`)).body.alerts.map(({ name }: { name: string }) => name)
  expect(await names('')).toEqual(['RSI 71 above 70', 'RELIANCE below 2400', 'NIFTY above 21500', 'Momentum breakout on NIFTY'])
  expect(await names('?limit=1&offset=1')).toEqual(['RELIANCE below 2400'])
  expect(await names('?symbol=NIFTY&alert_type=price')).toEqual(['NIFTY above 21500'])
  expect(await names('?status=paused')).toEqual(['RELIANCE below 2400'])
  expect((await world.askWithoutKey('GET', '/alerts?limit=2&offset=2')).body).toMatchObject({ count: 2, total: null, page: 2, page_size: 2 })
  expect((await world.askWithoutKey('GET', '/alerts/stats/summary')).body).toMatchObject({
    total_alerts: 4,
    active_alerts: 1,
    paused_alerts: 1,
    triggered_alerts: 2,
    last_trigger_time: '2026-01-17T09:15:30Z',
  })
})

test('an alert expires on the clock', async () => {
  await using world = await start()
  const { alert_id } = (await world.askWithoutKey('POST', '/alerts', { ...nifty, expires_at: '2026-01-17T15:00:00+05:30' })).body
  const status = async () => (await world.askWithoutKey('GET', `/alerts/${alert_id}`)).body.status
  expect(await status()).toBe('active')
  world.suite.clock.advance('15m')
  expect(await status()).toBe('expired')
  expect((await world.askWithoutKey('POST', `/alerts/${alert_id}/pause`)).status).toBe(404)
})

test('a condition is tried against what signals last reported, and nobody is told', async () => {
  await using world = await start()
  const evaluation = async (id: string) => (await world.askWithoutKey('POST', `/alerts/${id}/test`)).body.evaluation
  expect(await evaluation(WAITING)).toMatchObject({ matched: true, current_value: 21515.25, threshold: 21500, error: null })

  await world.ask('POST', '/api/v1/alerts', signal({ metadata: { current_price: 21490 } }))
  expect(await evaluation(WAITING)).toMatchObject({ matched: false, current_value: 21490 })

  const indicator = {
    ...nifty,
    alert_type: 'indicator',
    condition_config: { type: 'indicator', symbol: 'NIFTY', indicator: 'rsi', operator: 'gte', threshold: 70 },
  }
  const { alert_id } = (await world.askWithoutKey('POST', '/alerts', indicator)).body
  expect(await evaluation(alert_id)).toMatchObject({ matched: true, current_value: 71.2 })

  const elsewhere = { ...nifty, condition_config: { ...nifty.condition_config, symbol: 'TCS' } }
  expect(await evaluation((await world.askWithoutKey('POST', '/alerts', elsewhere)).body.alert_id)).toMatchObject({
    matched: false,
    error: 'No market data for TCS',
  })
  expect(world.inbox()).toMatchObject([{ user_id: 'user_123' }, { user_id: 'user_123' }])
})

test('acknowledging and snoozing answer 200 even for an alert that nobody knows; of a known one it is remembered', async () => {
  await using world = await start()
  expect((await world.askWithoutKey('POST', `/alerts/${NOBODY_KNOWS}/acknowledge`)).status).toBe(200)
  await world.askWithoutKey('POST', `/alerts/${SEEDED}/acknowledge`)
  await world.askWithoutKey('POST', `/alerts/${SEEDED}/snooze?duration_seconds=120`)
  expect((await world.ask('GET', `/api/v1/alerts/${SEEDED}/status`)).body).toMatchObject({
    acknowledged_at: '2026-01-17T09:15:30Z',
    snoozed_until: '2026-01-17T09:17:30Z',
  })
})

test.each([
  ['POST /api/v1/alerts', { user_id: 'user_123' }, { type: 'missing', loc: ['body', 'alert_type'], msg: 'Field required', input: { user_id: 'user_123' } }],
  [
    'POST /api/v1/alerts',
    signal({ priority: 'loud' }),
    { type: 'enum', loc: ['body', 'priority'], msg: "Input should be 'low', 'medium', 'high', 'critical' or 'urgent'", input: 'loud' },
  ],
  ['POST /api/v1/alerts', signal({ channels: 'ui' }), { type: 'list_type', loc: ['body', 'channels'], msg: 'Input should be a valid list', input: 'ui' }],
  [
    'POST /api/v1/alerts/bulk',
    { alerts: [signal({ condition_config: 'RSI' })] },
    { type: 'dict_type', loc: ['body', 'alerts', 0, 'condition_config'], msg: 'Input should be a valid dictionary', input: 'RSI' },
  ],
  ['GET /api/v1/notifications/preferences', undefined, { type: 'missing', loc: ['query', 'user_id'], msg: 'Field required', input: null }],
  [
    'PUT /api/v1/notifications/preferences',
    { user_id: 'user_123', max_frequency: 501 },
    { type: 'less_than_equal', loc: ['body', 'max_frequency'], msg: 'Input should be less than or equal to 500', input: 501, ctx: { le: 500 } },
  ],
  [
    'PUT /api/v1/notifications/preferences',
    { user_id: 'user_123', timezone: 'Mars/Olympus' },
    { type: 'value_error', loc: ['body', 'timezone'], msg: 'Value error, unknown time zone', input: 'Mars/Olympus' },
  ],
  ['POST /alerts', signal(), { type: 'missing', loc: ['body', 'name'], msg: 'Field required' }],
  [
    'POST /alerts',
    { ...nifty, notification_channels: ['ui'] },
    { type: 'enum', loc: ['body', 'notification_channels', 0], msg: "Input should be 'telegram', 'fcm', 'apns', 'email', 'sms' or 'webhook'", input: 'ui' },
  ],
  ['GET /alerts/sig_1', undefined, { type: 'uuid_parsing', loc: ['path', 'alert_id'], input: 'sig_1' }],
  ['GET /alerts?limit=501', undefined, { type: 'less_than_equal', loc: ['query', 'limit'], input: '501' }],
  [`POST /alerts/${SEEDED}/snooze?duration_seconds=5`, undefined, { type: 'greater_than_equal', loc: ['query', 'duration_seconds'], input: '5' }],
])('%s refuses what does not fit, in the words of pydantic 2.9, without a url (%#)', async (route, body, item) => {
  await using world = await start()
  const [method = '', path = ''] = route.split(' ')
  const reply = await world.ask(method, path, body)
  expect(reply.status).toBe(422)
  expect(reply.body.detail[0]).toMatchObject(item)
  expect(reply.body.detail[0]).not.toHaveProperty('url')
})

test('a condition that the provider cannot evaluate is a 400 in its own words', async () => {
  await using world = await start()
  const detail = async (condition: object) =>
    (await world.askWithoutKey('POST', '/alerts', { ...nifty, condition_config: { type: 'price', ...condition } })).body
  expect(await detail({ operator: 'above' })).toEqual({ detail: 'Unsupported operator: above' })
  expect(await detail({ operator: 'between', min_threshold: 1 })).toEqual({ detail: 'Operator between requires min_threshold and max_threshold' })
})

test("today's client needs the key of the fleet; generations that send none are let in, but not with a wrong one", async () => {
  await using world = await start()
  const status = async (path: string, headers: Record<string, string>) => (await world.suite.fetch('alert', path, { headers })).status
  expect(await status('/api/v1/alerts/sig_20260118_0001/status', KEY)).toBe(200)
  expect(await status('/api/v1/alerts/sig_20260118_0001/status', {})).toBe(401)
  expect(await status('/alerts', {})).toBe(200)
  expect(await status('/alerts', { 'x-internal-api-key': 'guess' })).toBe(401)
  expect(await status('/health', { 'x-internal-api-key': 'guess' })).toBe(200)

  await using strict = await start({ strictAuth: true })
  expect((await strict.askWithoutKey('GET', '/alerts')).status).toBe(401)
})

test('health is healthy, because that is what clients compare with', async () => {
  await using world = await start()
  expect((await world.askWithoutKey('GET', '/health')).body).toMatchObject({ status: 'healthy', service: 'alert-service', lane: 0 })
  expect((await world.askWithoutKey('GET', '/api/v1/health')).body).toMatchObject({ status: 'healthy' })
})

test('a token of the user service names its user, until it expires', async () => {
  await using world = await start()
  const now = Date.parse(AFTERNOON) / 1000
  const whoAmI = async (authorization?: string) => {
    const reply = await world.suite.fetch('alert', '/auth/test', authorization === undefined ? {} : { headers: { authorization } })
    const body = (await reply.json()) as { user_id?: string; detail?: string }
    return [reply.status, body.user_id ?? body.detail, reply.headers.get('www-authenticate')]
  }
  const claims = {
    iss: 'user_service',
    sub: 'user:123',
    aud: ['trading_platform'],
    exp: now + 60,
    iat: now,
    sid: 's1',
    session_id: 's1',
    scp: [],
    roles: [],
    permissions: [],
    acct_ids: [],
    email: 'user_123@example.com',
    name: 'Asha Rao',
    mfa: false,
    ver: 1,
  } satisfies Claims
  const good = `Bearer ${signToken(claims)}`

  expect(await whoAmI()).toEqual([403, 'Not authenticated', null])
  expect(await whoAmI(good)).toEqual([200, 'user:123', null])
  expect(await whoAmI(`${good.slice(0, -8)}AAAAAAAA`)).toEqual([401, 'Invalid token', 'Bearer'])
  expect(await whoAmI(`Bearer ${signToken({ ...claims, aud: ['elsewhere'] })}`)).toEqual([401, 'Invalid token audience', 'Bearer'])
  expect(await whoAmI(`Bearer ${signToken({ ...claims, iss: 'elsewhere' as 'user_service' })}`)).toEqual([401, 'Invalid token issuer', 'Bearer'])
  expect(await whoAmI('Bearer eyJhbGciOiJSUzI1NiIsImtpZCI6ImsxIn0.e30.x')).toEqual([401, "Key ID 'k1' not found in JWKS", 'Bearer'])
  world.suite.clock.advance('60s')
  expect(await whoAmI(good)).toEqual([401, 'Token expired', 'Bearer'])
})

test('Prometheus counts alerts and notifications', async () => {
  await using world = await start()
  await world.ask('POST', '/api/v1/alerts', signal({ user_id: 'user_0', channels: ['ui', 'email'] }))
  const { headers, text } = await world.askWithoutKey('GET', '/metrics')
  expect(headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  expect(text.split('\n')).toEqual([
    '# HELP alert_service_alerts Alerts by status.',
    '# TYPE alert_service_alerts gauge',
    'alert_service_alerts{status="active"} 1',
    'alert_service_alerts{status="paused"} 1',
    'alert_service_alerts{status="triggered"} 2',
    '# HELP alert_service_notifications Notifications by channel and status.',
    '# TYPE alert_service_notifications gauge',
    'alert_service_notifications{channel="email",status="failed"} 1',
    'alert_service_notifications{channel="telegram",status="delivered"} 1',
    'alert_service_notifications{channel="ui",status="accepted"} 1',
    'alert_service_notifications{channel="ui",status="delivered"} 1',
    '',
  ])
})

test('the same seed names the same alerts; another seed, others', async () => {
  const id = async (seed: number) => {
    await using world = await start({ seed })
    return (await world.ask('POST', '/api/v1/alerts', signal())).body.alert_id
  }
  expect(await id(42)).toBe(await id(42))
  expect(await id(42)).not.toBe(await id(43))
})

test('a reset forgets what was told, and gives every user a full hour again', async () => {
  await using world = await start()
  const tell = async () => (await world.ask('POST', '/api/v1/alerts', signal({ user_id: 'user_1', channels: ['ui'] }))).body
  const first = await tell()
  await tell()
  await tell()
  world.suite.reset()
  expect(world.inbox()).toEqual([])
  expect(await tell()).toEqual(first)
})

test('the records that the fake begins with are such as it would write', async () => {
  await using world = await start()
  for (const name of ['alerts', 'signals', 'preferences']) world.suite.lane(0).store.table(`alert.${name}`).check()
  expect((await world.askWithoutKey('GET', '/alerts')).body.count).toBe(3)
})
