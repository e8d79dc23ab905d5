import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './files.ts'

interface Locked {
  optionalDependencies?: Record<string, string>
}

test('the lockfile names every optional package, of other platforms too: npm ci refuses one that does not', () => {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, Locked> }
  const missing = Object.entries(packages).flatMap(([place, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !(`node_modules/${name}` in packages) && !(`${place}/node_modules/${name}` in packages))
      .map((name) => `${place} → ${name}`),
  )
  // npm leaves out what its registry does not have. Such an entry needs version, os and cpu, and "optional": true.
  expect(missing).toEqual([])
})
