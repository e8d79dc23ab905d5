import type { Evolution, EvolutionChange } from '../../contracts/drift/evolution/change.ts'
import { RULES } from '../../contracts/drift/evolution/rules.ts'
import { visible } from '../../contracts/kit/visible.ts'
import type { Terminal } from '../kit/terminal.ts'
import { columns } from './columns.ts'
import { countsOf, MARKS } from './drift-words.ts'
import { placeOf } from './evolution-outcome.ts'
import { plural } from './plural.ts'

type Paint = Terminal['paint']

/** A value may be long. */
const LONG = 220

/** What has changed, for a person: who must act first, then each change. */
export function evolutionText(told: Evolution, { paint }: { paint: Paint }): string {
  const parts = firsts(told).map(({ head, changes }) => [paint('bold', head), ...changes.map((change) => block(change, paint))].join('\n\n'))
  const who = whoFirst(told.changes)
  return [
    [paint('bold', evolutionSummary(told)), `${plural(told.operations.length, 'operation')} compared`].join('\n'),
    ...(who.length === 0 ? [] : [columns(who)]),
    ...parts,
    ...(told.notes.length === 0 ? [] : [told.notes.map((note) => `${paint('yellow', '!')} ${visible(note)}`).join('\n')]),
  ].join('\n\n')
}

/** All of it in one line. */
export const evolutionSummary = ({ changes }: Evolution): string => countsOf(changes) || 'No change'

/** Who must be ready before who; a change for the worse waits for clients, one for the better does not. */
export function firsts({ changes }: Evolution): { head: string; changes: readonly EvolutionChange[] }[] {
  const parts = [
    { head: 'Clients first: they must be ready before the service is released', changes: changes.filter(hurts) },
    { head: 'The service first: clients may follow', changes: changes.filter((change) => !hurts(change)) },
  ]
  return parts.filter(({ changes }) => changes.length > 0)
}

const hurts = ({ severity }: EvolutionChange): boolean => severity !== 'information'

/** A line for every client that is known, and one for those that are not. */
function whoFirst(changes: readonly EvolutionChange[]): string[][] {
  const bad = changes.filter(hurts)
  const readers = [...new Set(bad.flatMap(({ readBy }) => readBy))].sort()
  const rest = bad.filter(({ readBy }) => readBy.length === 0)
  const known = readers.map((reader) => [visible(reader), countsOf(bad.filter(({ readBy }) => readBy.includes(reader)))])
  const rows = [...known, ...(rest.length === 0 ? [] : [['every client', countsOf(rest)]])]
  return rows.map((row, at) => [at === 0 ? 'Must act first' : '', ...row])
}

function block(change: EvolutionChange, paint: Paint): string {
  const { severity, rule, before, after, readBy, id } = change
  const [colour, mark] = MARKS[severity]
  const head = `${paint(colour, mark)} ${paint('bold', visible(placeOf(change)))} ${RULES[rule].summary}  ${paint(colour, severity)}`
  const facts = [['before', before], ['after', after], ...(readBy.length === 0 ? [] : [['read by', readBy.join(', ')]]), ['change', id]]
  return [
    head,
    columns(
      facts.map(([label = '', words = '']) => [label, clipped(visible(words), label)]),
      { indent: '    ' },
    ),
  ].join('\n')
}

const clipped = (words: string, label: string): string => (words.length <= LONG || label === 'change' ? words : `${words.slice(0, LONG)}…`)
