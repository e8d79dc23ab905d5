import { expect, test } from 'vitest'
import type { DriftReport, RecordingInfo } from '../../contracts/drift/report.ts'
import { trusted } from '../../contracts/drift/trusted.ts'
import { finding, report } from './drift-found.ts'

const DAY = 86_400_000
const one = (service: string, findings = [finding()].slice(1), limits = {}) =>
  trusted(report({ findings }), { services: [service], maxAge: 30 * DAY, ...limits })[0]

test('a service that was recorded lately, with no open breaking drift, is trusted', () => {
  expect(one('user')).toEqual({ service: 'user', trusted: true, why: [], lastRecorded: '2026-11-19T10:00:00.000Z', operations: 1, proven: 1 })
})

test('a service without any recording is not trusted', () => {
  expect(one('comms')).toMatchObject({ trusted: false, why: ['there is no recording of it'], lastRecorded: null })
})

test('a service whose youngest recording is too old is not trusted', () => {
  expect(one('user', [], { maxAge: DAY })?.why).toEqual(['last recorded 2026-11-19, 3 days ago: more than 1 day'])
})

test('breaking drift takes the trust away, until somebody accepts it', () => {
  expect(one('alert', [finding()])?.why).toEqual(['open breaking drift: getAlert /status'])
  expect(one('alert', [finding({ accepted: { reason: 'known', until: '2026-12-31' } })])?.trusted).toBe(true)
  expect(one('alert', [finding({ severity: 'warning' })])?.trusted).toBe(true)
  expect(one('user', [finding()])?.trusted).toBe(true)
})

test('of much drift the first three places are told', () => {
  const many = ['/a', '/b', '/c', '/d', '/e'].map((pointer) => finding({ pointer }))
  expect(one('alert', many)?.why).toEqual(['open breaking drift: getAlert /a, getAlert /b, getAlert /c and 2 more'])
})

test('coverage is never rounded up: one operation of three is not 34 percent', () => {
  expect(one('alert', [], { minCoverage: 33 })?.trusted).toBe(true)
  expect(one('alert', [], { minCoverage: 34 })?.why).toEqual(['1 of 3 operations proven: 33 %, under 34 %'])
})

test('a service of which only refusals, or strange requests, were recorded is not trusted, and it is said why', () => {
  const refused = { service: 'comms', operation: 'sendMessage', state: 'unproven', exchanges: 3, statuses: { 401: 2, 503: 1 }, lastRecorded: null } as const
  const [recording] = report().recordings
  const info = { ...(recording as RecordingInfo), services: ['comms'] }
  const why = (own: Partial<DriftReport>) => trusted(report(own), { services: ['comms'], maxAge: 30 * DAY })[0]?.why
  expect(why({ coverage: [refused], recordings: [info] })).toEqual(['it was recorded with 401, 503 alone, which proves nothing'])
  expect(why({ coverage: [{ ...refused, exchanges: 0, statuses: {} }], recordings: [info] })).toEqual(['what was recorded of it is for none of its operations'])
})
