import { validate } from '@readme/openapi-parser'
import { expect, test } from 'vitest'
import { control } from '../../contracts/control.ts'
import type { Contract } from '../../contracts/kit/contract.ts'
import { openapi } from '../../contracts/kit/openapi.ts'
import { contracts } from '../../contracts/services.ts'

const all: Contract[] = Object.values(contracts)

test.each([...all, control])('the document of $service is valid OpenAPI 3.1', async (contract) => {
  const outcome = await validate(structuredClone(openapi([contract], { version: '0.1.0' })) as never)
  expect(outcome).toMatchObject({ valid: true })
})

test('so is the one of all services together, in which every path begins with its service', async () => {
  const document = openapi(all, { version: '0.1.0' })
  expect(await validate(structuredClone(document) as never)).toMatchObject({ valid: true })
  expect(Object.keys(document.paths)).toContain('/config/health')
  expect(Object.values(document.paths).flatMap(Object.keys)).toHaveLength(all.flatMap(({ operations }) => Object.keys(operations)).length)
})

test('every operation tells its evidence, its readers, its refusals and its examples', () => {
  const { paths, components } = openapi([contracts.config], { version: '0.1.0' })
  const operation = paths['/api/v1/secrets/{key}']?.get
  expect(operation).toMatchObject({
    operationId: 'config.getSecret',
    security: [{ Bearer: [] }, { 'X-Internal-API-Key': [] }],
    'x-evidence': 'client',
    parameters: [
      { name: 'key', in: 'path', required: true },
      { name: 'environment', in: 'query', required: false },
    ],
  })
  expect(Object.keys(operation?.responses ?? {})).toEqual(['200', '401', '403', '404', '422'])
  expect(operation?.responses['200']).toMatchObject({
    content: { 'application/json': { schema: { properties: { value: { 'x-read-by': ['common/config_service/client.py', expect.any(String)] } } } } },
  })
  expect(components.securitySchemes).toEqual({
    Bearer: { type: 'http', scheme: 'bearer' },
    'X-Internal-API-Key': { type: 'apiKey', in: 'header', name: 'X-Internal-API-Key' },
  })
})
