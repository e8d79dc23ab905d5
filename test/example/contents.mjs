// What a packed package holds: all that it promises, nothing of this machine, and no more than it may weigh.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** In bytes: packed, and on the disk of whoever installs it. Each command is a bundle of its own, which costs disk and saves time. */
const BOUND = { packed: 10_000_000, unpacked: 40_000_000 }
/** What may be in it, by its beginning. */
const MAY = ['dist/bin/', 'dist/lib/', 'dist/types/', 'scenarios/', 'bin/kit/output.schema.json', 'package.json', 'README.md', 'CHANGELOG.md', 'LICENSE']

const [tarball] = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'mock-suite-contents-'))
try {
  execFileSync('tar', ['-xzf', tarball, '-C', folder])
  const root = join(folder, 'package')
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = files.map(({ parentPath, name }) => join(parentPath, name).slice(root.length + 1))
  const { bin, exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

  const promised = [...Object.values(bin), ...Object.values(exports).flatMap((door) => (typeof door === 'string' ? [door] : Object.values(door)))]
  for (const path of promised) assert.ok(paths.includes(join(path)), `${path} is promised, and not there`)
  for (const program of Object.values(bin)) {
    assert.ok(readFileSync(join(root, program), 'utf8').startsWith('#!/usr/bin/env node\n'), `${program} does not say what runs it`)
  }
  assert.deepEqual(
    paths.filter((path) => !MAY.some((may) => path.startsWith(may))),
    [],
    'nobody needs these',
  )
  assert.deepEqual(
    paths.filter((path) => /\.(test|map)\b|(?<!\.d)\.ts$|(^|\/)test\//.test(path)),
    [],
    'tests, maps and sources stay at home',
  )

  const here = [resolve(import.meta.dirname, '../..'), homedir()].filter((path) => path !== '/')
  const telling = paths.filter((path) => here.some((own) => readFileSync(join(root, path), 'latin1').includes(`${own}/`)))
  assert.deepEqual(telling, [], 'these name a folder of this machine')

  const unpacked = paths.reduce((sum, path) => sum + statSync(join(root, path)).size, 0)
  const packed = statSync(tarball).size
  assert.ok(packed <= BOUND.packed && unpacked <= BOUND.unpacked, `${packed} bytes packed, ${unpacked} unpacked: more than it may weigh`)
  console.log(`${paths.length} files, ${(packed / 1e6).toFixed(1)} MB packed, ${(unpacked / 1e6).toFixed(1)} MB unpacked`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
