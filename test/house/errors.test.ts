import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { files, root } from './files.ts'

const declared = [
  ...(/type ErrorCode =([\s\S]*?)\n\n/.exec(readFileSync(join(root, 'contracts/kit/error.ts'), 'utf8'))?.[1] ?? '').matchAll(/'([\w-]+)'/g),
].map(([, code]) => code)
const documented = [...readFileSync(join(root, 'docs/errors.md'), 'utf8').matchAll(/^\| `([\w-]+)` \|/gm)].map(([, code]) => code)

test('every error code is explained in docs/errors.md, and every explained one exists', () => {
  expect(declared.length).toBeGreaterThan(5)
  expect(documented.toSorted()).toEqual(declared.toSorted())
})

test('every error code is raised somewhere', () => {
  const code = files('contracts', 'scenarios', 'mocks', 'bin')
    .filter((file) => file.endsWith('.ts') && file !== 'contracts/kit/error.ts')
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .join('\n')
  expect(declared.filter((name) => !code.includes(`'${name}'`))).toEqual([])
})
