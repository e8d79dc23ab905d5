import { expect, test } from 'vitest'
import { alert } from '../../../contracts/alert.ts'
import type { Contract } from '../../../contracts/kit/contract.ts'
import { metrics } from '../../../contracts/metrics.ts'
import { schemaDrift } from '../../../scenarios/kit/faults/schema-drift.ts'
import { armed, jsonReply, replyTo } from '../strike.ts'

const LIST = '{"alerts":[{"alert_id":"a","count":2},{"alert_id":"b","count":3}],"total":2,"page":null}'

test.each([
  ['alerts.*.alert_id', 'drop', '{"alerts":[{"count":2},{"count":3}],"total":2,"page":null}'],
  ['/alerts/1/alert_id', 'drop', '{"alerts":[{"alert_id":"a","count":2},{"count":3}],"total":2,"page":null}'],
  ['alerts.0', 'drop', '{"alerts":[{"alert_id":"b","count":3}],"total":2,"page":null}'],
  ['alerts.*.alert_id', 'rename', '{"alerts":[{"alertId":"a","count":2},{"alertId":"b","count":3}],"total":2,"page":null}'],
  ['total', 'rename', '{"alerts":[{"alert_id":"a","count":2},{"alert_id":"b","count":3}],"total_v2":2,"page":null}'],
  ['total', 'retype', '{"alerts":[{"alert_id":"a","count":2},{"alert_id":"b","count":3}],"total":"2","page":null}'],
  ['alerts.*.alert_id', 'retype', '{"alerts":[{"alert_id":["a"],"count":2},{"alert_id":["b"],"count":3}],"total":2,"page":null}'],
  ['alerts', 'null', '{"alerts":null,"total":2,"page":null}'],
  ['alerts.*', 'null', '{"alerts":[null,null],"total":2,"page":null}'],
])('%s: %s', async (path, change, drifted) => {
  expect(await replyTo(schemaDrift, { path, change }, jsonReply(LIST))).toEqual(jsonReply(drifted))
})

test.each([
  ['{"id":1}', '{"id":"1"}'],
  ['{"id":true}', '{"id":"true"}'],
  ['{"id":null}', '{"id":"null"}'],
  ['{"id":"21500.5"}', '{"id":21500.5}'],
  ['{"id":"sig_1"}', '{"id":["sig_1"]}'],
  ['{"id":[1]}', '{"id":{"items":[1]}}'],
  ['{"id":{"a":1}}', '{"id":[{"a":1}]}'],
  ['{"id":9223372036854775807}', '{"id":"9223372036854775807"}'],
])('another type for %s is %s', async (before, after) => {
  expect((await replyTo(schemaDrift, { path: 'id', change: 'retype' }, jsonReply(before))).body).toBe(after)
})

test('a member gets the name it is given, where it stood', async () => {
  expect((await replyTo(schemaDrift, { path: 'a', change: 'rename', to: 'z' }, jsonReply('{"a":1,"b":2}'))).body).toBe('{"z":1,"b":2}')
})

test('the other digits of a long number are kept, and so is a reply without the member', async () => {
  const json = '{"signal_id":9223372036854775807,"payload":{}}'
  expect((await replyTo(schemaDrift, { path: '/payload', change: 'drop' }, jsonReply(json))).body).toBe('{"signal_id":9223372036854775807}')
  expect(await replyTo(schemaDrift, { path: 'payload.value', change: 'drop' }, jsonReply(json))).toEqual(jsonReply(json))
  expect(await replyTo(schemaDrift, { path: 'signal_id.value', change: 'drop' }, jsonReply(json))).toEqual(jsonReply(json))
  const page = { status: 200, headers: ['content-type', 'text/html'], body: json }
  expect(await replyTo(schemaDrift, { path: 'payload', change: 'drop' }, page)).toEqual(page)
})

const checked = (contract: Contract, name: string, path: string, excused = false) => {
  const operation = contract.operations[name]
  if (operation === undefined) throw new Error(`${contract.service} has no ${name}`)
  return schemaDrift.check?.({ path, change: 'drop', to: undefined }, { contract, name, operation }, excused)
}

test.each(['alerts.*.alert_id', '/alerts/0/status', 'alerts.*.metadata.anything.goes', 'detail', 'alerts.*.condition_config.threshold'])(
  'a list of alerts has %s, or its schema does not tell',
  (path) => {
    expect(checked(alert, 'listAlerts', path)).toBeUndefined()
  },
)

test('a path that no reply has is refused with the nearest name', () => {
  expect(checked(alert, 'listAlerts', 'alerts.*.alertid')).toBe('no reply of listAlerts has "alertid" of alerts.*.alertid. Did you mean "alert_id"?')
  expect(checked(alert, 'listAlerts', 'count.value')).toBe('no reply of listAlerts has "value" of count.value. There is nothing below it.')
  expect(checked(alert, 'listAlerts', 'alerts.alert_id')).toBe('no reply of listAlerts has "alert_id" of alerts.alert_id. There are *.')
  expect(checked(alert, 'listAlerts', 'alerts.*.alertid', true)).toBeUndefined()
})

test('an operation that answers no JSON is refused', () => {
  expect(checked(metrics, 'scrape', 'total')).toBe('scrape answers no JSON, and nothing of it can drift')
})

test('null needs no quotes in YAML', () => {
  expect(armed(schemaDrift, { path: 'total', change: null }).told).toBe(armed(schemaDrift, { path: 'total', change: 'null' }).told)
})

test('options that contradict each other are refused, and so are paths that are none', () => {
  expect(armed(schemaDrift, { path: 'alerts.*', change: 'rename' }).judged).toBe('alerts.* is an item of a list, which has no name to change')
  expect(armed(schemaDrift, { path: 'total', change: 'drop', to: 'sum' }).judged).toBe('a new name goes with change: rename, not with drop')
  for (const path of ['', '/', 'a..b', '.a']) expect(() => armed(schemaDrift, { path, change: 'drop' }), path).toThrow('is no path: write it like')
})

test('it is told in words, and says that it lies', () => {
  expect(armed(schemaDrift, { path: 'total', change: 'rename', to: 'sum' })).toMatchObject({
    told: 'rename total to sum',
    lie: 'the reply drifts from its schema on purpose',
  })
  expect(armed(schemaDrift, { path: 'a.*.b', change: 'null' }).told).toBe('say null for a.*.b')
})
