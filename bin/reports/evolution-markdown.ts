import type { Evolution } from '../../contracts/drift/evolution/change.ts'
import { RULES } from '../../contracts/drift/evolution/rules.ts'
import { evolutionSummary, firsts } from './evolution.ts'
import { placeOf } from './evolution-outcome.ts'
import { span, table } from './markdown.ts'
import { plural } from './plural.ts'

/** A page of a pull request is no place for more; its size has a limit too. */
const ROWS = 100

/** What has changed, for the page of a pull request. */
export function evolutionMarkdown(told: Evolution): string {
  return [
    `## Contracts: ${evolutionSummary(told)}`,
    ...firsts(told).flatMap(({ head, changes }) => {
      const rows = changes
        .slice(0, ROWS)
        .map((change) => [
          `${change.severity}<br>${span(placeOf(change))} ${RULES[change.rule].summary}`,
          span(change.before),
          span(change.after),
          change.readBy.map(span).join(', ') || '–',
        ])
      return [`### ${head}`, table(['', 'before', 'after', 'read by'], rows), ...(changes.length > ROWS ? [`and ${changes.length - ROWS} more`] : [])]
    }),
    `${plural(told.operations.length, 'operation')} compared.`,
    ...(told.notes.length === 0 ? [] : [told.notes.map((note) => `- ${span(note)}`).join('\n')]),
  ].join('\n\n')
}
