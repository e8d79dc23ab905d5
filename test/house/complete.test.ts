import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { contracts } from '../../contracts/services.ts'
import { services } from '../../mocks/services.ts'
import { root } from './files.ts'

test.each(Object.keys(contracts))('%s has a contract, a mock and a test, and a line in each index', (name) => {
  const anyOf = (...paths: string[]) => paths.some((path) => existsSync(join(root, path)))
  expect(contracts[name as keyof typeof contracts].service).toBe(name)
  expect(Object.keys(services)).toContain(name)
  expect(anyOf(`contracts/${name}.ts`, `contracts/${name}/index.ts`), 'contract').toBe(true)
  expect(anyOf(`mocks/${name}.ts`, `mocks/${name}/index.ts`), 'mock').toBe(true)
  expect(anyOf(`test/services/${name}.test.ts`), 'test').toBe(true)
})

test('both indexes name the same services, in the same order', () => {
  expect(Object.keys(services)).toEqual(Object.keys(contracts))
})

test('no two services want the same port or the same name', () => {
  const all = Object.values(contracts)
  expect(new Set(all.map(({ port }) => port)).size).toBe(all.length)
  expect(new Set(all.map(({ host }) => host)).size).toBe(all.length)
})

test('the top level is the one that was agreed', () => {
  const visible = readdirSync(root).filter((name) => !name.startsWith('.') && !['node_modules', 'dist', 'coverage'].includes(name))
  const agreed = [
    'CHANGELOG.md',
    'Dockerfile',
    'LICENSE',
    'README.md',
    'action.yml',
    'bin',
    'biome.json',
    'clients',
    'compose.yaml',
    'contracts',
    'deploy',
    'docs',
    'knip.json',
    'mocks',
    'package-lock.json',
    'package.json',
    'scenarios',
    'test',
    'tsconfig.build.json',
    'tsconfig.json',
    'vitest.config.ts',
  ]
  expect(visible.filter((name) => !agreed.includes(name))).toEqual([])
})
