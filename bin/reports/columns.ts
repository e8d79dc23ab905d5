/** Rows as aligned columns; every cell but the last is filled up to the widest of its column. */
export function columns(rows: readonly (readonly string[])[], { indent = '  ', gap = '  ' }: { indent?: string; gap?: string } = {}): string {
  const widths: number[] = []
  for (const row of rows) for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length)
  return rows
    .map((row) => `${indent}${row.map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at] as number))).join(gap)}`.trimEnd())
    .join('\n')
}
