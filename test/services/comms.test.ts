import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { startSuite } from '../../mocks/index.ts'
import { eml } from '../../mocks/world/eml.ts'
import type { Message } from '../../mocks/world/messages.ts'

const key = { 'x-internal-api-key': 'mock-internal-key-7c3e5a9d1f60' }
const NOON_IN_INDIA = '2026-01-17T06:30:00Z'
const NIGHT_IN_INDIA = '2026-01-17T18:30:00Z'

/** What these tests look into; a reply has some of it. */
interface Body {
  email_id: string
  sms_id: string
  message_id: string
  results: { email_id: string }[]
  templates: { id: string; variables: string[] }[]
  categories: string[]
  channels: string[]
  estimated_delivery: string
  preferences: object
  detail: { type: string; loc: string[] }[]
}

/** The fake, with a client and an inbox beside it. */
async function start({ clock = NOON_IN_INDIA, seed = 42, strictAuth = false } = {}) {
  const suite = await startSuite({ services: ['comms'], ports: 'none', clock, seed, strictAuth })
  const ask = async (method: string, path: string, body?: unknown, headers: Record<string, string> = key) => {
    const init = { method, headers: { ...headers, 'content-type': 'application/json' } }
    const reply = await suite.fetch('comms', path, body === undefined ? init : { ...init, body: JSON.stringify(body) })
    return { status: reply.status, body: (await reply.json()) as Body }
  }
  return {
    suite,
    get: (path: string, headers?: Record<string, string>) => ask('GET', path, undefined, headers),
    post: (path: string, body: unknown, headers?: Record<string, string>) => ask('POST', path, body, headers),
    put: (path: string, body: unknown) => ask('PUT', path, body),
    inbox: () => suite.lane(0).store.table('world.messages').all() as Message[],
    [Symbol.asyncDispose]: () => suite.stop(),
  }
}

/** What the signal service sends for a signal: nine variables, null where it knows nothing. */
const signal = {
  signal_type: 'RSI',
  symbol: 'NIFTY',
  instrument_key: null,
  message: 'RSI <71> above 70',
  value: 71.2,
  timestamp: '2026-01-17T06:29:59.921446',
  priority: 'high',
  user_id: null,
  signal_id: null,
}
const mail = (to: string, template_data: object = signal) => ({ to: [to], template: 'signal_notification', priority: 'high', template_data, metadata: {} })

test('an e-mail is sent, and lies in the inbox as its template words it', async () => {
  await using comms = await start()
  const reply = await comms.post('/api/v1/email/send', mail('user_123@example.com'))
  expect(reply).toEqual({
    status: 200,
    body: { success: true, email_id: expect.stringMatching(/^email_[0-9a-f]{12}$/), status: 'sent', delivery_timestamp: '2026-01-17T06:30:01Z' },
  })
  expect(comms.inbox()).toEqual([
    {
      message_id: reply.body.email_id,
      service: 'comms',
      channel: 'email',
      user_id: 'user_123',
      from: 'signals@example.com',
      to: ['user_123@example.com'],
      subject: 'RSI signal: NIFTY',
      text: [
        'RSI <71> above 70',
        '',
        'Signal: RSI',
        'Symbol: NIFTY',
        'Value: 71.2',
        'Priority: high',
        'Time: 2026-01-17T06:29:59.921446',
        '',
        'You get this message because you subscribed to signals.',
      ].join('\n'),
      html: expect.stringContaining('<p>RSI &#60;71&#62; above 70</p>\n<table>\n<tr><th align="left">Signal</th><td>RSI</td></tr>'),
      template: 'signal_notification',
      sent_at: '2026-01-17T06:30:00.000Z',
    },
  ])
})

test('the answer to a command is an e-mail like any other', async () => {
  await using comms = await start()
  const template_data = { command: 'status', success: true, message: 'Signal service is running', result_data: { status: 'active' } }
  await comms.post('/api/v1/email/send', { to: ['user_123@example.com'], template: 'command_response', template_data })
  expect(comms.inbox()[0]).toMatchObject({
    subject: 'Re: status',
    text: expect.stringContaining('Signal service is running\n\nCommand: status\nResult: {"status":"active"}\n'),
  })
})

test('an e-mail to a user goes to the address that the world knows, under the subject that the client wants', async () => {
  await using comms = await start()
  const variables = { user_name: 'Asha', signal: 'BUY RELIANCE', price: 2505.5 }
  await comms.post('/api/v1/email/send', { user_id: 'user_123', template: 'signal_alert', subject: 'Trading Signal Alert', variables, priority: 'normal' })
  expect(comms.inbox()[0]).toMatchObject({
    user_id: 'user_123',
    to: ['user_123@example.com'],
    subject: 'Trading Signal Alert',
    text: expect.stringContaining('Hello Asha, a signal that you follow has fired.\n\nSignal: BUY RELIANCE\nPrice: 2505.5\n'),
  })
})

test('a missing variable is named, and nothing is sent; null is not missing', async () => {
  await using comms = await start()
  const { symbol: _, message: __, ...less } = signal
  expect(await comms.post('/api/v1/email/send', mail('user_123@example.com', less))).toEqual({
    status: 400,
    body: { detail: "Template 'signal_notification' is missing variables: symbol, message" },
  })
  expect(comms.inbox()).toEqual([])
  expect((await comms.post('/api/v1/email/send', mail('user_123@example.com', { ...signal, symbol: null }))).status).toBe(200)
  expect(comms.inbox()[0]?.subject).toBe('RSI signal: n/a')
})

test('an unknown template or user is not found', async () => {
  await using comms = await start()
  const template = await comms.post('/api/v1/email/send', { ...mail('user_123@example.com'), template: 'no_such_template' })
  const user = await comms.post('/api/v1/email/send', { user_id: 'user_nobody', template: 'signal_alert', variables: { signal: 'BUY' } })
  expect(template).toEqual({ status: 404, body: { detail: "Template 'no_such_template' not found" } })
  expect(user).toEqual({ status: 404, body: { detail: 'User user_nobody not found' } })
})

test('an address that is none is refused as pydantic does it', async () => {
  await using comms = await start()
  const reply = await comms.post('/api/v1/email/send', mail('nobody'))
  const reason = 'An email address must have an @-sign.'
  expect(reply).toEqual({
    status: 422,
    body: {
      detail: [{ type: 'value_error', loc: ['body', 'to', 0], msg: `value is not a valid email address: ${reason}`, input: 'nobody', ctx: { reason } }],
    },
  })
})

test('an e-mail to nobody is told which field it lacks, with the page of pydantic 2.5 that says so', async () => {
  await using comms = await start()
  const body = { template: 'signal_notification' }
  expect(await comms.post('/api/v1/email/send', body)).toEqual({
    status: 422,
    body: { detail: [{ type: 'missing', loc: ['body', 'to'], msg: 'Field required', input: body, url: 'https://errors.pydantic.dev/2.5/v/missing' }] },
  })
})

test('one bad recipient of many fails alone', async () => {
  await using comms = await start()
  const reply = await comms.post('/api/v1/email/bulk', {
    emails: [
      mail('user_123@example.com'),
      mail('nobody'),
      { ...mail('user_456@example.com'), template: 'no_such_template' },
      mail('user_789@example.com', { signal_type: 'RSI' }),
    ],
  })
  expect(reply.body).toEqual({
    success: true,
    success_count: 1,
    sent_count: 1,
    failed_count: 3,
    results: [
      { to_email: 'user_123@example.com', success: true, email_id: expect.stringMatching(/^email_/) },
      { to_email: 'nobody', success: false, error: 'An email address must have an @-sign.' },
      { to_email: 'user_456@example.com', success: false, error: "Template 'no_such_template' not found" },
      { to_email: 'user_789@example.com', success: false, error: "Template 'signal_notification' is missing variables: symbol, message" },
    ],
  })
  expect(comms.inbox().map(({ to }) => to)).toEqual([['user_123@example.com']])
})

test('a bulk of which nothing can be sent is no success', async () => {
  await using comms = await start()
  expect((await comms.post('/api/v1/email/bulk', { emails: [mail('nobody')] })).body).toMatchObject({ success: false, failed_count: 1 })
})

test('a queued e-mail is sent and delivered as the clock goes on', async () => {
  await using comms = await start()
  const { body } = await comms.post('/api/v1/email/bulk', { emails: [mail('user_123@example.com')] })
  const status = async () => (await comms.get(`/api/v1/email/status/${body.results[0]?.email_id}`)).body
  expect(await status()).toMatchObject({ status: 'queued', created_at: '2026-01-17T06:30:00Z', delivery_timestamp: null })
  comms.suite.clock.advance('1s')
  expect(await status()).toMatchObject({ status: 'sent', delivery_timestamp: null })
  comms.suite.clock.advance('1s')
  expect(await status()).toMatchObject({ status: 'delivered', delivery_timestamp: '2026-01-17T06:30:02Z', error: null })
})

test.each(['bounce@example.com', 'bounce+full@example.com', 'user@nowhere.invalid'])('mail to %s bounces', async (address) => {
  await using comms = await start()
  const { body } = await comms.post('/api/v1/email/send', mail(address))
  comms.suite.clock.advance('2s')
  expect((await comms.get(`/api/v1/email/status/${body.email_id}`)).body).toMatchObject({
    status: 'bounced',
    recipients: [{ email: address, status: 'bounced' }],
    delivery_timestamp: null,
    error: 'Mailbox unavailable',
  })
})

test('of two recipients each has a fate of its own', async () => {
  await using comms = await start()
  const { body } = await comms.post('/api/v1/email/send', { ...mail('user_123@example.com'), to: ['user_123@example.com', 'bounce@example.com'] })
  comms.suite.clock.advance('2s')
  expect((await comms.get(`/api/v1/email/status/${body.email_id}`)).body).toMatchObject({
    status: 'bounced',
    recipients: [
      { email: 'user_123@example.com', status: 'delivered' },
      { email: 'bounce@example.com', status: 'bounced' },
    ],
  })
})

test('the seed world has an e-mail and an SMS that arrived a minute ago', async () => {
  await using comms = await start()
  expect((await comms.get('/api/v1/email/status/email_0001')).body).toMatchObject({ email_id: 'email_0001', status: 'delivered' })
  expect((await comms.get('/api/v1/sms/status/sms_0001')).body).toMatchObject({ sms_id: 'sms_0001', status: 'delivered' })
  expect(await comms.get('/api/v1/email/status/sms_0001')).toEqual({ status: 404, body: { detail: 'Email sms_0001 not found' } })
})

test('all generations share one memory', async () => {
  await using comms = await start()
  const data = { signal_type: 'RSI', symbol: 'NIFTY' }
  const document = await comms.post('/email/send', { template: 'signal_alert', recipients: ['user_123', 'user@example.test'], data })
  const matrix = await comms.post('/api/v1/comms/send', { user_id: 'user_123', content: data, template: 'signal_alert', medium: 'email' })
  const text = await comms.post('/sms/send', { template: 'signal_alert', recipients: ['user_123'], data })

  for (const id of [document.body.email_id, matrix.body.message_id])
    expect((await comms.get(`/api/v1/email/status/${id}`)).body).toMatchObject({ status: 'sent' })
  expect((await comms.get(`/api/v1/sms/status/${text.body.sms_id}`)).body).toMatchObject({ status: 'sent' })
  expect(comms.inbox().map(({ channel, to, subject, text }) => [channel, to, subject ?? text])).toEqual([
    ['email', ['user_123@example.com', 'user@example.test'], 'Signal alert: RSI on NIFTY'],
    ['email', ['user_123@example.com'], 'Signal alert: RSI on NIFTY'],
    ['sms', ['+919800000123'], 'Signal alert: RSI NIFTY'],
  ])
})

test("the document's way sends nothing when one of its recipients is nobody", async () => {
  await using comms = await start()
  const body = { template: 'signal_alert', recipients: ['user_123', 'nobody'], data: { signal: 'BUY' } }
  expect(await comms.post('/email/send', body)).toEqual({
    status: 400,
    body: { detail: "Invalid recipient 'nobody': An email address must have an @-sign." },
  })
  expect(await comms.post('/sms/send', body)).toEqual({ status: 400, body: { detail: "Invalid recipient 'nobody': not a phone number." } })
  expect(comms.inbox()).toEqual([])
})

test('an SMS is sent to the number as it is dialled, and reported on', async () => {
  await using comms = await start()
  const { body } = await comms.post('/api/v1/sms/send', { user_id: 'user_123', phone_number: '+91-98765 43210', message: 'BUY RELIANCE', priority: 'high' })
  expect(body).toEqual({
    success: true,
    sms_id: expect.stringMatching(/^sms_/),
    status: 'sent',
    delivery_timestamp: '2026-01-17T06:30:01Z',
    delivery_report: 'pending',
  })
  expect(comms.inbox()[0]).toMatchObject({ channel: 'sms', to: ['+919876543210'], subject: null, text: 'BUY RELIANCE' })
  comms.suite.clock.advance('1s')
  expect((await comms.get(`/api/v1/sms/status/${body.sms_id}`)).body).toMatchObject({ status: 'delivered', delivery_report: 'delivered' })
})

test('no SMS reaches the fictitious numbers of +1 500 555', async () => {
  await using comms = await start()
  const { body } = await comms.post('/api/v1/sms/send', { phone_number: '+1 (500) 555-0009', message: 'BUY RELIANCE' })
  comms.suite.clock.advance('1s')
  expect((await comms.get(`/api/v1/sms/status/${body.sms_id}`)).body).toMatchObject({ status: 'undelivered', delivery_report: 'undelivered' })
})

test('what is no phone number is refused', async () => {
  await using comms = await start()
  const { status, body } = await comms.post('/api/v1/sms/send', { phone_number: 'home', message: 'BUY RELIANCE' })
  expect([status, body.detail[0]?.type, body.detail[0]?.loc]).toEqual([422, 'string_pattern_mismatch', ['body', 'phone_number']])
})

test('templates are listed with what they need, and a test may add its own', async () => {
  await using comms = await start()
  const template = {
    id: 'welcome',
    name: 'Welcome',
    category: 'accounts',
    subject: 'Hello {{ name }}',
    text: 'Your plan: {{ plan or tier }}',
    html: '',
    sms: '',
  }
  comms.suite.lane(0).store.table('comms.templates').insert(template)
  const { body } = await comms.get('/api/v1/email/templates')
  expect(body.categories).toEqual(['signals', 'commands', 'accounts'])
  expect(body.templates.map(({ id, variables }) => [id, variables])).toEqual([
    ['signal_notification', ['signal_type', 'symbol', 'message']],
    ['command_response', ['command', 'message']],
    ['signal_alert', ['signal or signal_type']],
    ['welcome', ['name', 'plan or tier']],
  ])
  expect((await comms.post('/api/v1/comms/send', { user_id: 'user_123', content: {}, template: 'welcome', medium: 'sms' })).body).toEqual({
    detail: "Template 'welcome' has no sms variant",
  })
})

test('an address is validated without being written to', async () => {
  await using comms = await start()
  const verdict = async (email: string) => (await comms.post('/api/v1/email/validate', { email })).body
  expect(await verdict('user@Example.Test')).toEqual({ valid: true, email: 'user@example.test' })
  expect(await verdict('user@example')).toEqual({
    valid: false,
    email: 'user@example',
    error: 'The part after the @-sign is not valid. It should have a period.',
  })
  expect(comms.inbox()).toEqual([])
})

const notification = {
  user_id: 'user_123',
  notification_type: 'signal_generated',
  title: 'New Trading Signal',
  message: 'BUY RELIANCE',
  channels: ['push', 'email', 'sms'],
}

test('a notification takes the channels that the user allows', async () => {
  await using comms = await start()
  expect(await comms.post('/api/v1/notifications', notification)).toEqual({
    status: 201,
    body: {
      notification_id: expect.stringMatching(/^notif_/),
      status: 'queued',
      channels: ['push', 'email'],
      estimated_delivery: '2026-01-17T06:30:02Z',
    },
  })
  expect(comms.inbox().map(({ channel, to, subject, sent_at }) => [channel, to, subject, sent_at])).toEqual([
    ['push', ['user_123'], 'New Trading Signal', '2026-01-17T06:30:01.000Z'],
    ['email', ['user_123@example.com'], 'New Trading Signal', '2026-01-17T06:30:01.000Z'],
  ])
  expect((await comms.post('/api/v1/notifications', { ...notification, user_id: 'user_789' })).body).toMatchObject({ status: 'suppressed', channels: [] })
})

test('at night a notification waits for the morning, unless it is critical', async () => {
  await using comms = await start({ clock: NIGHT_IN_INDIA })
  const delivery = async (priority: string) => (await comms.post('/api/v1/notifications', { ...notification, priority })).body.estimated_delivery
  expect(await delivery('high')).toBe('2026-01-18T02:30:02Z') // eight in Kolkata
  expect(await delivery('critical')).toBe('2026-01-17T18:30:02Z')
  const toNightOwl = await comms.post('/api/v1/notifications', { ...notification, user_id: 'user_7' })
  expect(toNightOwl.body.estimated_delivery).toBe('2026-01-17T18:30:02Z')
})

test('preferences are read, changed and obeyed', async () => {
  await using comms = await start()
  const before = await comms.get('/api/v1/notifications/preferences?user_id=user_123')
  expect(before.body).toEqual({
    user_id: 'user_123',
    preferences: {
      email_enabled: true,
      push_enabled: true,
      sms_enabled: false,
      quiet_hours: { start: '22:00', end: '08:00' },
      categories: { trading_signals: { email: true, push: true }, price_alerts: { email: false, push: true } },
    },
  })
  const changed = await comms.put('/api/v1/notifications/preferences', { user_id: 'user_123', sms_enabled: true, push_enabled: null })
  expect(changed.body.preferences).toEqual({ ...before.body.preferences, sms_enabled: true })
  const channels = async (notification_type: string) => (await comms.post('/api/v1/notifications', { ...notification, notification_type })).body.channels
  expect(await channels('signal_generated')).toEqual(['push', 'email', 'sms'])
  expect(await channels('price_alert')).toEqual(['push', 'sms'])
})

test('a message between users is queued when asynchronous', async () => {
  await using comms = await start()
  const send = async (delivery_method: string) =>
    (await comms.post('/api/v1/messages/send', { recipient: 'user_123', message: 'RSI is 71.2', delivery_method }, {})).body
  expect(await send('async')).toEqual({ message_id: expect.stringMatching(/^msg_/), status: 'queued' })
  expect(await send('sync')).toMatchObject({ status: 'sent' })
})

test('e-mail wants the internal key; where clients are known to send none it passes, unless the suite is strict', async () => {
  await using comms = await start()
  const message = { recipient: 'user_123', message: 'RSI is 71.2' }
  expect(await comms.get('/api/v1/email/templates', {})).toEqual({ status: 401, body: { detail: 'X-Internal-API-Key header required' } })
  expect(await comms.get('/api/v1/email/templates', { 'x-internal-api-key': 'guess' })).toEqual({ status: 401, body: { detail: 'Invalid API key' } })
  expect((await comms.post('/api/v1/messages/send', message, {})).status).toBe(200)
  expect((await comms.get('/health', {})).body).toMatchObject({ status: 'healthy' })
  await using strict = await start({ strictAuth: true })
  expect((await strict.post('/api/v1/messages/send', message, {})).status).toBe(401)
})

test('under one seed the same mails come out to the byte; under another their ids differ', async () => {
  const mails = async (seed: number) => {
    await using comms = await start({ seed })
    await comms.post('/api/v1/email/send', mail('user_123@example.com'))
    await comms.post('/api/v1/notifications', notification)
    return comms.inbox().map(eml)
  }
  expect(await mails(7)).toEqual(await mails(7))
  expect(await mails(7)).not.toEqual(await mails(8))
})

test('a reset empties the inbox', async () => {
  await using comms = await start()
  const { body } = await comms.post('/api/v1/email/send', mail('user_123@example.com'))
  comms.suite.reset()
  expect(comms.inbox()).toEqual([])
  expect((await comms.get(`/api/v1/email/status/${body.email_id}`)).status).toBe(404)
})

test('an e-mail that arrives is handed on to the webhook of the signal service, with the shared secret', async () => {
  await using comms = await start()
  const signalService = createServer()
  await once(signalService.listen(0, '127.0.0.1'), 'listening')
  const { port } = signalService.address() as AddressInfo
  comms.suite
    .lane(0)
    .store.table('world.settings')
    .update('SERVICE_PORT', { value: String(port) })
  const arriving = once(signalService, 'request')

  const accepted = await comms.post('/api/v1/email/inbound', { from_email: 'user_123@example.com', subject: 'help', body_plain: 'please' })
  comms.suite.clock.advance('0s')
  const [request, response] = await arriving
  expect(accepted).toEqual({ status: 202, body: { status: 'accepted', webhook_url: `http://127.0.0.1:${port}/api/v2/signals/email/webhook` } })
  expect([request.url, request.headers['x-webhook-secret']]).toEqual(['/api/v2/signals/email/webhook', 'mock-email-webhook-2d7f'])
  expect(JSON.parse(await text(request))).toEqual({
    from_email: 'user_123@example.com',
    to_email: 'signals@example.com',
    subject: 'help',
    body_plain: 'please',
    body_html: null,
    headers: { 'Message-Id': expect.stringMatching(/^<inbound_[0-9a-f]{12}@example\.com>$/) },
    timestamp: '2026-01-17T06:30:00Z',
  })
  response.end('{}')
  await new Promise((resolve) => signalService.close(resolve))
})
