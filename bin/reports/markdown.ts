import { visible } from '../../contracts/kit/visible.ts'

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
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  const pad = shown === '' || longest > 0 || /^ .* $/.test(shown) ? ' ' : ''
  return `${fence}${pad}${shown.replaceAll('|', '\\|')}${pad}${fence}`
}
