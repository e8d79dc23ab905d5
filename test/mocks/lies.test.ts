import { expect, test } from 'vitest'
import { startSuite } from '../../mocks/index.ts'
import type { ScenarioInput } from '../../scenarios/kit/scenario.ts'

type Rule = NonNullable<ScenarioInput['rules']>[number]

const KEY = { 'x-internal-api-key': 'mock-internal-key-7c3e5a9d1f60' }
const USER = 'user_id=user_123'

/** The alert service, lying as the faults say. */
async function start(...inject: Rule['inject']) {
  const suite = await startSuite({ services: ['alert'], ports: 'none', clock: '2026-01-17T09:15:30Z' })
  const ask = async (path: string, headers: Record<string, string> = KEY) => {
    const reply = await suite.fetch('alert', path, { headers })
    return { status: reply.status, headers: reply.headers, text: await reply.text() }
  }
  await suite.play({ name: 'it-lies', story: 'The alert service lies.', rules: [{ when: { service: 'alert', operation: 'listAlerts' }, inject }] })
  return { suite, ask, [Symbol.asyncDispose]: () => suite.stop() }
}

test('a lie is marked in the journal, and is no fault of the fake', async () => {
  await using world = await start({ fault: 'schema_drift', path: 'alerts.*.alert_id', change: 'rename' })
  const { status, headers, text } = await world.ask('/alerts')
  expect(status).toBe(200)
  expect(Object.keys(JSON.parse(text).alerts[0])).toEqual(expect.arrayContaining(['alertId', 'status']))
  expect(JSON.parse(text).alerts[0]).not.toHaveProperty('alert_id')
  expect(headers.get('content-length')).toBe(String(Buffer.byteLength(text)))
  expect(world.suite.journal.entries()).toMatchObject([
    { violations: [], faults: [{ fault: 'schema_drift', told: 'rename alerts.*.alert_id', off_contract: 'the reply drifts from its schema on purpose' }] },
  ])
})

test('lies add up, and refusals are lied about too', async () => {
  await using world = await start({ fault: 'content_type' }, { fault: 'skew', by: '-1d' }, { fault: 'schema_drift', path: 'detail', change: 'retype' })
  const list = await world.ask('/alerts')
  expect([list.headers.get('content-type'), list.headers.get('date')]).toEqual(['text/html', 'Fri, 16 Jan 2026 09:15:30 GMT'])
  const refusal = await world.ask('/alerts', { 'x-internal-api-key': 'guess' })
  expect([refusal.status, refusal.headers.get('content-type'), JSON.parse(refusal.text)]).toEqual([401, 'text/html', { detail: [expect.any(String)] }])
})

test('old data is told until it is too old, and a reset forgets it', async () => {
  await using world = await start({ fault: 'stale', age: '1m' })
  const count = async () => JSON.parse((await world.ask('/alerts')).text).count
  const notify = async () => {
    const body = JSON.stringify({ user_id: 'user_123', alert_type: 'signal', channels: ['ui'] })
    await world.suite.fetch('alert', '/api/v1/alerts', { method: 'POST', headers: { ...KEY, 'content-type': 'application/json' }, body })
  }
  expect(await count()).toBe(3)
  await notify()
  expect(await count()).toBe(3)
  world.suite.clock.advance('61s')
  expect(await count()).toBe(4)
  world.suite.reset()
  expect(await count()).toBe(3)
})

test('where nothing is struck, nothing is changed', async () => {
  await using world = await start({ fault: 'invalid_json' }, { fault: 'empty_body' })
  const preferences = await world.ask(`/api/v1/notifications/preferences?${USER}`)
  expect(JSON.parse(preferences.text)).toMatchObject({ user_id: 'user_123' })
  expect((await world.ask('/alerts')).text).toBe('')
})

test('a path that the reply does not have is refused before anything plays', async () => {
  const playing = start({ fault: 'schema_drift', path: 'alerts.*.alertid', change: 'drop' })
  await expect(playing).rejects.toThrow('no reply of listAlerts has "alertid" of alerts.*.alertid. Did you mean "alert_id"?')
})
