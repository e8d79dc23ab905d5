import type { Recorded } from '../kit/recording-session.ts'
import { columns } from './columns.ts'

/** What was kept, for a person: a paragraph a service. */
export function recordedText(recorded: readonly Recorded[]): string {
  return recorded.map(paragraph).join('\n\n')
}

function paragraph({ service, file, kept, operations, redacted }: Recorded): string {
  if (kept === 0) return `${service}: nothing came, so nothing was kept`
  const rows = Object.entries(operations)
    .sort(([, one], [, other]) => other - one)
    .map(([operation, times]) => [operation, String(times)])
  const head = `${service}: ${kept} ${kept === 1 ? 'exchange' : 'exchanges'} kept in ${file}; something was removed from ${redacted}`
  return `${head}\n${columns(rows)}`
}
