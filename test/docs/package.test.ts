import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../house/files.ts'
import { pages } from './markdown.ts'

interface Door {
  types: string
  default: string
}

const { exports, files, peerDependencies, peerDependenciesMeta } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  exports: Record<string, Door | string>
  files: string[]
  peerDependencies: Record<string, string>
  peerDependenciesMeta: Record<string, { optional: boolean }>
}
const doors = Object.entries(exports).flatMap(([name, door]) => (typeof door === 'string' ? [] : [{ name, ...door }]))

test.each(doors)('the door $name leads to a file that the build makes, and its types to the source behind it', ({ types, default: built }) => {
  const source = types.replace('./dist/types/', '').replace(/\.d\.ts$/, '.ts')
  const entry = built.replace('./dist/lib/', '').replace(/\.js$/, '')
  expect(existsSync(join(root, source)), source).toBe(true)
  expect(readFileSync(join(root, 'bin/build.mjs'), 'utf8')).toMatch(new RegExp(`'?${entry}'?: '${source}'`))
  expect(readFileSync(join(root, 'tsconfig.build.json'), 'utf8')).toContain(`"${source}"`)
  expect(files.some((folder) => built.startsWith(`./${folder}/`))).toBe(true)
})

test('every door is one that the pages know', () => {
  const text = pages.map((page) => readFileSync(join(root, page), 'utf8')).join('\n')
  for (const { name } of doors) expect(text).toContain(`'${name.replace('.', 'mock-suite')}'`)
})

test('msw and vitest are wanted by those alone who use them', () => {
  expect(Object.keys(peerDependencies)).toEqual(['msw', 'vitest'])
  expect(peerDependenciesMeta).toEqual({ msw: { optional: true }, vitest: { optional: true } })
})
