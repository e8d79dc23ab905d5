import { expect, test } from 'vitest'
import { alert } from '../../../contracts/alert.ts'
import { metrics } from '../../../contracts/metrics.ts'
import { contracts } from '../../../contracts/services.ts'
import { user } from '../../../contracts/user.ts'
import { status } from '../../../scenarios/kit/faults/status.ts'
import { answered, armed, target } from '../strike.ts'

const createAlert = { contract: alert, operation: 'createAlert' }

test('a failure without a body is told in the words of the framework, dressed as its server dresses it', async () => {
  expect(await answered(armed(status, { code: 500 }).strike, createAlert)).toEqual({
    status: 500,
    headers: ['date', 'Sat, 17 Jan 2026 09:15:30 GMT', 'server', 'uvicorn', 'content-length', '21', 'content-type', 'text/plain; charset=utf-8'],
    body: 'Internal Server Error',
  })
  expect(await answered(armed(status, { code: 503 }).strike, createAlert)).toMatchObject({ status: 503, body: '{"detail":"Service Unavailable"}' })
  expect(await answered(armed(status, { code: 503 }).strike, { contract: metrics, operation: 'health' })).toMatchObject({ body: 'Service Unavailable\n' })
})

test('where the operation shows an example, that is what it says', async () => {
  const secret = { contract: contracts.config, operation: 'getSecret' }
  expect(await answered(armed(status, { code: 404 }).strike, secret)).toMatchObject({ status: 404, body: expect.stringMatching(/^\{"detail":".+"\}$/) })
})

test('a success can be told too: it is made up, and nothing is done', async () => {
  const reply = await answered(armed(status, { code: 201 }).strike, createAlert)
  expect(reply).toMatchObject({ status: 201, body: expect.stringContaining('"alert_id"') })
})

test('when to come again is told in the header, and wherever the body counts the seconds', async () => {
  const notification = { contract: contracts.comms, operation: 'createNotification' }
  expect(await answered(armed(status, { code: 429, retry_after: 7 }).strike, notification)).toMatchObject({
    headers: expect.arrayContaining(['retry-after', '7']),
    body: '{"error":"Rate limit exceeded","retry_after":7}',
  })
  const login = await answered(armed(status, { code: 429 }).strike, { contract: user, operation: 'login' })
  expect(login).toMatchObject({ headers: expect.arrayContaining(['retry-after', '60']), body: '{"detail":"Too Many Requests"}' })
})

test('a body and headers of one’s own are sent as they are', async () => {
  const own = { code: 502, body: '<h1>Bad Gateway</h1>', headers: { 'Content-Type': 'text/html', 'X-Cache': 'miss' }, retry_after: 3 }
  expect(await answered(armed(status, own).strike, createAlert)).toEqual({
    status: 502,
    headers: [
      'date',
      'Sat, 17 Jan 2026 09:15:30 GMT',
      'server',
      'uvicorn',
      'retry-after',
      '3',
      'X-Cache',
      'miss',
      'content-length',
      '20',
      'content-type',
      'text/html',
    ],
    body: '<h1>Bad Gateway</h1>',
  })
  expect(await answered(armed(status, { code: 404, body: { detail: 'gone' } }).strike, createAlert)).toMatchObject({ body: '{"detail":"gone"}' })
})

test('what no operation takes is answered as well', async () => {
  expect(await answered(armed(status, { code: 404 }).strike, { contract: alert, operation: undefined })).toMatchObject({ body: '{"detail":"Not Found"}' })
})

test('a status that the operation does not declare is refused, unless the rule says why', () => {
  const check = (written: object, excused = false) => status.check?.(armed(status, written).options, target(alert, 'createAlert'), excused)
  expect(check({ code: 503 })).toBe(
    'alert.createAlert does not declare 503. It declares 201, 307, 400, 401, 403, 404, 405, 413, 422, 500; or say why with off_contract: a load balancer answers',
  )
  expect(check({ code: 503 }, true)).toBeUndefined()
  expect(check({ code: 500 })).toBeUndefined()
})

test('a body that the contract would not take is refused, unless the rule says why', () => {
  const check = (body: unknown, excused = false) => status.check?.(armed(status, { code: 404, body }).options, target(alert, 'createAlert'), excused)
  expect(check({ detail: 'gone' })).toBeUndefined()
  expect(check({ detail: 17 })).toBe(
    'alert.createAlert cannot say this with 404: body /detail Invalid input: expected string, received number; or say why with off_contract',
  )
  expect(check({ detail: 17 }, true)).toBeUndefined()
})

test('what HTTP cannot carry is refused', () => {
  expect(armed(status, { code: 204, body: {} }).judged).toBe('a 204 has no body')
  expect(armed(status, { code: 503, headers: { 'content-length': '5' } }).judged).toContain('content-length is counted, not given')
  expect(armed(status, { code: 503, headers: { 'x-note': 'two\nlines' } }).judged).toContain('HTTP cannot carry the headers')
  expect(armed(status, { code: 503, headers: { 'x-note': 'one line' } }).judged).toBeUndefined()
})

test('in words it tells the status, and what is said besides', () => {
  expect(armed(status, { code: 503 }).told).toBe('answer 503')
  expect(armed(status, { code: 503, body: null, retry_after: 5 }).told).toBe('answer 503 with a body of its own, retry after 5 s')
})
