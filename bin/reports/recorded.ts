import type { Recorded } from '../kit/recording-session.ts'
import { columns } from './columns.ts'

/** What was kept, for a person: a paragraph a service. */
export function recordedText(recorded: readonly Recorded[]): string {
  return recorded.map(paragraph).join('\n\n')
}

function paragraph({ service, file, kept, lost, operations, redacted, redaction }: Recorded): string {
  if (kept === 0) return `${service}: ${lost === 0 ? 'nothing came, so nothing was kept' : `nothing could be kept of ${counted(lost, 'exchange')}`}`
  const asked = Object.entries(operations)
    .sort(([, one], [, other]) => other - one)
    .map(([operation, times]) => [operation, String(times)])
  const removed = redaction.removed.map(({ kind, values, places }) => [kind, counted(values, 'value'), `in ${counted(places.length, 'place')}`])
  const head = `${service}: ${lost === 0 ? counted(kept, 'exchange') : `${kept} of ${kept + lost} exchanges`} kept in ${file}`
  if (removed.length === 0) return `${head}\n${columns(asked)}\nNothing had to be removed.`
  return `${head}\n${columns(asked)}\nRemoved, from ${counted(redacted, 'exchange')}:\n${columns(removed)}`
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`
