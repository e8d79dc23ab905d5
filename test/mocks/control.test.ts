import { expect, test } from 'vitest'
import { startSuite } from '../../mocks/index.ts'
import { controlOf } from './control-in-process.ts'

const bearer = { authorization: 'Bearer mock-config-key-4f1d9c7a2b8e' }
const start = (options = {}) => startSuite({ services: ['config'], ports: 'none', clock: '2026-01-17T09:15:30Z', ...options })

test('a suite tells what it is made of, and what it was started with', async () => {
  await using suite = await start({ lanes: 2, seed: 7 })
  const control = controlOf(suite, { strictAuth: true, instance: 'ci-3' })
  expect(control.get('/v1/suite')).toMatchObject({
    status: 200,
    body: { pid: process.pid, instance: 'ci-3', seed: 7, lanes: 2, strict_auth: true, services: ['config'] },
  })
  expect(control.get('/v1/lanes').body).toMatchObject([
    { lane: 0, generation: 0, now: '2026-01-17T09:15:30.000Z', frozen: true, requests: 0, dropped: 0, services: [{ service: 'config', url: null }] },
    { lane: 1 },
  ])
})

test('it lives from the start, and is ready only between opening and stopping', async () => {
  await using suite = await start()
  expect(controlOf(suite).get('/healthz')).toMatchObject({ status: 200, body: { status: 'ok' } })
  expect(controlOf(suite).get('/readyz')).toMatchObject({ status: 200, body: { ready: true, services: [{ service: 'config', lane: 0, ready: true }] } })
  expect(controlOf(suite, { ready: () => false }).get('/readyz')).toMatchObject({ status: 503, body: { ready: false, services: [{ ready: false }] } })
})

test('services are listed for every lane, or for one', async () => {
  await using suite = await start({ lanes: 2 })
  const control = controlOf(suite)
  expect(control.get('/v1/services').body).toHaveLength(2)
  expect(control.get('/v1/services?lane=1').body).toMatchObject([{ service: 'config', title: 'Config service', lane: 1, port: 8092, url: null }])
})

test('the environment tells where the fakes of a lane are, under the name it is asked for', async () => {
  await using suite = await startSuite({ services: ['config'], ports: 'auto', lanes: 2 })
  const control = controlOf(suite)
  expect(control.get('/v1/env').body).toMatchObject({ CONFIG_SERVICE_URL: suite.url('config'), ENVIRONMENT: 'development' })
  expect(control.get('/v1/env?lane=1&environment=staging').body).toMatchObject({ CONFIG_SERVICE_URL: suite.url('config', 1), ENVIRONMENT: 'staging' })
})

test('without ports there is nothing to tell a client, and it says so', async () => {
  await using suite = await start()
  expect(controlOf(suite).get('/v1/env')).toMatchObject({ status: 409, body: { code: 'not-running' } })
})

test('the journal is read whole, filtered, and from where one stopped', async () => {
  await using suite = await start()
  const control = controlOf(suite)
  const entries = (query: string) => control.get(`/v1/journal?${query}`).body.entries.map(({ operation }: { operation: string }) => operation)
  await suite.fetch('config', '/health')
  await suite.fetch('config', '/api/v1/config/CACHE_TTL_SECONDS')
  await suite.fetch('config', '/nothing/here')

  expect(entries('')).toEqual(['health', 'getConfig', null])
  expect(entries('operation=health')).toEqual(['health'])
  expect(entries('service=config&status=403')).toEqual(['getConfig'])
  expect(entries('unmatched=true')).toEqual([null])
  expect(entries('unmatched=false')).toHaveLength(3)
  expect(entries('since=1')).toEqual(['getConfig', null])
  expect(entries('limit=2')).toEqual(['getConfig', null])
  expect(control.get('/v1/journal?limit=0').body).toEqual({ total: 3, dropped: 0, entries: [] })
  expect(control.complaints).toEqual([])
})

test('a journal is never empty because of a mistyped name', async () => {
  await using suite = await start()
  const control = controlOf(suite)
  expect(control.get('/v1/journal?service=confg').body).toMatchObject({ status: 404, code: 'unknown-service', detail: expect.stringContaining('"config"') })
  expect(control.get('/v1/journal?operation=helth').body).toMatchObject({ status: 404, code: 'unknown-operation', detail: expect.stringContaining('"health"') })
  expect(control.get('/v1/journal?servce=config').body).toMatchObject({
    status: 422,
    code: 'invalid',
    errors: [{ in: 'query', pointer: '', detail: 'unknown name "servce". Did you mean "service"?' }],
  })
})

test.each(['lane=', 'lane=-1', 'lane=0x1', 'lane=1e1', 'limit=many', 'unmatched=yes', 'since=1.5'])('the query %s is refused', async (query) => {
  await using suite = await start()
  expect(controlOf(suite).get(`/v1/journal?${query}`)).toMatchObject({ status: 422, type: 'application/problem+json', body: { code: 'invalid' } })
})

test.each([
  ['GET', '/v1/services'],
  ['GET', '/v1/env'],
  ['GET', '/v1/journal'],
  ['POST', '/v1/reset'],
  ['GET', '/v1/playing'],
  ['DELETE', '/v1/playing'],
  ['DELETE', '/v1/playing/alert-down'],
  ['GET', '/v1/clock'],
  ['POST', '/v1/clock/advance'],
  ['POST', '/v1/clock/freeze'],
  ['POST', '/v1/clock/resume'],
  ['GET', '/v1/tables'],
  ['GET', '/v1/tables/world.settings'],
  ['GET', '/v1/tables/world.settings/CACHE_TTL_SECONDS'],
  ['DELETE', '/v1/tables/world.settings/CACHE_TTL_SECONDS'],
  ['GET', '/v1/inbox'],
  ['GET', '/v1/inbox/msg_1'],
  ['GET', '/v1/inbox/msg_1/eml'],
] as const)('%s %s knows the lanes there are', async (method, path) => {
  await using suite = await start({ lanes: 2 })
  const control = controlOf(suite)
  const target = `${path}?lane=2`
  const body = path.endsWith('advance') ? { by: '1s' } : undefined
  const reply = { GET: () => control.get(target), POST: () => control.post(target, body), DELETE: () => control.delete(target) }[method]()
  expect(reply).toMatchObject({ status: 404, body: { code: 'unknown-lane', detail: 'could not find lane 2: there are 2, counted from 0.' } })
})

test('a reset brings back every lane, or one', async () => {
  await using suite = await start({ lanes: 2 })
  const control = controlOf(suite)
  suite.lane(1).clock.after('1s', () => {})
  await suite.fetch('config', '/health', { lane: 1 })
  expect(control.post('/v1/reset?lane=0').body).toEqual({ lanes: [{ lane: 0, generation: 1, fenced: 0 }] })
  expect(control.post('/v1/reset').body).toEqual({
    lanes: [
      { lane: 0, generation: 2, fenced: 0 },
      { lane: 1, generation: 1, fenced: 1 },
    ],
  })
  expect(suite.lane(1).journal.total).toBe(0)
})

test('a lane given in the body of a reset is not overlooked: all lanes would be reset', async () => {
  await using suite = await start()
  const control = controlOf(suite)
  expect(control.post('/v1/reset', { lane: 0 })).toMatchObject({ status: 422, body: { errors: [{ in: 'body', detail: expect.stringContaining('"lane"') }] } })
  expect(control.post('/v1/reset', {})).toMatchObject({ status: 200 })
})

test('a clock is read, moved on, stopped and let go', async () => {
  await using suite = await start()
  const control = controlOf(suite)
  suite.clock.after('60s', () => {})
  suite.clock.after('62s', () => {})
  expect(control.get('/v1/clock').body).toEqual({ lane: 0, now: '2026-01-17T09:15:30.000Z', frozen: true, pending: 2 })
  expect(control.post('/v1/clock/advance', { by: '61s' }).body).toEqual({ lane: 0, now: '2026-01-17T09:16:31.000Z', frozen: true, pending: 1, ran: 1 })
  expect(control.post('/v1/clock/resume').body).toMatchObject({ frozen: false })
  expect(control.post('/v1/clock/freeze').body).toMatchObject({ frozen: true })
  expect(control.post('/v1/clock/freeze', { at: '2027-01-01T00:00:00Z' }).body).toMatchObject({ now: '2027-01-01T00:00:00.000Z', frozen: true })
})

test.each([
  ['advance', { by: '61' }, 'bad-duration'],
  ['advance', { by: '-5s' }, 'bad-duration'],
  ['advance', { by: '99999999999d' }, 'bad-duration'],
  ['advance', { by: `${'9'.repeat(400)}d` }, 'bad-duration'],
  ['advance', { by: 61 }, 'invalid'],
  ['advance', {}, 'invalid'],
  ['advance', undefined, 'invalid'],
  ['advance', { by: '1s', lane: 1 }, 'invalid'],
  ['freeze', { at: 'tomorrow' }, 'bad-instant'],
  ['freeze', { at: '+275760-09-13T00:00:00Z' }, 'bad-instant'],
  ['freeze', { when: '2026-01-01' }, 'invalid'],
  ['resume', { at: '2026-01-01' }, 'invalid'],
])('the clock refuses to %s %j', async (what, body, code) => {
  await using suite = await start()
  const control = controlOf(suite)
  expect(control.post(`/v1/clock/${what}`, body)).toMatchObject({ status: 422, body: { code } })
  expect(suite.clock.iso()).toBe('2026-01-17T09:15:30.000Z')
  expect(control.complaints).toEqual([])
})

test('a body must say that it is JSON, and be it', async () => {
  await using suite = await start()
  const control = controlOf(suite)
  expect(control.post('/v1/clock/advance', 'by=61s', 'application/x-www-form-urlencoded')).toMatchObject({ status: 415 })
  expect(control.post('/v1/clock/advance', { by: '61s' }, '')).toMatchObject({ status: 415 })
  expect(control.post('/v1/clock/advance', '{"by":')).toMatchObject({ status: 400, body: { code: 'malformed-body' } })
})

test('tables are listed and leafed through', async () => {
  await using suite = await start()
  const control = controlOf(suite)
  const { size } = suite.lane(0).store.table('world.settings')
  expect(control.get('/v1/tables').body).toContainEqual({ table: 'world.settings', records: size, evicted: 0 })
  const [first, second] = control.get('/v1/tables/world.settings').body.records
  expect(control.get('/v1/tables/world.settings?limit=1').body).toEqual({ table: 'world.settings', total: size, records: [first] })
  expect(control.get('/v1/tables/world.settings?offset=1&limit=1').body).toMatchObject({ total: size, records: [second] })
  expect(control.get(`/v1/tables/world.settings?offset=${size}`).body).toMatchObject({ total: size, records: [] })
  expect(control.get('/v1/tables/world.setings')).toMatchObject({
    status: 404,
    body: { code: 'unknown-table', detail: expect.stringContaining('"world.settings"') },
  })
})

test('configuration is changed while the service under test runs: its next read sees the new value', async () => {
  await using suite = await start()
  const control = controlOf(suite)
  const read = async () => ((await (await suite.fetch('config', '/api/v1/config/CACHE_TTL_SECONDS', { headers: bearer })).json()) as { value: string }).value
  expect(await read()).toBe('300')
  expect(control.put('/v1/tables/world.settings/CACHE_TTL_SECONDS', { value: '60' })).toEqual({
    status: 200,
    type: 'application/json',
    body: { table: 'world.settings', key: 'CACHE_TTL_SECONDS', record: { key: 'CACHE_TTL_SECONDS', value: '60' } },
  })
  expect(await read()).toBe('60')
  control.post('/v1/reset')
  expect(await read()).toBe('300')
})

test('a record is created, read and taken away under whatever key', async () => {
  await using suite = await start()
  const control = controlOf(suite)
  const at = `/v1/tables/world.settings/${encodeURIComponent('a?b c')}`
  expect(control.put(at, { key: 'a?b c', value: { deep: [1, null] } })).toMatchObject({ status: 201 })
  expect(control.get(at).body).toMatchObject({ key: 'a?b c', record: { value: { deep: [1, null] } } })
  expect(control.delete(at)).toMatchObject({ status: 204, body: '' })
  expect(control.get(at)).toMatchObject({ status: 404, body: { code: 'unknown-key' } })
  expect(control.delete(at)).toMatchObject({ status: 404, body: { code: 'unknown-key' } })
})

test('a record that its table would not take is refused member by member, and the old one stays', async () => {
  await using suite = await start()
  const control = controlOf(suite)
  const at = '/v1/tables/world.users/user_123'
  const { record } = control.get(at).body
  expect(control.put(at, { ...record, tier: 'gold', email: 'nobody' })).toMatchObject({
    status: 422,
    body: {
      code: 'invalid-record',
      errors: [
        { in: 'body', pointer: '/email' },
        { in: 'body', pointer: '/tier' },
      ],
    },
  })
  expect(control.put(at, { ...record, user_id: 'user_7' })).toMatchObject({ status: 422, body: { errors: [{ in: 'body', pointer: '/user_id' }] } })
  expect(control.put(at, [record])).toMatchObject({ status: 422, body: { code: 'invalid' } })
  expect(control.put('/v1/tables/world.nothing/x', record)).toMatchObject({ status: 404, body: { code: 'unknown-table' } })
  expect(control.get(at).body.record).toEqual(record)
})

test('a record may only name what exists', async () => {
  await using suite = await start()
  const control = controlOf(suite)
  const [subscription] = control.get('/v1/tables/world.subscriptions?limit=1').body.records
  const key = suite.lane(0).store.table('world.subscriptions').key
  expect(control.put(`/v1/tables/world.subscriptions/${subscription[key]}`, { ...subscription, user_id: 'nobody' })).toMatchObject({
    status: 422,
    body: { code: 'dangling-reference', errors: [{ in: 'body', pointer: '/user_id', detail: 'names "nobody", which users does not have' }] },
  })
})

const message = {
  message_id: 'msg_1',
  service: 'comms',
  channel: 'email',
  user_id: 'user_123',
  from: 'noreply@example.com',
  to: ['User_123@example.com'],
  subject: 'Price alert',
  text: 'RELIANCE crossed 2500',
  html: null,
  template: null,
  sent_at: '2026-01-17T09:15:30Z',
}

test('the inbox holds what has been sent by now, and is searched by channel, recipient and user', async () => {
  await using suite = await start()
  const control = controlOf(suite)
  const ids = (query: string) => control.get(`/v1/inbox?${query}`).body.messages.map(({ message_id }: { message_id: string }) => message_id)
  const messages = suite.lane(0).store.table('world.messages')
  messages.put({ ...message, message_id: 'planned', sent_at: '2026-01-17T09:20:00Z' })
  messages.put(message)
  messages.put({ ...message, message_id: 'sms', channel: 'sms', user_id: null, to: ['+919800000123'], subject: null, sent_at: '2026-01-17T09:15:00Z' })

  expect(ids('')).toEqual(['sms', 'msg_1'])
  expect(ids('channel=email')).toEqual(['msg_1'])
  expect(ids('to=user_123%40example.com')).toEqual(['msg_1'])
  expect(ids('user_id=user_123&channel=sms')).toEqual([])
  expect(control.get('/v1/inbox/planned')).toMatchObject({ status: 404, body: { code: 'unknown-key' } })
  suite.clock.advance('5m')
  expect(ids('')).toEqual(['sms', 'msg_1', 'planned'])
  expect(control.complaints).toEqual([])
})

test('a message is shown as data, and as a mail program would open it', async () => {
  await using suite = await start()
  const control = controlOf(suite)
  suite.lane(0).store.table('world.messages').put(message)
  expect(control.get('/v1/inbox/msg_1')).toMatchObject({ status: 200, body: message })
  expect(control.get('/v1/inbox/msg_1/eml')).toMatchObject({
    status: 200,
    type: 'message/rfc822',
    body: expect.stringMatching(/^Date: .*\r\n(?:.*\r\n)*Subject: Price alert\r\n(?:.*\r\n)*\r\nRELIANCE crossed 2500/),
  })
  expect(control.get('/v1/inbox/nobody/eml')).toMatchObject({ status: 404, body: { code: 'unknown-key' } })
})

test('every contract that runs is told as OpenAPI, and so is this API itself', async () => {
  await using suite = await start()
  const control = controlOf(suite)
  expect(control.get('/v1/contracts').body).toMatchObject([
    { service: 'config', host: 'config-service', port: 8092, openapi: '/v1/contracts/config/openapi.json' },
    { service: 'control' },
  ])
  expect(control.get('/v1/contracts/config/openapi.json').body).toMatchObject({ openapi: '3.1.0', paths: { '/api/v1/config/{key}': { get: {} } } })
  expect(control.get('/v1/contracts/control/openapi.json').body).toMatchObject({ openapi: '3.1.0', paths: { '/v1/reset': { post: {} } } })
  expect(control.get('/openapi.json').body).toMatchObject({ openapi: '3.1.0', servers: [{ url: 'http://config-service:8092' }] })
  expect(control.get('/v1/contracts/confg/openapi.json')).toMatchObject({ status: 404, body: { code: 'unknown-service' } })
})

test('a failure of ours is a 500 that tells a person, and nothing of it the caller', async () => {
  await using suite = await start()
  const eml = () => {
    throw new Error('a defect')
  }
  const control = controlOf(suite, { inbox: { table: 'messages', eml } })
  suite.lane(0).store.table('world.messages').put(message)
  const reply = control.get('/v1/inbox/msg_1/eml')
  expect(reply).toMatchObject({ status: 500, body: { code: 'failed' } })
  expect(JSON.stringify(reply.body)).not.toContain('defect')
  expect(control.complaints).toEqual([expect.stringMatching(/^control\.getMail failed: Error: a defect\n {4}at /)])
})
