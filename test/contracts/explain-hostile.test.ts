import { expect, test } from 'vitest'
import { explain } from '../../contracts/kit/explain.ts'
import type { Problem } from '../../contracts/kit/problem.ts'
import { visibleLines } from '../../contracts/kit/visible.ts'
import { contracts } from '../../contracts/services.ts'

const key = 'mock-internal-key-7c3e5a9d1f60'
const alert = { alert_type: 'signal', user_id: 'user_123' }
const hostile = '\u001b[31m\u009b0m\u202e\u200b\u2028\u007f\ud800\u0000'

interface Sent {
  service?: string
  method?: string
  target?: string
  headers?: readonly string[]
  body?: unknown
  problem?: Problem['kind']
  operation?: string
}

function explained({ service = 'alert', method = 'POST', target = '/api/v1/alerts', headers, body = '', problem = 'invalid', operation }: Sent) {
  return explain(
    Object.values(contracts),
    {
      service,
      method,
      target,
      headers: headers ?? ['X-Internal-API-Key', key, 'content-type', 'application/json'],
      problem,
      operation,
      body: Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    },
    { secret: () => key, variables: { INTERNAL_API_KEY: key } },
  )
}

test.each<[string, Sent]>([
  ['a path', { target: `/api/v1/alert${hostile}`, problem: 'unknown-operation' }],
  ['a query', { method: 'GET', target: `/api/v1/notifications/preferences?${hostile}=${hostile}`, operation: 'getPreferences' }],
  ['a method', { method: `PO${hostile}`, problem: 'unknown-operation' }],
  ['a media type', { headers: ['content-type', `text/${hostile}`], body: hostile, operation: 'createAlert' }],
  ['a credential', { headers: ['X-Internal-API-Key', hostile], problem: 'unauthorized', operation: 'createAlert', body: alert }],
  ['the name of a header', { headers: [`x-${hostile}-token`, ''], problem: 'unauthorized', operation: 'createAlert', body: alert }],
  ['a value that is taken', { target: '/api/v1/alert', problem: 'unknown-operation', body: `{"alert_type":"signal","user_id":"u${hostile.slice(0, -1)}"}` }],
  ['names and values of a body', { operation: 'createAlert', body: { ...alert, [hostile]: hostile, priority: hostile, [`user_id${hostile}`]: 1 } }],
  ['bytes of any kind', { operation: 'createAlert', problem: 'undecodable-body', body: Buffer.from(Array.from({ length: 256 }, (_, at) => at)) }],
])('nothing that a terminal would obey comes through: %s', (_, sent) => {
  const { text } = explained(sent)
  expect(visibleLines(text)).toBe(text)
})

const SECRET = 'S3cret-of-mine-8412'
const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1c2VyXzEyMyJ9.c2lnbmF0dXJlLW9mLW1pbmU'

test.each<[string, Sent]>([
  ['a query', { method: 'GET', target: `/api/v1/notifications/preference?user_id=u&access_token=${SECRET}&api_key=${SECRET}`, problem: 'unknown-operation' }],
  [
    'a query that is taken',
    { method: 'GET', target: `/api/v1/notifications/preferences?user_id=u&token=${SECRET}`, operation: 'getPreferences', problem: 'unauthorized' },
  ],
  ['a path', { method: 'GET', target: `/api/v1/alert/${jwt}/status`, problem: 'unknown-operation' }],
  ['a URL as path', { method: 'GET', target: `http://bob:${SECRET}@alert-service/api/v1/alerts`, problem: 'method-not-allowed' }],
  ['a form', { service: 'user', target: '/auth/login', body: `email=x&password=${SECRET}`, operation: 'formerLogin' }],
  ['JSON in place of a form', { service: 'user', target: '/auth/login', body: { passwd: SECRET, password: [SECRET] }, operation: 'formerLogin' }],
  ['a dict’s str() in place of a form', { service: 'user', target: '/auth/login', body: `{'password': '${SECRET}'}`, operation: 'formerLogin' }],
  ['JSON within JSON', { service: 'user', target: '/v1/auth/login', body: JSON.stringify(JSON.stringify({ password: SECRET })), operation: 'login' }],
  ['Python’s str() of a dict', { service: 'user', target: '/v1/auth/login', body: `{'password': '${SECRET}'}`, problem: 'malformed-body', operation: 'login' }],
  [
    'a member that nobody knows, deep down',
    { target: '/api/v1/alert', problem: 'unknown-operation', body: { ...alert, metadata: { deep: [{ api_key: SECRET }] } } },
  ],
  ['a text', { target: '/api/v1/alert', problem: 'unknown-operation', body: { ...alert, alert_type: `failed with Authorization: Bearer ${jwt}` } }],
])('a secret of the client is told in no words and in no command line: %s', (_, sent) => {
  const explanation = JSON.stringify(explained(sent))
  expect(explanation).not.toContain(SECRET)
  expect(explanation).not.toContain(jwt)
})

test('the command line sends what cannot be seen as JSON escapes, to the letter', () => {
  const { curl } = explained({ target: '/api/v1/alert', problem: 'unknown-operation', body: { ...alert, user_id: 'a\u202eb\u009bc' } })
  expect(curl).toContain('"user_id":"a\\u202eb\\u009bc"')
})

test.each<[string, Partial<Sent>, string, string]>([
  ['a letter of another alphabet', { headers: ['X-Internal-API-Key', latin1(key.replace('o', '\u043e'))] }, 'credential', 'has U+043E where o'],
  ['a byte-order mark', { headers: ['X-Internal-API-Key', latin1(`\ufeff${key}`)] }, 'credential', 'holds a byte-order mark (U+FEFF)'],
  [
    'a line end that was escaped',
    { headers: ['X-Internal-API-Key', `${key}\\n`] },
    'credential',
    'the right one is in it, with "" before and "\\\\n" behind it',
  ],
  ['Python’s repr of bytes', { headers: ['X-Internal-API-Key', `b'${key}'`] }, 'credential', 'the right one is in it, with "b\'" before'],
  ['upper case', { headers: ['X-Internal-API-Key', key.toUpperCase()] }, 'credential', 'upper and lower case are not the same'],
  ['two of them', { headers: ['X-Internal-API-Key', 'a', 'x-internal-api-key', key] }, 'credential', 'the header came 2 times'],
  ['underscores in the name', { headers: ['X_Internal_API_Key', key] }, 'credential', 'X_Internal_API_Key came, which is not looked at'],
  ['JSON within JSON', { body: JSON.stringify(JSON.stringify(alert)), problem: 'invalid' }, 'body', 'json= takes the object itself'],
  ['what gzip made of it', { body: Buffer.from('1f8b0800ff', 'hex'), problem: 'undecodable-body' }, 'body', 'they are compressed'],
])('what is wrong with a request is named: %s', (_, sent, part, hint) => {
  const { nearest, curl } = explained({ problem: 'unauthorized', operation: 'createAlert', body: alert, ...sent })
  expect(nearest[0]?.criteria.find((criterion) => criterion.part === part)).toMatchObject({
    met: false,
    hint: expect.stringContaining(hint),
  })
  expect(curl).not.toBeNull()
})

test('JSON within JSON is sent as it was meant', () => {
  const { curl } = explained({ operation: 'createAlert', body: JSON.stringify(JSON.stringify({ ...alert, user_id: 'user_7' })) })
  expect(curl).toContain('"user_id":"user_7"')
})

test('JSON in place of a form is sent as the form that was meant', () => {
  const { curl, nearest } = explained({ service: 'user', target: '/auth/login', body: { username: 'user_7', passwort: 'x' }, operation: 'formerLogin' })
  expect(curl).toContain('username=user_7')
  expect(nearest[0]?.criteria.at(-1)?.hint).toContain('data= instead of json=')
})

test('a base URL that was put on twice is named, and the operation behind it found', () => {
  for (const target of ['/http://127.0.0.1:8085/api/v1/alerts', '/http:/127.0.0.1:8085/api/v1/alerts', 'http://alert-service:8085/api/v1/alert']) {
    const { nearest } = explained({ target, problem: 'unknown-operation', body: alert })
    expect(nearest[0]).toMatchObject({ operation: 'createAlert' })
    expect(nearest[0]?.criteria.find(({ part }) => part === 'path')?.hint).toBe('a whole URL came where a path belongs')
  }
})

test('bytes that are no HTTP are named where they can be', () => {
  expect(explained({ problem: 'unreadable', body: Buffer.from('16030102000100', 'hex') }).told).toContain('ask for http://, not https://')
  expect(explained({ problem: 'unreadable', body: 'PRI * HTTP/2.0\r\n\r\n' }).told).toContain('the bytes are HTTP/2')
  expect(explained({ problem: 'unreadable', body: 'hello' }).told).toContain('the bytes are no HTTP')
})

test('of services that all have an operation the one that was asked is told', () => {
  expect(explained({ method: 'GET', target: '/healthz', problem: 'unknown-operation' }).nearest.map(({ service }) => service)).toEqual(['alert'])
})

/** As Node hands over a header that came as UTF-8. */
function latin1(text: string): string {
  return Buffer.from(text).toString('latin1')
}
