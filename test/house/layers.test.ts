import { readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { contracts } from '../../contracts/services.ts'
import { files, root } from './files.ts'

const layers = ['contracts', 'scenarios', 'mocks', 'bin']
const sources = files(...layers).filter((file) => file.endsWith('.ts'))

/** What a file imports: specifiers of static and dynamic imports and of re-exports. */
function importsOf(file: string): string[] {
  return [...stripComments(readFileSync(join(root, file), 'utf8')).matchAll(/(?:\bfrom\s+|\bimport\s*\(\s*|^import\s+)'([^']+)'/gm)].map(
    (match) => match[1] as string,
  )
}

test('imports run one way: contracts, scenarios, mocks, bin', () => {
  const upward = sources.flatMap((file) => {
    const layer = layers.indexOf(file.split('/')[0] as string)
    return importsOf(file)
      .filter((specifier) => specifier.startsWith('.'))
      .map((specifier) => relative(root, join(root, dirname(file), specifier)))
      .filter((target) => layers.indexOf(target.split('/')[0] as string) > layer)
      .map((target) => `${file} imports ${target}`)
  })
  expect(upward).toEqual([])
})

test('no file of a kit names a service', () => {
  const names = Object.values(contracts).map(({ service }) => service)
  // Words that mean something else in a kit: a recorded configuration, a person, a moment.
  const ambiguous = new Set(['config', 'user', 'metrics', 'calendar', 'subscription'])
  const named = files('contracts/kit', 'scenarios/kit', 'mocks/kit').flatMap((file) => {
    const code = stripComments(readFileSync(join(root, file), 'utf8'))
    const imports = importsOf(file).filter((specifier) => names.some((name) => specifier.endsWith(`/${name}.ts`)))
    const words = names.filter((name) => !ambiguous.has(name) && new RegExp(`['"\`]${name}['"\`]`).test(code))
    return [...imports, ...words].map((what) => `${file}: ${what}`)
  })
  expect(named).toEqual([])
})

test.each(['msw', 'express', 'yaml', 'ws', 'undici', 'jiti', 'vitest'])('%s is imported by one file at most', (library) => {
  const importers = sources.filter((file) => importsOf(file).some((specifier) => specifier === library || specifier.startsWith(`${library}/`)))
  expect(importers.length, importers.join(', ')).toBeLessThanOrEqual(1)
})

test('time and chance come from the suite', () => {
  const machine = /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\brandomUUID\(/
  const taken = sources.filter((file) => !file.startsWith('bin/') && machine.test(stripComments(readFileSync(join(root, file), 'utf8'))))
  expect(taken).toEqual([])
})

test('a kit file is one thought: 200 lines at most', () => {
  const long = files('contracts/kit', 'scenarios/kit', 'mocks/kit', 'bin/kit')
    .filter((file) => file.endsWith('.ts'))
    .map((file) => ({ file, lines: readFileSync(join(root, file), 'utf8').split('\n').length - 1 }))
    .filter(({ lines }) => lines > 200)
  expect(long).toEqual([])
})

function stripComments(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
}
