import { expect, test } from 'vitest'
import { type AcceptedList, accept, acceptedList, idleAcceptances } from '../../contracts/drift/accepted.ts'
import { finding } from './drift-found.ts'

const NOW = Date.parse('2026-11-22T12:00:00Z')
const other = finding({ id: 'alert.getAlert 200 body /score type', pointer: '/score', change: 'type' })

const acceptedIn = (list: AcceptedList, now = NOW) => accept([finding(), other], list, now).map(({ accepted }) => accepted)

test('an acceptance by id is about that one finding', () => {
  const reason = 'ALERT-123: they roll it back'
  expect(acceptedIn([{ finding: finding().id, reason, until: '2026-12-31' }])).toEqual([{ reason, until: '2026-12-31' }, null])
})

test('an acceptance by service and operation is about all that is found there, and a pointer or a change narrows it', () => {
  const here = { service: 'alert', operation: 'getAlert' }
  const list = (named: AcceptedList[number]['finding']): AcceptedList => [{ finding: named, reason: 'known', until: '2026-12-31' }]
  expect(acceptedIn(list(here)).map((one) => one !== null)).toEqual([true, true])
  expect(acceptedIn(list({ ...here, pointer: '/score' })).map((one) => one !== null)).toEqual([false, true])
  expect(acceptedIn(list({ ...here, change: 'value' })).map((one) => one !== null)).toEqual([true, false])
  expect(acceptedIn(list({ ...here, operation: 'listAlerts' }))).toEqual([null, null])
  expect(acceptedIn(list({ ...here, service: 'user' }))).toEqual([null, null])
})

test('an acceptance holds to the end of its last day, and is a finding again on the next one', () => {
  const list = [{ finding: finding().id, reason: 'known', until: '2026-11-22' }]
  expect(acceptedIn(list, Date.parse('2026-11-22T23:59:59.999Z'))[0]).not.toBeNull()
  expect(acceptedIn(list, Date.parse('2026-11-23T00:00:00Z'))[0]).toBeNull()
})

test('an acceptance that has expired is told, and so is one that matches nothing', () => {
  const list = [
    { finding: finding().id, reason: 'known', until: '2026-12-31' },
    { finding: other.id, reason: 'known', until: '2026-11-21' },
    { finding: { service: 'user', operation: 'getUser' }, reason: 'known', until: '2026-12-31' },
  ]
  expect(idleAcceptances([finding(), other], list, NOW)).toEqual([
    { index: 1, kind: 'expired', message: 'the acceptance of alert.getAlert 200 body /score type held until 2026-11-21: it counts again' },
    { index: 2, kind: 'unmatched', message: 'the acceptance of user getUser matches no finding: it can be removed' },
  ])
})

test.each([
  ['no reason', { finding: 'x', until: '2026-12-31' }],
  ['an empty reason', { finding: 'x', reason: ' ', until: '2026-12-31' }],
  ['no end', { finding: 'x', reason: 'known' }],
  ['a day that there is not', { finding: 'x', reason: 'known', until: '2026-02-30' }],
  ['an empty id', { finding: '', reason: 'known', until: '2026-12-31' }],
  ['a whole service', { finding: { service: 'alert' }, reason: 'known', until: '2026-12-31' }],
  ['a change that there is not', { finding: { service: 'alert', operation: 'x', change: 'gone' }, reason: 'known', until: '2026-12-31' }],
  ['an unknown member', { finding: 'x', reason: 'known', until: '2026-12-31', ticket: 1 }],
])('an acceptance with %s is refused', (_, entry) => {
  expect(acceptedList().safeParse([entry]).success).toBe(false)
})
