import type { OperationDetails } from './contract.ts'
import { readJson } from './json.ts'
import type { Match } from './match.ts'
import { header, headersOf, type WireRequest } from './message.ts'
import type { Fault, Place, Problem } from './problem.ts'
import { queryOf } from './query.ts'
import { taken } from './quick.ts'

/** The parts of a request as its schemas made them. */
export interface Input {
  params: unknown
  query: unknown
  headers: unknown
  body: unknown
}

/** The body as its operation reads it, before any schema sees it. */
export function readBody(details: OperationDetails, request: WireRequest): { value: unknown } | { problem: Problem } {
  if (details.body === undefined || request.body.length === 0) return NO_BODY
  switch (details.consumes ?? 'json') {
    case 'bytes':
      return { value: request.body }
    case 'text':
      return { value: request.body.toString('utf8') }
    case 'form':
      return { value: queryOf(`?${request.body.toString('utf8')}`, details.body) }
    case 'json': {
      const type = header(request, 'content-type')
      if (type === undefined || type === '' || isJson(type)) return readJson(request.body, details.lossless ?? false)
      return { problem: { kind: 'unsupported-media-type', expected: 'application/json', got: type, body: request.body.toString('utf8') } }
    }
  }
}

const NO_BODY = { value: undefined }

function isJson(type: string): boolean {
  return type === 'application/json' || /^application\/(?:[\w.+-]+\+)?json(?:\s*;|\s*$)/i.test(type)
}

const NOTHING = Object.freeze({})

/** Every part is judged before anything is said: FastAPI tells all faults at once, in this order. */
export function parseInput(details: OperationDetails, request: WireRequest, match: Match, body: unknown): Input | Problem {
  const faults: Fault[] = []
  const input = {
    params: judge('path', details.params, match.params, faults),
    query: details.query === undefined ? NOTHING : judge('query', details.query, queryOf(request.target, details.query), faults),
    headers: details.headers === undefined ? NOTHING : judge('header', details.headers, headersOf(request), faults),
    body: judge('body', details.body, body, faults),
  }
  return faults.length > 0 ? { kind: 'invalid', faults } : input
}

function judge(place: Place, schema: OperationDetails['body'], input: unknown, faults: Fault[]): unknown {
  if (schema === undefined) return input
  const short = taken(schema, input)
  if (short !== undefined) return short.value
  const outcome = schema.safeParse(input)
  if (outcome.success) return outcome.data
  faults.push({ place, issues: outcome.error.issues, input })
  return undefined
}
