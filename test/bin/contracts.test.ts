import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { contracts } from '../../contracts/services.ts'
import { mockSuite } from './recorder.ts'

test('contracts are listed with their addresses', async () => {
  const { out } = await mockSuite(['contracts', 'list'])
  for (const { service, port } of Object.values(contracts)) expect(out).toMatch(new RegExp(`^ +${service} +${port} `, 'm'))
})

test('a contract shows each of its operations', async () => {
  const { out } = await mockSuite(['contracts', 'show', 'config'])
  expect(out).toContain('Config service')
  expect(out).toMatch(/getSecret +GET +\/api\/v1\/secrets\/:key +client/)
})

test('an operation shows how to call it, who says that it exists, and an example', async () => {
  const { out } = await mockSuite(['contracts', 'show', 'config', 'getSecret'])
  expect(out).toMatch(/GET \/api\/v1\/secrets\/:key +config\.getSecret/)
  expect(out).toMatch(/statuses +200, 404/)
  expect(out).toMatch(/evidence +client/)
  expect(out).toContain('> GET http://config-service:8092/api/v1/secrets/INTERNAL_API_KEY')
  expect(out).toContain('< 200')
})

test('a contract that there is not is refused with the one that was meant', async () => {
  expect(await mockSuite(['contracts', 'show', 'confg'])).toMatchObject({ code: 2, err: expect.stringContaining('Did you mean "config"?') })
  expect(await mockSuite(['contracts', 'show', 'config', 'getSecrt'])).toMatchObject({ code: 2, err: expect.stringContaining('Did you mean "getSecret"?') })
})

test('OpenAPI is the same in JSON and in YAML', async () => {
  const json = JSON.parse((await mockSuite(['contracts', 'openapi', 'config'])).out) as { openapi: string; paths: object }
  const yaml = parse((await mockSuite(['contracts', 'openapi', 'config', '--format', 'yaml'])).out) as object
  expect(json.openapi).toBe('3.1.0')
  expect(Object.keys(json.paths)).toContain('/api/v1/secrets/{key}')
  expect(yaml).toEqual(json)
})

test('for all services each path begins with its service', async () => {
  const { paths } = JSON.parse((await mockSuite(['contracts', 'openapi'])).out) as { paths: object }
  expect(Object.keys(paths)).toContain('/config/api/v1/secrets/{key}')
})
