import { visible, visibleLines } from '../../contracts/kit/visible.ts'
import { plural } from './plural.ts'
import type { Outcome, Result } from './result.ts'

/** How many of a kind GitHub shows of one step. */
const SHOWN = 10

/** GitHub cuts what is longer. */
const LONG = 4000

const COMMANDS = { error: 'error', warning: 'warning', note: 'notice' } as const

/** Annotations of a workflow's step, the most severe first; what is accepted is no news. */
export function github({ results }: Outcome): string {
  const open = results.filter(({ accepted }) => accepted === undefined)
  return Object.entries(COMMANDS)
    .flatMap(([level, command]) => {
      const own = open.filter((result) => result.level === level)
      const hidden = own.length - SHOWN
      return [
        ...own.slice(0, SHOWN).map((result) => annotation(command, result)),
        ...(hidden > 0 ? [`${plural(hidden, `more ${command}`)}: GitHub shows ${SHOWN} of a kind, and the report has them all`] : []),
      ]
    })
    .join('\n')
}

function annotation(command: string, { where, title, message }: Result): string {
  const place = where === undefined ? [] : [`file=${property(visible(where.file))}`, `line=${where.line}`]
  return `::${command} ${[...place, `title=${property(visible(title))}`].join(',')}::${data(visibleLines(message).slice(0, LONG))}`
}

/** A runner reads each line as a command, and undoes these. */
const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
