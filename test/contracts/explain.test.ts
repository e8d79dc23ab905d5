import { expect, test } from 'vitest'
import { pathDistance } from '../../contracts/kit/explain/path-distance.ts'
import { type Asked, explain } from '../../contracts/kit/explain.ts'
import { contracts } from '../../contracts/services.ts'

const key = ['X-Internal-API-Key', 'mock-internal-key-7c3e5a9d1f60', 'content-type', 'application/json']
const secrets: Record<string, string> = { INTERNAL_API_KEY: 'mock-internal-key-7c3e5a9d1f60', GATEWAY_SECRET: 'mock-gateway-secret-b84d2e6f90a1' }
const knowledge = { secret: (name: string) => secrets[name], variables: secrets }
const alert = { alert_type: 'signal', user_id: 'user_123', channels: ['ui'] }

function explained(method: string, target: string, { body, headers = key, ...rest }: Partial<Omit<Asked, 'body'>> & { body?: unknown } = {}) {
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)
  return explain(
    Object.values(contracts),
    { service: 'alert', method, target, headers, problem: 'unknown-operation', ...rest, body: Buffer.from(text) },
    knowledge,
  )
}

const operationsNear = (method: string, target: string, rest = {}) =>
  explained(method, target, rest).nearest.map(({ service, operation }) => `${service}.${operation}`)
const unmet = (...asked: Parameters<typeof explained>) => explained(...asked).nearest[0]?.criteria.filter(({ met }) => !met)

test('a mistyped path is told beside the one that was meant, each thing that was asked for with ✓ or ✗, and the request that would have been answered', () => {
  expect(explained('POST', '/api/v1/alert', { body: alert }).text).toBe(
    `
POST /api/v1/alert: alert has no operation there
  nearest  alert.createAlert  POST /api/v1/alerts
    ✓ method        POST
    ✗ path          /api/v1/alert, not /api/v1/alerts
    ✓ credential    X-Internal-API-Key with 30 characters (letters, digits, others)
    ✓ content-type  application/json
    ✓ body          an object with alert_type, user_id, channels
  would have been answered:
    curl -X POST 'http://127.0.0.1:8085/api/v1/alerts' \\
      -H 'content-type: application/json' \\
      -H "X-Internal-API-Key: $INTERNAL_API_KEY" \\
      --data-raw '{"alert_type":"signal","user_id":"user_123","channels":["ui"]}'`.trimStart(),
  )
})

test.each([
  ['a slip', 'POST', '/api/v1/alerst', 'alert.createAlert'],
  ['a prefix too few', 'POST', '/v1/alerts/send', 'alert.sendAlert'],
  ['a prefix twice', 'POST', '/api/v1/api/v1/alerts', 'alert.createAlert'],
  ['the path of a gateway before it', 'POST', '/alert-service/api/v1/alerts', 'alert.createAlert'],
  ['two slashes', 'POST', '/api/v1//alerts', 'alert.createAlert'],
  ['another version', 'POST', '/api/v2/alerts', 'alert.createAlert'],
  ['another case', 'POST', '/api/v1/Alerts', 'alert.createAlert'],
  ['what looks the same', 'POST', '/api/v1/%D0%B0lerts', 'alert.createAlert'],
  ['what nobody sees', 'POST', '/api/v1/alerts%E2%80%8B', 'alert.createAlert'],
  ['segments the wrong way round', 'GET', '/api/v1/user_123/users/permissions', 'user.getPermissions'],
  ['another service’s door', 'POST', '/api/v1/email/send', 'comms.sendEmail'],
])('%s: the nearest operation is the one that was meant', (_, method, target, operation) => {
  expect(operationsNear(method, target, { body: alert })[0]).toBe(operation)
})

test.each(['/foo/bar/baz', '/x', '/api/v1/nonsense', '/wp-login.php', `/${'a/'.repeat(4000)}`])('where nothing is near, nothing is offered: %#', (target) => {
  expect(explained('GET', target)).toMatchObject({ curl: null, nearest: [] })
})

test('a call at the wrong port is told where the operation is', () => {
  const { told, nearest } = explained('POST', '/api/v1/email/send', { body: { to: ['user_123@example.com'], template: 'signal_notification' } })
  expect(told).toBe('POST /api/v1/email/send: alert has no operation there; comms has it')
  expect(nearest[0]?.criteria.filter(({ met }) => !met)).toEqual([{ part: 'service', met: false, expected: 'comms', got: 'alert', hint: null }])
})

test('of operations at one path the one whose method came is nearest, and the methods that there are are told', () => {
  expect(explained('PUT', '/api/v1/alerts', { problem: 'method-not-allowed', body: alert }).told).toBe('PUT /api/v1/alerts: alert takes POST there, and no PUT')
})

test('a fixed path is not taken for the value of a parameter', () => {
  expect(operationsNear('POST', '/api/v1/entitlements/check', { service: 'marketplace', problem: 'method-not-allowed' })).toEqual([
    'marketplace.checkEntitlement',
  ])
})

test('a value that cannot stand in a path gives way to that of the example', () => {
  expect(explained('GET', '/api/v1/alerts/a%2Fb/status').curl).toContain('/api/v1/alerts/')
  expect(explained('GET', '/api/v1/alerts/a%2Fb/status').curl).not.toContain('%2F')
})

test('of a refused body each member is told: what is missing, what is wrong, what was probably meant', () => {
  const body = { alert_typ: 'signal', user_id: 'user_123', priority: 'hihg', channels: 'ui' }
  expect(explained('POST', '/api/v1/alerts', { problem: 'invalid', operation: 'createAlert', body }).nearest[0]?.body).toEqual([
    { pointer: '/alert_type', change: 'missing', refused: true, expected: expect.any(String), got: null, hint: '"alert_typ" came instead' },
    { pointer: '/priority', change: 'wrong', refused: true, expected: expect.stringContaining('"high"'), got: '"hihg"', hint: 'did you mean "high"?' },
    { pointer: '/channels', change: 'wrong', refused: true, expected: expect.stringContaining('a list'), got: '"ui"', hint: null },
    {
      pointer: '/alert_typ',
      change: 'unexpected',
      refused: false,
      expected: null,
      got: '"signal"',
      hint: 'not known here, and read over; did you mean alert_type?',
    },
  ])
})

test.each([
  ['a space at its end', 'high ', '"high "', 'ends with a space'],
  ['a zero-width space', 'hi\u200bgh', '"hi\\u200bgh"', 'holds a zero-width space (U+200B)'],
  ['a no-break space', 'high\u00a0', '"high\\u00a0"', 'holds a no-break space (U+00A0)'],
  ['a Cyrillic letter', 'h\u0456gh', '"h\\u0456gh"', 'has U+0456 where i (U+0069) looks the same'],
  ['a line end', 'high\r\n', '"high\\r\\n"', 'holds a carriage return (U+000D), holds a line feed (U+000A)'],
])('what the eye misses is shown and named: %s', (_, priority, got, hint) => {
  const { nearest, curl } = explained('POST', '/api/v1/alerts', { problem: 'invalid', operation: 'createAlert', body: { ...alert, priority } })
  expect(nearest[0]?.body).toEqual([expect.objectContaining({ pointer: '/priority', got, hint })])
  expect(curl).toContain('"priority":"high"')
})

test.each([
  ['Python’s str() of a dict', "{'user_id': 'user_123', 'alert_type': 'signal'}", 'it looks like Python’s str() of a dict: send json.dumps of it'],
  ['a form', 'user_id=user_123&alert_type=signal', 'it looks like a form: with httpx and requests, json= instead of data='],
  ['a comma too much', '{"user_id":"user_123","alert_type":"signal",}', 'there is a comma before a closing bracket'],
])('of a body that is no JSON it is told what it is, and what was meant is kept: %s', (_, body, hint) => {
  const { nearest, curl } = explained('POST', '/api/v1/alerts', { problem: 'malformed-body', operation: 'createAlert', body })
  expect(nearest[0]?.criteria.at(-1)).toMatchObject({ part: 'body', met: false, hint })
  expect(curl).toContain(`--data-raw '{"user_id":"user_123","alert_type":"signal"}'`)
})

test.each([
  ['left out', [], null, 'refused'],
  ['not filled in', ['X-Internal-API-Key', '$INTERNAL_API_KEY'], 'X-Internal-API-Key with "$INTERNAL_API_KEY"', 'what should have been filled in was not'],
  ['another secret', ['X-Internal-API-Key', 'mock-gateway-secret-b84d2e6f90a1'], expect.stringContaining('32 characters'), 'that is GATEWAY_SECRET'],
  ['with Bearer before it', ['X-Internal-API-Key', 'Bearer mock-internal-key-7c3e5a9d1f60'], expect.stringContaining('37 characters'), 'takes no "Bearer "'],
  ['in quotes', ['X-Internal-API-Key', '"mock-internal-key-7c3e5a9d1f60"'], expect.stringContaining('32 characters'), 'it stands in quotes'],
  ['under another name', ['X-Api-Key', 'mock-internal-key-7c3e5a9d1f60'], null, 'X-Api-Key came, which is not looked at'],
])('a credential that is %s is told by its form, never as it is', (_, headers, got, hint) => {
  const { text, nearest } = explained('POST', '/api/v1/alerts', { problem: 'unauthorized', operation: 'createAlert', headers, body: alert })
  const credential = nearest[0]?.criteria.find(({ part }) => part === 'credential')
  expect(credential).toMatchObject({ met: false, expected: 'X-Internal-API-Key with INTERNAL_API_KEY', got, hint: expect.stringContaining(hint) })
  expect(text).not.toMatch(/mock-(?:internal|gateway)-/)
})

test('a password is told neither in the difference nor in the command line', () => {
  const { text } = explained('POST', '/v1/auth/login', {
    service: 'user',
    problem: 'invalid',
    operation: 'login',
    body: { email: 'user_123', password: 'Really-Mine-1' },
  })
  expect(text).not.toContain('Really-Mine-1')
})

test('a parameter is judged for itself', () => {
  expect(unmet('GET', '/v1/users/me-too', { service: 'user', problem: 'invalid', operation: 'getUserV1' })?.[0]).toEqual({
    part: 'path',
    met: false,
    expected: 'user_id: a whole number',
    got: 'user_id: "me-too"',
    hint: null,
  })
})

test('the same request is explained in the same words', () => {
  expect(explained('POST', '/alerts/v1', { body: alert })).toEqual(explained('POST', '/alerts/v1', { body: alert }))
})

test('the distance of two paths is 0 for the same, small for a slip, 1 for nothing in common', () => {
  expect(pathDistance('/api/v1/users/user_1/permissions', '/api/v1/users/:user_id/permissions')).toMatchObject({ params: { user_id: 'user_1' } })
  const [same, slip, other] = ['/health', '/heatlh', '/metrics'].map((path) => pathDistance(path, '/health').distance) as [number, number, number]
  expect([same, slip < 0.45, other]).toEqual([0, true, 1])
})
