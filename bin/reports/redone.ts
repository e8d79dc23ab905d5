import { visible } from '../../contracts/kit/visible.ts'
import type { Difference } from '../../mocks/kit/day/differences.ts'
import type { Redone } from '../../mocks/kit/day/redo.ts'
import type { Terminal } from '../kit/terminal.ts'
import { plural } from './plural.ts'

type Told = Omit<Redone, 'suite'> & { lane: number }

/** How many differences are told in full. */
const MOST = 10

/** `412 of 412 exchanges gave the same outcome`, and the first of what differs. */
export function redoneText({ lane, exchanges, same, differences }: Told, { paint }: Pick<Terminal, 'paint'>, { named }: { named: boolean }): string {
  const head = `${named ? `lane ${lane}: ` : ''}${same} of ${plural(exchanges, 'exchange')} gave the same outcome`
  if (differences.length === 0) return paint('green', head)
  const more = differences.length > MOST ? [`and ${differences.length - MOST} more`] : []
  return [paint('red', head), ...differences.slice(0, MOST).map(differenceText), ...more].join('\n')
}

function differenceText({ seq, arrival, where, what, was, is }: Difference): string {
  const which = arrival === null ? '' : seq === null ? `arrival ${arrival} ` : `#${seq} `
  return `  ${which}${where}: ${what}\n    was ${short(was)}\n    is  ${short(is)}`
}

/** Enough to see what it is about; `--json` has it all. */
function short(text: string): string {
  return visible(text.length > 300 ? `${text.slice(0, 300)}…` : text)
}
