import { readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect } from 'vitest'
import { root } from '../house/files.ts'

/**
 * Holds a part of a page, between `<!-- name -->` and `<!-- /name -->`, to what the code says.
 * With `UPDATE_DOCS=1` the test writes the part instead.
 */
export function expectPart(page: string, name: string, lines: readonly string[]): void {
  const path = join(root, page)
  const text = readFileSync(path, 'utf8')
  const [begin, end] = [`<!-- ${name} -->\n`, `\n<!-- /${name} -->`]
  const [from, to] = [text.indexOf(begin) + begin.length, text.indexOf(end)]
  expect(from >= begin.length && to >= from - 1, `${page} has a part between <!-- ${name} --> and <!-- /${name} -->`).toBe(true)
  const wanted = lines.join('\n').trim()
  const file = relative(root, expect.getState().testPath ?? '')
  if (process.env.UPDATE_DOCS) writeFileSync(path, `${text.slice(0, from)}\n${wanted}\n${text.slice(to)}`)
  else expect(text.slice(from, to).trim().split('\n'), `${page}: run UPDATE_DOCS=1 npx vitest run ${file}`).toEqual(wanted.split('\n'))
}

/** Rows as a Markdown table. */
export function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)]
}

/** As code, if there is any. */
export const code = (text: string | number | boolean | null | undefined): string => (text === null || text === undefined || text === '' ? '–' : `\`${text}\``)

export const codes = (texts: readonly (string | number)[]): string => (texts.length === 0 ? '–' : texts.map((text) => `\`${text}\``).join(', '))
