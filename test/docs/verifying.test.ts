import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { FAILING_KINDS, FINDING_KINDS } from '../../contracts/verification.ts'
import { root } from '../house/files.ts'

test('docs/verifying.md tells every kind of finding, and which of them fail', () => {
  const [, table = ''] = /<!-- kinds -->\n([\s\S]*)\n<!-- \/kinds -->/.exec(readFileSync(join(root, 'docs/verifying.md'), 'utf8')) ?? []
  const rows = [...table.matchAll(/^\| `([\w-]+)` \| .+ \| (.+) \|$/gm)].map(([, kind, fails]) => [kind, fails])
  expect(rows).toEqual(FINDING_KINDS.map((kind) => [kind, FAILING_KINDS.includes(kind) ? 'yes' : 'with `--strict`']))
})
