import type { Evolution, EvolutionChange } from '../../contracts/drift/evolution/change.ts'
import { RULES } from '../../contracts/drift/evolution/rules.ts'
import { type FailOn, failsRun } from './drift-outcome.ts'
import { LEVELS, withAllOf } from './outcome.ts'
import type { Outcome, Result } from './result.ts'

export interface OutcomeOptions {
  failOn: FailOn
  /** Where the newer version tells of an operation, if that is a file. */
  whereOf: (change: EvolutionChange) => Result['where'] | undefined
}

/** Whether a change is one that fails the run. */
export const changeFails = ({ severity }: EvolutionChange, failOn: FailOn): boolean => failsRun({ severity, accepted: null }, failOn)

/** What has changed between two versions, in the words that every format of CI has. */
export function evolutionOutcome({ changes, operations }: Evolution, { failOn, whereOf }: OutcomeOptions): Outcome {
  const results = changes.map((change): Result => {
    const { id, rule, severity, tag, operation, sentence, before, after, readBy } = change
    const where = whereOf(change)
    return {
      ...{ id, rule, level: LEVELS[severity], fails: changeFails(change, failOn), title: headOf(change) },
      message: [sentence, `before: ${before}`, `after: ${after}`, ...(readBy.length === 0 ? [] : [`read by: ${readBy.join(', ')}`])].map(oneLine).join('\n'),
      ...(where === undefined ? {} : { where }),
      ...{ suite: tag, case: operation, properties: { ...change } },
    }
  })
  const rules = Object.entries(RULES).map(([id, { summary }]) => ({ id, summary, help: `Something ${summary}.` }))
  return {
    name: 'contracts diff',
    rules,
    results,
    cases: withAllOf(
      results,
      operations.map(({ operation, tag }) => ({ suite: tag, name: operation })),
    ),
  }
}

/** `GET /alerts 200 /status may be null now`. */
const headOf = (change: EvolutionChange): string => `${placeOf(change)} ${RULES[change.rule].summary}`

/** Where it changed: `GET /alerts 200 /status`. */
export const placeOf = ({ operation, place }: EvolutionChange): string => (place === '' ? operation : `${operation} ${place}`)

const oneLine = (text: string): string => text.replaceAll('\n', '\\n')
