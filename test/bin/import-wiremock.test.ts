import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { folder } from './folder.ts'
import { mockSuite } from './recorder.ts'

const prices = { request: { method: 'GET', urlPath: '/prices' }, response: { jsonBody: { price: 1 }, fixedDelayMilliseconds: 200 } }

test('a root folder of WireMock becomes a contract, a mock and a scenario, called after it', async () => {
  const out = folder()
  const { code, err } = await mockSuite(['import', 'wiremock', saved('ticker-service/mappings/prices.json', prices, 2), '--out', out, '--inside'])
  expect({
    code,
    files: readdirSync(out, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.includes('.'))
      .sort(),
  }).toEqual({
    code: 0,
    files: ['contracts/ticker.ts', 'mocks/ticker.ts', 'scenarios/ticker/ticker-as-in-wiremock.yaml'],
  })
  expect(err).toContain(`wrote ${join(out, 'contracts/ticker.ts')}`)
})

test('the scenario is as the library has them: a line for editors, and a story that ends with what a good client does', async () => {
  const { out } = await mockSuite(['import', 'wiremock', saved('ticker-service/mappings/prices.json', prices, 2), '--inside'])
  expect(out).toContain('# yaml-language-server: $schema=../kit/scenario.schema.json\nname: ticker-as-in-wiremock\nstory: ')
  expect(out.replace(/\s+/g, ' ')).toContain('A good client waits no longer than its own deadline')
})

test('none of the files is written over, and then none is written', async () => {
  const [root, out] = [saved('ticker-service/mappings/prices.json', prices, 2), folder()]
  mkdirSync(join(out, 'mocks'))
  writeFileSync(join(out, 'mocks/ticker.ts'), 'mine')
  const words = ['import', 'wiremock', root, '--out', out]
  expect(await mockSuite(words)).toMatchObject({ code: 2, err: expect.stringContaining('is there already') })
  expect([readFileSync(join(out, 'mocks/ticker.ts'), 'utf8'), existsSync(join(out, 'contracts'))]).toEqual(['mine', false])
  expect(await mockSuite([...words, '--force'])).toMatchObject({ code: 0 })
})

test.each([
  ['{"request": {', /could not read x\.json/],
  ['{"hello": "world"}', /could not find a mapping/],
  ['{"request": {"urlPath": "/x", "customMatcher": {}}, "response": {}}', /could not carry over a single mapping:\n {2}.*customMatcher/],
])('a file with %s is refused, and why', async (text, message) => {
  const file = join(folder(), 'x.json')
  writeFileSync(file, text)
  const { code, err, out } = await mockSuite(['import', 'wiremock', file, '--service', 'x'])
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toMatch(message)
})

/** A file of mappings in a folder of its own, and the folder that lies so many names above it. */
function saved(name: string, mapping: object, above: number): string {
  let place = join(folder(), name)
  mkdirSync(dirname(place), { recursive: true })
  writeFileSync(place, JSON.stringify(mapping))
  for (let step = 0; step < above; step += 1) place = dirname(place)
  return place
}
