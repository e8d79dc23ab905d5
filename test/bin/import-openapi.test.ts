import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { evaluated } from '../contracts/evaluated.ts'
import { folder } from './folder.ts'
import { mockSuite } from './recorder.ts'

const document = 'test/contracts/fixtures/openapi/fastapi-0.115.json'

test('a draft goes to standard output, what it leaves out to standard error', async () => {
  const { code, out, err } = await mockSuite(['import', 'openapi', document, '--service', 'shop', '--port', '8123'])
  expect(code).toBe(0)
  expect(evaluated(out)).toMatchObject({ service: 'shop', port: 8123 })
  expect(err).toContain('note: GET /api/v1/products/: the cookie parameter session is not told')
})

test('into a folder it goes under its own name, and over nothing that is there', async () => {
  const out = folder()
  const words = ['import', 'openapi', document, '--out', out]
  expect(await mockSuite(words)).toMatchObject({ code: 0, out: '' })
  expect(evaluated(readFileSync(join(out, 'marketplace.ts'), 'utf8')).service).toBe('marketplace')
  expect(await mockSuite(words)).toMatchObject({ code: 2, err: expect.stringContaining('is there already') })
  expect(await mockSuite([...words, '--force'])).toMatchObject({ code: 0 })
})

test('--json tells what was drafted', async () => {
  const { json } = await mockSuite(['import', 'openapi', 'test/contracts/fixtures/openapi/pets.yaml', '--json', '--inside'])
  expect(json()).toMatchObject({
    service: 'pet-store',
    port: 8443,
    operations: expect.arrayContaining(['listPets']),
    text: expect.stringContaining("from './kit/contract.ts'"),
  })
})

test.each([
  ['a: [1', /broken\.yaml:1:\d+: /],
  ['{"swagger": "2.0"}', /it is Swagger 2\.0/],
  ['a: &a [*a, *a]\nb: &b [*a, *a]', /it cannot be told as JSON/],
  ['plain words', /it is no object/],
])('a file with %j is refused, and why', async (text, message) => {
  const file = join(folder(), 'broken.yaml')
  writeFileSync(file, text)
  const { code, err, out } = await mockSuite(['import', 'openapi', file])
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toMatch(message)
})

test('a file that is not there is refused', async () => {
  expect(await mockSuite(['import', 'openapi', 'nowhere.json'])).toMatchObject({ code: 2, err: expect.stringContaining('could not read nowhere.json') })
})

test('a service is called in lower case', async () => {
  expect(await mockSuite(['import', 'openapi', document, '--service', '../x'])).toMatchObject({ code: 2, err: expect.stringContaining('in lower case') })
})

test('a file in the place of a folder is no bug of ours', async () => {
  const file = join(folder(), 'plain.ts')
  writeFileSync(file, '')
  const { code, err } = await mockSuite(['import', 'openapi', document, '--out', join(file, 'orders.ts')])
  expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(/could not write .*orders\.ts: .*Give another --out\./) })
})
