import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { files, root } from '../house/files.ts'

/** Every page that people read, as paths from the project's root. */
export const pages: readonly string[] = [
  ...['README.md', 'CHANGELOG.md'].filter((page) => existsSync(join(root, page))),
  ...files('docs', 'contracts', 'scenarios', 'mocks', 'bin').filter((file) => file.endsWith('.md')),
]

/** A fenced block of a page. */
export interface Block {
  file: string
  /** Of its first line of code, counted from 1. */
  line: number
  language: string
  /** What stands behind the language: `no-run`, `file=contracts/ledger.ts`. */
  words: readonly string[]
  code: string
}

interface Reading {
  blocks: Block[]
  /** The page without its blocks, each line where it was. */
  prose: string[]
}

/** A page taken apart. */
export function read(file: string): Reading {
  const reading: Reading = { blocks: [], prose: [] }
  let open: { fence: string; block: Block; lines: string[] } | undefined
  for (const [at, line] of readFileSync(join(root, file), 'utf8').split('\n').entries()) {
    const fence = /^\s*(`{3,})/.exec(line)?.[1]
    if (open !== undefined && line.trim() === open.fence) {
      reading.blocks.push({ ...open.block, code: `${open.lines.join('\n')}\n` })
      open = undefined
    } else if (open !== undefined) open.lines.push(line)
    else if (fence !== undefined) {
      const [language = '', ...words] = line.trim().slice(fence.length).trim().split(/\s+/)
      open = { fence, block: { file, line: at + 2, language, words, code: '' }, lines: [] }
    }
    reading.prose.push(open === undefined && fence === undefined ? line : '')
  }
  if (open !== undefined) throw new Error(`${file}:${open.block.line}: a block that does not end`)
  return reading
}

/** The names by which the headings of a page can be linked to, as GitHub makes them. */
export function anchorsOf(file: string): string[] {
  const seen = new Map<string, number>()
  return read(file).prose.flatMap((line) => {
    const heading = /^#{1,6}\s+(.+?)\s*#*$/.exec(line)?.[1]
    if (heading === undefined) return []
    const slug = slugOf(heading)
    const before = seen.get(slug) ?? 0
    seen.set(slug, before + 1)
    return [before === 0 ? slug : `${slug}-${before}`]
  })
}

function slugOf(heading: string): string {
  return heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-')
}
