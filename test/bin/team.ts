import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { read } from '../docs/markdown.ts'
import { root } from '../house/files.ts'
import { folder } from './folder.ts'

/** A folder for the present test with these files in it. */
export function project(files: Readonly<Record<string, string>>): string {
  const home = folder()
  // The search upwards ends here, whatever lies above the machine's temporary folder.
  mkdirSync(join(home, '.git'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(home, name)), { recursive: true })
    writeFileSync(join(home, name), text)
  }
  return home
}

/** The files that `docs/your-own-services.md` writes. */
export function pageFiles(): Record<string, string> {
  const blocks = read('docs/your-own-services.md').blocks.map(({ words, code }) => [
    words.find((word) => word.startsWith('file='))?.slice('file='.length),
    code,
  ])
  return Object.fromEntries(blocks.filter(([name]) => name !== undefined)) as Record<string, string>
}

/** Those files in a folder of their own, with packages installed beside them. */
export function team(installed: readonly string[] = ['zod']): string {
  const home = project(pageFiles())
  mkdirSync(join(home, 'node_modules'))
  for (const name of installed) symlinkSync(name === 'mock-suite' ? root : join(root, 'node_modules', name), join(home, 'node_modules', name))
  return home
}
