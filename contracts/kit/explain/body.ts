import type { Operation } from '../contract.ts'
import type { Criterion, Difference } from '../explanation.ts'
import { BODY_LIMIT } from '../message.ts'
import type { Asked } from './asked.ts'
import { asksFor } from './asks-for.ts'
import { differencesOf, readOver } from './differences.ts'
import type { Reading } from './read-request.ts'
import { apart, shownText, shownValue } from './shown.ts'
import { whyNotJson } from './why-not-json.ts'

/** More of them say no more. */
const MOST = 40

/** What an operation says of the body as a whole, and member by member; nothing where it asks for none. */
export function bodyCriterion(operation: Operation, reading: Reading, asked: Asked): { criterion: Criterion | undefined; differences: Difference[] } {
  const { body: schema, consumes = 'json' } = operation.details()
  if (asked.problem === 'too-large') return { criterion: tooLarge(), differences: [] }
  if (schema === undefined) return { criterion: undefined, differences: [] }
  const expected = asksFor(schema)
  if (reading.unread !== undefined) {
    const text = asked.body.toString('utf8')
    const got = apart(shownText(text), expected)
    const hint = reading.unread.kind === 'undecodable-body' ? 'it is not text in UTF-8, or nested too deep' : whyNotJson(text)
    return { criterion: { part: 'body', met: false, expected, got, hint }, differences: [] }
  }
  const fault = reading.faults.body
  const refused = fault === undefined ? [] : differencesOf(schema, fault)
  const extra = consumes === 'json' ? readOver(schema, asked.body, reading.body) : []
  const got = asked.body.length === 0 ? null : consumes === 'json' ? shownValue(reading.body) : shownText(asked.body.toString('utf8'))
  const met = fault === undefined
  const more = refused.length > MOST ? `${refused.length} differences, of which ${MOST} are shown` : null
  return {
    criterion: { part: 'body', met, expected, got: got === null || met ? got : apart(got, expected), hint: more },
    differences: [...refused, ...extra].slice(0, MOST),
  }
}

function tooLarge(): Criterion {
  return { part: 'body', met: false, expected: `at most ${BODY_LIMIT} bytes`, got: 'more', hint: null }
}
