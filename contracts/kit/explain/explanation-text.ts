import type { Candidate, Criterion, Difference, Explanation } from '../explanation.ts'
import { visible, visibleLines } from '../visible.ts'
import { unmasked } from './look-alikes.ts'

/** What is said of a piece of text, for whoever can colour it. */
export type Tone = 'good' | 'bad' | 'quiet'
type Paint = (tone: Tone, text: string) => string

/**
 * An explanation for people, ✓ and ✗ for each thing that an operation looks at; `paint` may colour it.
 * Names and values are a client's own: what a terminal would obey, or nobody would see, is written by its number here, for all who show it.
 */
export function explanationText({ told, nearest, curl }: Omit<Explanation, 'text'>, paint: Paint = plain): string {
  return [
    visible(told),
    ...nearest.flatMap((candidate, at) => candidateLines(candidate, at, paint)),
    ...(curl === null ? [] : ['  would have been answered:', `    ${visibleLines(curl).replaceAll(CONTINUED, `${CONTINUED}    `)}`]),
  ].join('\n')
}

/** Only curl's own lines are indented, not those of a text that it sends. */
const CONTINUED = ' \\\n'

const plain: Paint = (_, text) => text

function candidateLines({ service, operation, method, path, criteria, body }: Candidate, at: number, paint: Paint): string[] {
  const differences = at === 0 ? body.filter(({ pointer }) => pointer !== '') : []
  const shown = at === 0 ? criteria : criteria.filter(({ met }) => !met)
  return [
    `  ${at === 0 ? 'nearest' : 'or     '}  ${visible(`${service}.${operation}`)}  ${paint('quiet', visible(`${method} ${path}`))}`,
    ...shown.map((criterion) => criterionLine(criterion, criterion.part === 'body' ? differences.filter(({ refused }) => refused).length : 0, paint)),
    ...differences.map((difference) => differenceLine(difference, paint)),
  ]
}

const WIDTH = 'content-type'.length

/** Where the differences follow, they say what would have been taken. */
function criterionLine({ part, met, expected, got, hint }: Criterion, differences: number, paint: Paint): string {
  const wanted = differences === 0 ? `, not ${expected}` : `: ${differences} ${differences === 1 ? 'difference' : 'differences'}`
  const told = met ? paint('quiet', visible(got ?? expected)) : visible(got === null ? `is missing: ${expected}` : `${got}${wanted}`)
  return `    ${met ? paint('good', '✓') : paint('bad', '✗')} ${part.padEnd(WIDTH)}  ${told}${aside(hint)}`
}

function differenceLine({ pointer, change, expected, got, hint, refused }: Difference, paint: Paint): string {
  const told = { missing: `is missing: ${expected}`, unexpected: `came: ${got}`, wrong: `${got}, not ${expected}` }[change]
  return `      ${refused ? paint('bad', MARKS[change]) : paint('quiet', '?')} ${unmasked(visible(pointer))}  ${visible(told)}${aside(hint)}`
}

const MARKS = { missing: '-', unexpected: '+', wrong: '~' } as const

const aside = (hint: string | null): string => (hint === null ? '' : ` (${visible(hint)})`)
