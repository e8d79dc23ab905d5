import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../house/files.ts'

/** How long the compiler may take, in milliseconds. */
export const PATIENCE = 120_000

/** What the compiler, and the formatter, say of TypeScript that a user would have in a repository of their own. */
export async function complaintsAbout(files: Readonly<Record<string, string>>): Promise<{ types: string[]; format: string }> {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'mock-suite-draft-')))
  try {
    symlinkSync(join(root, 'node_modules'), join(home, 'node_modules'))
    cpSync(join(root, 'biome.json'), join(home, 'biome.json'))
    writeFileSync(join(home, 'package.json'), '{ "type": "module" }')
    const compilerOptions = { paths: { 'mock-suite/contracts': [join(root, 'contracts/index.ts')] }, noUnusedLocals: true }
    writeFileSync(
      join(home, 'tsconfig.json'),
      JSON.stringify({ extends: join(root, 'tsconfig.json'), compilerOptions, include: [], files: Object.keys(files) }),
    )
    for (const [name, text] of Object.entries(files)) writeFileSync(join(home, name), text)
    const [types, format] = await Promise.all([
      run('tsc', ['-p', home, '--pretty', 'false'], home),
      run('biome', ['format', '--vcs-enabled=false', '--colors=off', ...Object.keys(files)], home),
    ])
    return { types: types.output.split('\n').filter((line) => line.includes('error TS')), format: format.good ? '' : format.output }
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

function run(tool: string, words: readonly string[], cwd: string): Promise<{ output: string; good: boolean }> {
  return new Promise((resolve) => {
    execFile(join(root, 'node_modules/.bin', tool), words, { cwd, timeout: PATIENCE, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      resolve({ output: stdout + stderr, good: error === null })
    })
  })
}
