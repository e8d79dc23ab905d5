import { expect, test } from 'vitest'
import { config } from '../../../contracts/config.ts'
import { redirect } from '../../../scenarios/kit/faults/redirect.ts'
import { answered, armed, target } from '../strike.ts'

const request = { target: '/api/v1/secrets/KEY?environment=dev', rawHeaders: ['Host', '127.0.0.1:8100'] }
const located = (location: string) => ['content-length', '0', 'location', location]

test('without an address it leads back to where it came from, as Starlette writes it', async () => {
  expect(await answered(armed(redirect).strike, { request })).toEqual({
    status: 307,
    headers: ['date', 'Sat, 17 Jan 2026 09:15:30 GMT', 'server', 'uvicorn', ...located('http://127.0.0.1:8100/api/v1/secrets/KEY?environment=dev')],
    body: '',
  })
})

test('it leads to a path of the same service, or anywhere', async () => {
  const to = async (written: object) => await answered(armed(redirect, written).strike, { request })
  expect(await to({ to: '/health' })).toMatchObject({ headers: expect.arrayContaining(located('http://127.0.0.1:8100/health')) })
  expect(await to({ to: 'https://example.com/login', code: 302 })).toMatchObject({
    status: 302,
    headers: expect.arrayContaining(located('https://example.com/login')),
  })
})

test('an address that is none, and a status that no operation declares, are refused', () => {
  expect(() => armed(redirect, { to: 'health' })).toThrow('is neither a path nor an address')
  expect(armed(redirect, { to: '/two\nlines' }).judged).toContain('HTTP cannot carry the headers')
  expect(redirect.check?.({}, target(config, 'health'), false)).toBeUndefined()
  expect(redirect.check?.({ code: 302 }, target(config, 'health'), false)).toContain('config.health does not declare 302')
  expect(armed(redirect, { to: '/health', code: 308 }).told).toBe('answer 308 to /health')
})
