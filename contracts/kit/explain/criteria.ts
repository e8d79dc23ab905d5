import type { Contract, Operation } from '../contract.ts'
import type { Criterion, Difference } from '../explanation.ts'
import { header } from '../message.ts'
import type { Place } from '../problem.ts'
import { queryOf } from '../query.ts'
import { type Asked, type Knowledge, pathOf } from './asked.ts'
import { asksFor } from './asks-for.ts'
import { bodyCriterion } from './body.ts'
import { credentialCriterion } from './credential.ts'
import { differencesOf } from './differences.ts'
import { meant, oddities } from './look-alikes.ts'
import { URL_START } from './path-distance.ts'
import { type Reading, readRequest } from './read-request.ts'
import { apart, listed, shownText } from './shown.ts'

export interface Judged {
  criteria: Criterion[]
  body: Difference[]
  reading: Reading
}

/** One operation asked whether it would take the request: everything that it looks at, in the order in which it is asked for. */
export function judge(contract: Contract, name: string, operation: Operation, asked: Asked, knowledge: Knowledge): Judged {
  const own = contract.service === asked.service && name === asked.operation
  const reading = readRequest(contract, operation, asked)
  const { criterion: whole, differences } = bodyCriterion(operation, reading, asked)
  const criteria = [
    serviceCriterion(contract, asked, knowledge),
    methodCriterion(operation, asked),
    ...pathCriteria(operation, reading, asked, own),
    credentialCriterion(contract, operation, asked, knowledge, own),
    contentTypeCriterion(operation, reading, asked),
    ...partCriteria('header', operation, reading, asked),
    ...partCriteria('query', operation, reading, asked),
    whole,
  ]
  return { criteria: criteria.filter((one) => one !== undefined), body: differences, reading }
}

/** Said only where the request came to the wrong door. */
function serviceCriterion({ service }: Contract, asked: Asked, { url }: Knowledge): Criterion | undefined {
  if (service === asked.service) return undefined
  const at = url?.(service)
  return { part: 'service', met: false, expected: at === undefined ? service : `${service}, at ${at}`, got: asked.service, hint: null }
}

function methodCriterion({ method }: Operation, asked: Asked): Criterion {
  const met = asked.method === method
  return { part: 'method', met, expected: method, got: met ? method : apart(shownText(asked.method), method), hint: null }
}

function pathCriteria({ path, details }: Operation, { match, faults }: Reading, asked: Asked, own: boolean): Criterion[] {
  const came = pathOf(asked)
  const unserved = own && asked.problem === 'unknown-operation'
  const hint = unserved ? 'the operation took it, and said that there is nothing' : match === undefined ? misspelt(came, path) : null
  const met = match !== undefined && faults.path === undefined && !unserved
  const got = shownText(came)
  if (faults.path === undefined) return [{ part: 'path', met, expected: path, got: met ? got : apart(got, path), hint }]
  return differencesOf(details().params, faults.path).map((difference) => wrongPart('path', difference))
}

function misspelt(came: string, template: string): string | null {
  let text = came
  try {
    text = decodeURIComponent(came)
  } catch {}
  const odd = oddities(text)
  if (odd !== undefined) return odd
  if (URL_START.test(came)) return 'a whole URL came where a path belongs'
  if (`${template}/` === came) return 'a slash too much at the end'
  if (template === `${came}/`) return 'the slash at the end is missing'
  if (/\/\//.test(came)) return 'two slashes in a row'
  if (/%2f/i.test(came)) return '%2F is a slash, and ends a segment'
  return meant(text).toLowerCase() === template.toLowerCase() ? 'upper and lower case are not the same' : null
}

/** The media type alone is never refused by a service that looks at the body first: then it is the reason why the body was read as text. */
function contentTypeCriterion(operation: Operation, { unread, mistaken, faults }: Reading, asked: Asked): Criterion | undefined {
  const { body, consumes = 'json' } = operation.details()
  if (body === undefined || consumes !== 'json' || asked.body.length === 0) return undefined
  const got = header({ rawHeaders: asked.headers }, 'content-type') ?? null
  const met = unread?.kind !== 'unsupported-media-type' && !(mistaken && faults.body !== undefined)
  const hint =
    met || got === null || !/x-www-form-urlencoded/i.test(got) ? null : 'the body was sent as a form: with httpx and requests, json= instead of data='
  return {
    part: 'content-type',
    met,
    expected: 'application/json',
    got: got === null ? null : met ? shownText(got) : apart(shownText(got), 'application/json'),
    hint,
  }
}

const SCHEMAS = { header: 'headers', query: 'query' } as const

function partCriteria(part: 'header' | 'query', operation: Operation, { faults }: Reading, asked: Asked): Criterion[] {
  const schema = operation.details()[SCHEMAS[part]]
  if (schema === undefined) return []
  const fault = faults[part]
  if (fault !== undefined) return differencesOf(schema, fault).map((difference) => wrongPart(part, difference))
  if (part === 'header') return [{ part, met: true, expected: asksFor(schema), got: null, hint: null }]
  const names = Object.keys(queryOf(asked.target, schema))
  return [{ part, met: true, expected: asksFor(schema), got: names.length === 0 ? null : listed(names.map(shownText)), hint: null }]
}

function wrongPart(part: Exclude<Place, 'body'>, { pointer, expected, got, hint }: Difference): Criterion {
  const name = pointer.slice(1)
  const told = (what: string) => (name === '' ? what : `${shownText(name)}: ${what}`)
  return { part, met: false, expected: told(expected ?? 'not to be there'), got: got === null ? null : told(got), hint }
}
