import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { root } from '../house/files.ts'
import { type Block, read } from './markdown.ts'

/** How long the compiler and the tests may take together, in milliseconds. */
export const PATIENCE = 240_000

/** A copy of the project, which may be changed. */
export interface Copy {
  folder: string
  /** What the compiler says of some of its files. */
  compile(paths: readonly string[]): Promise<string[]>
  /** A tool of the project, run in the copy. */
  run(tool: string, words: readonly string[]): Promise<{ output: string; good: boolean }>
  remove(): void
}

/** A copy with all that a page says written into it. */
export interface Guide extends Omit<Copy, 'compile'> {
  /** The files that the page writes or changes, in its order. */
  paths: readonly string[]
  /** What the compiler says of them. */
  compile(): Promise<string[]>
}

/** Follows a page: its blocks with `file=` go into a copy of the project. */
export function follow(page: string): Guide {
  const blocks = read(page).blocks.flatMap((block) => {
    const file = block.words.find((word) => word.startsWith('file='))?.slice('file='.length)
    return file === undefined ? [] : [{ ...block, path: file }]
  })
  const copy = copyOfProject()
  for (const block of blocks) apply(copy.folder, block)
  const paths = blocks.map(({ path }) => path)
  return { ...copy, paths, compile: () => copy.compile(paths) }
}

const FOLDERS = ['contracts', 'scenarios', 'mocks', 'bin', 'test', 'docs']
const PARTS = [...FOLDERS, 'package.json', 'package-lock.json', 'tsconfig.json', 'vitest.config.ts', 'biome.json']

/** Sources, tests and pages; the packages are those that are installed here. */
export function copyOfProject(): Copy {
  const project = realpathSync(mkdtempSync(join(tmpdir(), 'mock-suite-guide-')))
  for (const part of PARTS) cpSync(join(root, part), join(project, part), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'))
  return {
    folder: project,
    async compile(paths) {
      writeFileSync(join(project, '.tsconfig.guide.json'), JSON.stringify({ extends: './tsconfig.json', include: [], files: paths }))
      const { output } = await runIn(project, 'tsc', ['-p', '.tsconfig.guide.json', '--pretty', 'false'])
      return output.split('\n').filter((line) => paths.some((path) => line.includes(path)))
    },
    run: (tool, words) => runIn(project, tool, words),
    remove: () => rmSync(project, { recursive: true, force: true }),
  }
}

/** A block of TypeScript is the file; one of differences goes into it. */
function apply(project: string, { file: page, path, language, code, line }: Block & { path: string }): void {
  const file = join(project, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, language === 'diff' ? patched(readFileSync(file, 'utf8'), code, `${page}:${line}`) : code)
}

/** Puts each line that begins with `+` behind the line before it. */
function patched(text: string, difference: string, where: string): string {
  const lines = text.split('\n')
  let at = 0
  for (const change of difference.trimEnd().split('\n')) {
    if (change.startsWith('+')) lines.splice(at++, 0, change.slice(1))
    else {
      const found = lines.indexOf(change.slice(1), at)
      if (found === -1) throw new Error(`${where}: there is no line ${JSON.stringify(change.slice(1))}`)
      at = found + 1
    }
  }
  return lines.join('\n')
}

function runIn(project: string, tool: string, words: readonly string[]): Promise<{ output: string; good: boolean }> {
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0', UPDATE_DOCS: '' }
  return new Promise((resolve) => {
    execFile(join(root, 'node_modules/.bin', tool), words, { cwd: project, env, timeout: PATIENCE, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      resolve({ output: stdout + stderr, good: error === null })
    })
  })
}
