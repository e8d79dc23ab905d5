import { expect, test } from 'vitest'
import { createIds } from '../../mocks/kit/ids.ts'
import { asked, matches } from '../../mocks/kit/wiremock/index.ts'
import type { RequestPattern } from '../../mocks/kit/wiremock/matches.ts'
import type { ValuePattern } from '../../mocks/kit/wiremock/value-matches.ts'
import { Clock } from '../../scenarios/kit/clock.ts'

interface Sent {
  target?: string
  headers?: Record<string, string>
  body?: string | Buffer
}

/** What real WireMock 3.13.2 answered to the same patterns and requests stands in the tables below. */
function takes(pattern: RequestPattern, { target = '/m', headers = {}, body = '' }: Sent): boolean {
  const request = { method: 'POST', target, rawHeaders: Object.entries(headers).flat(), body: Buffer.from(body), tooLarge: false, gone: false }
  return matches(asked({ request, clock: new Clock('2026-01-17T09:15:30Z'), ids: createIds(1) }), pattern)
}

const QUERIES: [pattern: ValuePattern | { hasExactly: ValuePattern[] } | { includes: ValuePattern[] }, query: string, taken: boolean][] = [
  [{ equalTo: 'WireMock' }, '?q=WireMock', true],
  [{ equalTo: 'WireMock' }, '?q=wiremock', false],
  [{ equalTo: 'WireMock', caseInsensitive: true }, '?q=wiremock', true],
  [{ equalTo: 'b' }, '?q=a&q=b', true],
  [{ equalTo: 'a b' }, '?q=a+b', true],
  [{ equalTo: 'a b' }, '?q=a%20b', true],
  [{ equalTo: '' }, '?q', true],
  [{ contains: 'ire' }, '?q=WireMock', true],
  [{ contains: 'ire' }, '', false],
  [{ doesNotContain: 'x' }, '?q=x', false],
  [{ doesNotContain: 'x' }, '', true],
  [{ matches: '^(.*)wiremock([A-Za-z]+)$' }, '?q=a-wiremock-b', false],
  [{ matches: '^(.*)wiremock([A-Za-z]+)$' }, '?q=a-wiremockB', true],
  [{ matches: '[0-9]' }, '?q=12', false],
  [{ matches: '(?i)ABC' }, '?q=abc', true],
  [{ matches: '\\d++' }, '?q=12', true],
  [{ matches: '\\Qa.b\\E' }, '?q=a.b', true],
  [{ matches: '\\Qa.b\\E' }, '?q=axb', false],
  [{ matches: '[\\w\\-]+' }, '?q=a-b', true],
  [{ matches: '\\p{Alpha}{3}' }, '?q=abc', true],
  [{ doesNotMatch: '[0-9]+' }, '?q=12', false],
  [{ doesNotMatch: '[0-9]+' }, '', true],
  [{ absent: true }, '', true],
  [{ absent: true }, '?q=', false],
  [{ hasExactly: [{ equalTo: '1' }, { contains: '2' }] }, '?q=1&q=22', true],
  [{ hasExactly: [{ equalTo: '1' }, { contains: '2' }] }, '?q=1&q=22&q=3', false],
  [{ includes: [{ equalTo: '1' }, { contains: '2' }] }, '?q=1&q=22&q=3', true],
  [{ includes: [{ equalTo: '1' }, { contains: '2' }] }, '?q=1&q=3', false],
  [{ or: [{ equalTo: '1' }, { absent: true }] }, '', true],
  [{ or: [{ equalTo: '1' }, { absent: true }] }, '?q=2', false],
  [{ and: [{ contains: '1' }, { contains: '2' }] }, '?q=12', true],
  [{ and: [{ contains: '1' }, { contains: '2' }] }, '?q=1', false],
  [{ not: { contains: '1' } }, '?q=2', true],
  [{ not: { contains: '1' } }, '?q=1', false],
]

test.each(QUERIES)('a query parameter %j takes %s: %s', (pattern, query, taken) => {
  expect(takes({ queryParameters: { q: pattern } }, { target: `/m${query}` })).toBe(taken)
})

/** A placeholder of JsonUnit. */
const unit = (name: string, more = '') => `\${json-unit.${name}}${more}`

const BODIES: [pattern: ValuePattern, body: string, taken: boolean][] = [
  [{ equalToJson: '{ "total_results": 4 }' }, '{"total_results":4}', true],
  [{ equalToJson: { a: 1 } }, '{"a":1.0}', true],
  [{ equalToJson: { a: 1 } }, '{"a":"1"}', false],
  [{ equalToJson: { a: 1 } }, '{"a":1,"b":2}', false],
  [{ equalToJson: { a: 1 }, ignoreExtraElements: true }, '{"a":1,"b":2}', true],
  [{ equalToJson: { a: [1, 2] } }, '{"a":[2,1]}', false],
  [{ equalToJson: { a: [1, 2] }, ignoreArrayOrder: true }, '{"a":[2,1]}', true],
  [{ equalToJson: { a: [1, 2] }, ignoreExtraElements: true }, '{"a":[1,2,3]}', true],
  [{ equalToJson: { a: [1, 2] }, ignoreArrayOrder: true, ignoreExtraElements: true }, '{"a":[3,2,1]}', true],
  [{ equalToJson: { a: null } }, '{}', false],
  [{ equalToJson: {} }, 'no JSON', false],
  [{ equalToJson: { id: unit('any-string') } }, '{"id":"abc123"}', true],
  [{ equalToJson: { id: unit('any-string') } }, '{"id":1}', false],
  [{ equalToJson: { id: unit('any-number') } }, '{"id":5}', true],
  [{ equalToJson: { id: unit('ignore') } }, '{"id":[5]}', true],
  [{ equalToJson: { id: unit('ignore') } }, '{}', false],
  [{ equalToJson: { id: unit('regex', '[A-Z]+') } }, '{"id":"ABC"}', true],
  [{ equalToJson: { id: unit('regex', '[A-Z]+') } }, '{"id":"ABCd"}', false],
  [{ matchesJsonPath: '$.name' }, '{ "name": "Wiremock" }', true],
  [{ matchesJsonPath: '$.name' }, '{ "price": 15 }', false],
  [{ matchesJsonPath: '$.name' }, '{ "name": null }', false],
  [{ matchesJsonPath: '$.name' }, '{ "name": "" }', true],
  [{ matchesJsonPath: '$.name' }, '{ "name": [] }', false],
  [{ matchesJsonPath: '$.name' }, '{ "name": false }', true],
  [{ matchesJsonPath: "$.things[?(@.name == 'RequiredThing')]" }, '{ "things": { "name": "RequiredThing" } }', true],
  [{ matchesJsonPath: "$.things[?(@.name == 'RequiredThing')]" }, '{ "things": [{ "name": "RequiredThing" }, { "name": "Wiremock" }] }', true],
  [{ matchesJsonPath: "$.things[?(@.name == 'RequiredThing')]" }, '{ "things": { "name": "Wiremock" } }', false],
  [{ matchesJsonPath: '$.things[?(@.name =~ /Required.*/i)]' }, '{ "things": [{ "name": "required" }] }', true],
  [{ matchesJsonPath: '$.things[?(@.name =~ /equi/)]' }, '{ "things": [{ "name": "required" }] }', false],
  [{ matchesJsonPath: '$[?(@.things.size() == 2)]' }, '{ "things": [{ "name": "RequiredThing" }, { "name": "Wiremock" }] }', true],
  [{ matchesJsonPath: '$[?(@.things.size() == 2)]' }, '{ "things": [{ "name": "RequiredThing" }] }', false],
  [{ matchesJsonPath: '$.a[?(@.p > 5 && @.q == true)]' }, '{"a":[{"p":6,"q":true}]}', true],
  [{ matchesJsonPath: '$.a[?(@.p > 5 && @.q == true)]' }, '{"a":[{"p":6,"q":false},{"p":5,"q":true}]}', false],
  [{ matchesJsonPath: "$.a[?(@.p in ['x', 'y'] || !(@.q))]" }, '{"a":[{"p":"y","q":1}]}', true],
  [{ matchesJsonPath: '$.a[?(@.p)]' }, '{"a":[{"p":null}]}', true],
  [{ matchesJsonPath: "$[?(@.a == '1')]" }, '{"a":1}', true],
  [{ matchesJsonPath: '$.a[5]' }, '{"a":[1]}', false],
  [{ matchesJsonPath: '$.a.b' }, '{"a":[{"b":1}]}', false],
  [{ matchesJsonPath: { expression: '$..todoItem', contains: 'wash' } }, '{"a":{"todoItem":"Do the washing"}}', true],
  [{ matchesJsonPath: { expression: '$..todoItem', contains: 'wash' } }, '{"a":{"todoItem":"Sleep"}}', false],
  [{ matchesJsonPath: { expression: '$.outer', equalToJson: '{ "inner": 42 }' } }, '{"outer":{"inner":42}}', true],
  [{ matchesJsonPath: { expression: '$.n', equalTo: '5' } }, '{"n":5}', true],
  [{ matchesJsonPath: { expression: '$.n', absent: true } }, '{"m":5}', true],
  [{ matchesJsonPath: { expression: '$.n', absent: true } }, '{"n":5}', false],
  [{ matchesJsonPath: { expression: '$.n', doesNotMatch: 'x' } }, '{"m":5}', false],
  [{ matchesJsonPath: { expression: '$.a[-1]', equalTo: '3' } }, '{"a":[1,3]}', true],
  [{ matchesJsonPath: { expression: '$.a[1:]', equalToJson: '[2,3]' } }, '{"a":[1,2,3]}', true],
  [{ matches: 'a.*' }, 'a\nb', true],
  [{ doesNotContain: 'x' }, '', true],
  [{ absent: true }, '', true],
  [{ absent: true }, 'x', false],
]

test.each(BODIES)('a body %j takes %s: %s', (pattern, body, taken) => {
  expect(takes({ bodyPatterns: [pattern] }, { body })).toBe(taken)
})

const DATES: [pattern: ValuePattern, header: string, taken: boolean][] = [
  [{ before: 'now +3 days' }, '2026-01-20T09:15:29Z', true],
  [{ before: 'now +3 days' }, '2026-01-20T09:15:31Z', false],
  [{ after: 'now' }, '2026-01-17T09:15:31Z', true],
  [{ after: '2021-05-01T00:00:00Z' }, 'Tue, 01 Jun 2021 15:16:17 GMT', true],
  [{ after: '2021-05-01T00:00:00Z' }, '2021-04-30T23:59:59Z', false],
  [{ equalToDateTime: '2021-06-01T15:16:17Z' }, 'Tue, 01 Jun 2021 15:16:17 GMT', true],
  [{ equalToDateTime: '2021-06-01T15:16:17Z' }, '2021-06-01T17:16:17+02:00', true],
  [{ before: 'now' }, 'no date', false],
]

test.each(DATES)('a header with a date %j takes %s: %s', (pattern, header, taken) => {
  expect(takes({ headers: { 'X-Date': pattern } }, { headers: { 'x-date': header } })).toBe(taken)
})

test('a body of bytes is compared byte by byte', () => {
  const pattern = { bodyPatterns: [{ binaryEqualTo: 'AQID' }] }
  expect(takes(pattern, { body: Buffer.from([1, 2, 3]) })).toBe(true)
  expect(takes(pattern, { body: Buffer.from([1, 2, 4]) })).toBe(false)
})
