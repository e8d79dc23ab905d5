import { visible, visibleLines } from '../../contracts/kit/visible.ts'

/** Text that is longer is shown by its beginning. */
const LONG = 200

/** A table; its cells are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** Text of unknown origin as code, also in a table: nothing in it is markup, and more backticks around it than within. */
export function span(text: string): string {
  const shown = visible(text.length > LONG ? `${text.slice(0, LONG)}…` : text)
  const longest = backticks(shown)
  const fence = '`'.repeat(longest + 1)
  const pad = shown === '' || longest > 0 || /^ .* $/.test(shown) ? ' ' : ''
  return `${fence}${pad}${shown.replaceAll('|', '\\|')}${pad}${fence}`
}

/** Lines of unknown origin as a block of code. */
export function block(text: string): string {
  const shown = visibleLines(text)
  const fence = '`'.repeat(Math.max(2, backticks(shown)) + 1)
  return `${fence}text\n${shown}\n${fence}`
}

/** How many there are in the longest run of them. */
const backticks = (text: string): number => Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
