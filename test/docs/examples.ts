import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { files, root } from '../house/files.ts'
import { type Block, pages, read } from './markdown.ts'

/** A piece of TypeScript that somebody may paste. */
export interface Example {
  /** `docs/library.md:12`: where its first line stands. */
  id: string
  file: string
  line: number
  code: string
  /** Run, and not just type-checked. */
  runs: boolean
}

/** Every `ts` block of a page that stands alone, and every `@example` of the code. */
export function allExamples(): Example[] {
  const blocks = pages
    .flatMap((page) => read(page).blocks)
    .filter(({ language, words }) => language === 'ts' && !words.some((word) => word.startsWith('file=')))
  return [
    ...blocks.map(ofBlock),
    ...files('contracts', 'scenarios', 'mocks', 'bin')
      .filter((file) => file.endsWith('.ts'))
      .flatMap(ofSource),
  ]
}

function ofBlock({ file, line, code, words }: Block): Example {
  return { id: `${file}:${line}`, file, line, code, runs: !words.includes('no-run') }
}

/** The lines below `@example`, up to the next tag or the end of the comment. */
function ofSource(file: string): Example[] {
  const lines = readFileSync(join(root, file), 'utf8').split('\n')
  return lines.flatMap((text, at) => {
    if (!/^\s*\* @example\b/.test(text)) return []
    const after = lines.slice(at + 1)
    const end = after.findIndex((line) => /^\s*\*\/|^\s*\* @/.test(line))
    const code = after.slice(0, end).map((line) => line.replace(/^\s*\* ?/, ''))
    return [{ id: `${file}:${at + 2}`, file, line: at + 2, code: `${code.join('\n')}\n`, runs: true }]
  })
}
