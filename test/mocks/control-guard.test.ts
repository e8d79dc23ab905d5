import { expect, test } from 'vitest'
import { checkPlace, checkToken } from '../../mocks/kit/control/guard.ts'

const gate = { names: ['mock-suite', '0.0.0.0', 'ci-runner'], token: undefined }
const call = (host: string | undefined, origin?: string) => checkPlace({ host, origin, localAddress: '::ffff:172.17.0.2' }, gate)

test.each([
  'localhost:8070',
  'LOCALHOST',
  'api.localhost:8070',
  '127.0.0.1:8070',
  '127.9.9.9',
  '[::1]:8070',
  'mock-suite:8070',
  'mock-suite.',
  'ci-runner',
  '0.0.0.0:8070',
  '172.17.0.2:8070',
])('it answers as %s', (host) => {
  expect(call(host)).toBeUndefined()
})

test.each([
  undefined,
  '',
  'evil.example',
  'evil.example:8070',
  'localhost.evil.example',
  'mock-suite.evil.example',
  '127.0.0.1.evil.example',
  '127.0.0.1@evil.example',
  '10.0.0.1',
  '[::2]',
  'localhost:8070:80',
])('a page that points the name %s here is refused', (host) => {
  expect(call(host)).toMatchObject({ kind: 'forbidden' })
})

test('a page of its own may ask; one of anywhere else may not', () => {
  expect(call('localhost:8070', 'http://localhost:8070')).toBeUndefined()
  expect(call('LocalHost:8070', 'http://localhost:8070')).toBeUndefined()
  for (const origin of ['http://localhost:3000', 'https://localhost:8070', 'http://evil.example', 'null', '']) {
    expect(call('localhost:8070', origin), origin).toMatchObject({ kind: 'forbidden' })
  }
})

test('without a token everybody may ask; with one, only who has it', () => {
  const check = (authorization: string | undefined) => checkToken(authorization, { ...gate, token: 's3cret' })
  expect(checkToken(undefined, gate)).toBeUndefined()
  expect(check('Bearer s3cret')).toBeUndefined()
  expect(check('bearer  s3cret')).toBeUndefined()
  expect(check(undefined)).toMatchObject({ kind: 'unauthorized', challenge: 'Bearer' })
  for (const wrong of ['Bearer s3cre', 'Bearer s3cret!', 'Bearer S3CRET']) {
    expect(check(wrong), wrong).toMatchObject({ kind: 'unauthorized', challenge: 'Bearer error="invalid_token"' })
  }
  for (const none of ['', 'Bearer', 'Bearer ', 's3cret', 'Basic s3cret']) expect(check(none), none).toMatchObject({ challenge: 'Bearer' })
})
