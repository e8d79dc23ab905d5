import { readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './files.ts'

/** Everything that is loaded with a file: what it imports as values and at once, over and over. */
function loadedWith(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen
  seen.add(file)
  const code = readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')
  for (const [, specifier = ''] of code.matchAll(/^(?:import(?! type)|export(?! type)|\})[^'\n]*? from '([^']+)'/gm)) {
    if (specifier.endsWith('.ts')) loadedWith(relative(root, join(root, dirname(file), specifier)), seen)
    else seen.add(specifier)
  }
  return seen
}

test('a suite starts without loading what only some of its users need', () => {
  const loaded = loadedWith('mocks/index.ts')
  expect(loaded).toContain('mocks/kit/control/open.ts')
  expect(loaded).toContain('zod')
  expect(['express', 'msw', 'yaml', 'ws', 'undici', 'mocks/kit/control/app.ts', 'contracts/kit/openapi.ts'].filter((name) => loaded.has(name))).toEqual([])
})

test('a start in the foreground loads nothing of what one in the background needs', () => {
  const loaded = [...loadedWith('bin/commands/start-all.ts'), ...loadedWith('bin/kit/run-suite.ts')]
  expect(loaded).toContain('bin/kit/lifecycle-flags.ts')
  expect(loaded.filter((name) => name.startsWith('bin/kit/instance/') || name === 'bin/kit/with-parent.ts')).toEqual([])
})
