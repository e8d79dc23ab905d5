import { cpSync, readdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { read } from '../docs/markdown.ts'
import { root } from '../house/files.ts'
import { project } from './team.ts'

/** The files that a page writes, by name. */
export function filesOf(page: string): Record<string, string> {
  const named = read(page).blocks.map(({ words, code }) => [words.find((word) => word.startsWith('file='))?.slice('file='.length), code] as const)
  return Object.fromEntries(named.filter((pair): pair is readonly [string, string] => pair[0] !== undefined))
}

/** A folder with these files, and with mock-suite installed in it as a package is: its files are copies, and what it imports lies beside it. */
export function installed(files: Readonly<Record<string, string>>): string {
  const home = project({ 'package.json': '{ "type": "module" }', ...files })
  for (const part of ['package.json', 'dist/lib', 'scenarios']) cpSync(join(root, part), join(home, 'node_modules/mock-suite', part), { recursive: true })
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (!name.startsWith('.') && name !== 'mock-suite') symlinkSync(join(root, 'node_modules', name), join(home, 'node_modules', name))
  }
  return home
}
