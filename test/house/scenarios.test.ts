import { readFileSync } from 'node:fs'
import { basename, join, sep } from 'node:path'
import { expect, test } from 'vitest'
import { contracts } from '../../contracts/services.ts'
import { listLibrary } from '../../scenarios/kit/library.ts'
import { readScenario } from '../../scenarios/kit/load.ts'
import { files, root } from './files.ts'

const library = listLibrary()
const textOf = (file: string) => readFileSync(file, 'utf8')
const stage = { contracts: Object.values(contracts) }

test.each(library)('$name keeps the contracts and is called like its file', ({ name, file }) => {
  const read = readScenario(textOf(file), file, stage)
  expect(read.name).toBe(name)
  expect(read.story.trim().split(/\s+/).length).toBeGreaterThan(20)
})

test('every scenario begins with the line by which editors find the language', () => {
  const astray = library.filter(({ file }) => !textOf(file).startsWith('# yaml-language-server: $schema=../kit/scenario.schema.json\nname: '))
  expect(astray).toEqual([])
})

test('no scenario pins a seed: the one who runs it chooses', () => {
  expect(library.filter(({ file }) => /^seed:/m.test(textOf(file)))).toEqual([])
})

test('no two scenarios have the same name, and each lies with its service, or with any', () => {
  expect(new Set(library.map(({ name }) => name)).size).toBe(library.length)
  const folders = new Set(library.map(({ file }) => basename(join(file, '..'))))
  expect([...folders].filter((folder) => folder !== 'any' && !(folder in contracts))).toEqual([])
})

test('every story ends with what a good client does', () => {
  expect(library.filter(({ file }) => !/good (one|client|receiver)|client that is starting|running client/.test(textOf(file).replace(/\s+/g, ' ')))).toEqual([])
})

test('every scenario is played by a test', () => {
  const played = files(join('test', 'scenarios', 'library'))
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => textOf(join(root, file)))
    .join('\n')
  expect(library.map(({ name }) => name).filter((name) => !played.includes(`'${name}'`))).toEqual([])
})

test('every group 1 service is down, slow, flapping, refusing, lying, rate-limited and recovering', () => {
  const services = ['alert', 'comms', 'marketplace', 'watermark', 'metrics', 'user', 'config']
  const wanted = services.flatMap((service) =>
    ['down', 'slow', 'flapping', 'refusing', 'lying', 'rate-limited', 'recovering'].map((kind) => [service, `${service}-${kind}`]),
  )
  const missing = wanted.filter(([service, name]) => !library.some(({ file }) => file.endsWith([service, `${name}.yaml`].join(sep))))
  expect(missing).toEqual([])
})
