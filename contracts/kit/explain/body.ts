import { isUtf8 } from 'node:buffer'
import type * as z from 'zod'
import type { Operation, OperationDetails } from '../contract.ts'
import type { Criterion, Difference } from '../explanation.ts'
import { BODY_LIMIT, header } from '../message.ts'
import type { Problem } from '../problem.ts'
import type { Asked } from './asked.ts'
import { asksFor } from './asks-for.ts'
import { differencesOf, readOver } from './differences.ts'
import { jsonForForm } from './json-for-form.ts'
import type { Reading } from './read-request.ts'
import { apart, shownText, shownValue } from './shown.ts'
import { meantAsJson, whyNotJson } from './why-not-json.ts'

type Consumes = NonNullable<OperationDetails['consumes']>

/** More of them say no more. */
const MOST = 40

/** What an operation says of the body as a whole, and member by member; nothing where it asks for none. */
export function bodyCriterion(operation: Operation, reading: Reading, asked: Asked): { criterion: Criterion | undefined; differences: Difference[] } {
  const { body: schema, consumes = 'json' } = operation.details()
  if (asked.problem === 'too-large') return { criterion: tooLarge(asked), differences: [] }
  if (schema === undefined) return { criterion: undefined, differences: [] }
  const expected = asksFor(schema)
  if (reading.unread !== undefined) {
    const { got, hint } = unreadBody(asked.body, reading.unread)
    return { criterion: { part: 'body', met: false, expected, got: apart(got, expected), hint }, differences: [] }
  }
  const fault = reading.faults.body
  const refused = fault === undefined ? [] : differencesOf(schema, fault)
  const extra = consumes === 'json' ? readOver(schema, asked.body, reading.body) : []
  const met = fault === undefined
  const got = asked.body.length === 0 ? null : cameAs(consumes, reading.body, asked.body)
  const toldApart = got === expected && refused.some(({ pointer }) => pointer !== '') ? `${got}, but not as asked` : got && apart(got, expected)
  const more = refused.length > MOST ? `${refused.length} differences, of which ${MOST} are shown` : null
  return {
    criterion: { part: 'body', met, expected, got: met ? got : toldApart, hint: met ? null : (more ?? mistaken(consumes, schema, reading.body, asked.body)) },
    differences: [...refused, ...extra].slice(0, MOST),
  }
}

function tooLarge({ headers }: Asked): Criterion {
  const length = header({ rawHeaders: headers }, 'content-length')
  const got = length !== undefined && Number(length) > BODY_LIMIT ? `${Number(length)} bytes` : 'more'
  return { part: 'body', met: false, expected: `at most ${BODY_LIMIT} bytes`, got, hint: null }
}

function unreadBody(body: Buffer, { kind }: Problem): { got: string; hint: string | null } {
  if (kind !== 'undecodable-body') return { got: shownText(body.toString('utf8')), hint: whyNotJson(body.toString('utf8')) }
  if (isUtf8(body)) return { got: shownText(body.toString('utf8')), hint: 'it is nested too deep' }
  const packed = (body[0] === 0x1f && body[1] === 0x8b) || (body[0] === 0x78 && body.readUInt16BE(0) % 31 === 0)
  return { got: `${body.length} bytes that are no text in UTF-8`, hint: packed ? 'they are compressed, and the service does not unpack them' : null }
}

function cameAs(consumes: Consumes, read: unknown, body: Buffer): string {
  if (consumes === 'json') return shownValue(read)
  return consumes === 'form' ? shownValue(jsonForForm(body) ?? read) : shownText(body.toString('utf8'))
}

/** The client meant the right thing, and the call sent something else. */
function mistaken(consumes: Consumes, schema: z.ZodType, read: unknown, body: Buffer): string | null {
  if (consumes === 'form') return jsonForForm(body) === undefined ? null : 'it is JSON, and a form is read: with httpx and requests, data= instead of json='
  const twice = consumes === 'json' && typeof read === 'string' && schema.safeParse(meantAsJson(read)).success
  return twice ? 'it is JSON within JSON: with httpx and requests, json= takes the object itself, not json.dumps of it' : null
}
