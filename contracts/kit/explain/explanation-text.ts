import type { Candidate, Criterion, Difference, Explanation } from '../explanation.ts'

/** What is said of a piece of text, for whoever can colour it. */
export type Tone = 'good' | 'bad' | 'quiet'
type Paint = (tone: Tone, text: string) => string

/** An explanation for people, ✓ and ✗ for each thing that an operation looks at; `paint` may colour it. */
export function explanationText({ told, nearest, curl }: Omit<Explanation, 'text'>, paint: Paint = plain): string {
  return [
    told,
    ...nearest.flatMap((candidate, at) => candidateLines(candidate, at, paint)),
    ...(curl === null ? [] : ['  would have been answered:', ...curl.split('\n').map((line) => `    ${line}`)]),
  ].join('\n')
}

const plain: Paint = (_, text) => text

function candidateLines({ service, operation, method, path, criteria, body }: Candidate, at: number, paint: Paint): string[] {
  const shown = at === 0 ? criteria : criteria.filter(({ met }) => !met)
  return [
    `  ${at === 0 ? 'nearest' : 'or     '}  ${service}.${operation}  ${paint('quiet', `${method} ${path}`)}`,
    ...shown.map((criterion) => criterionLine(criterion, paint)),
    ...(at === 0 ? body.filter(({ pointer }) => pointer !== '').map((difference) => differenceLine(difference, paint)) : []),
  ]
}

const WIDTH = 'content-type'.length

function criterionLine({ part, met, expected, got, hint }: Criterion, paint: Paint): string {
  const told = met ? paint('quiet', got ?? expected) : got === null ? `is missing: ${expected}` : `${got}, not ${expected}`
  return `    ${met ? paint('good', '✓') : paint('bad', '✗')} ${part.padEnd(WIDTH)}  ${told}${aside(hint)}`
}

function differenceLine({ pointer, change, expected, got, hint, refused }: Difference, paint: Paint): string {
  const told = { missing: `is missing: ${expected}`, unexpected: `came: ${got}`, wrong: `${got}, not ${expected}` }[change]
  return `      ${refused ? paint('bad', MARKS[change]) : paint('quiet', '?')} ${pointer}  ${told}${aside(hint)}`
}

const MARKS = { missing: '-', unexpected: '+', wrong: '~' } as const

const aside = (hint: string | null): string => (hint === null ? '' : ` (${hint})`)
