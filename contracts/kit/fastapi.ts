import { STATUS_CODES } from 'node:http'
import * as z from 'zod'
import { once } from './contract.ts'
import { type Dialect, dialectOf, type FastapiVersion } from './fastapi/dialect.ts'
import { type Item, items } from './fastapi/items.ts'
import { readAsPython } from './fastapi/python-json.ts'
import { httpException, httpValidationError } from './fastapi/schemas.ts'
import type { ErrorEnvelope, Problem, Refusal } from './problem.ts'
import { bodyless } from './reply.ts'

export type { FastapiVersion } from './fastapi/dialect.ts'
export { type Pydantic, py, pydantic } from './fastapi/py.ts'

/**
 * The refusals of a FastAPI service, word for word; which release it runs decides whether items carry a `url`.
 *
 * @example
 * import { fastapi } from 'mock-suite/contracts'
 *
 * const errors = fastapi({ version: '0.115.0' })
 * errors.render({ kind: 'unknown-operation' }).body // { detail: 'Not Found' }
 */
export function fastapi({ version }: { version: FastapiVersion }): ErrorEnvelope {
  const dialect = dialectOf[version]
  return { server: 'uvicorn', refusals, salvage, render: (problem) => refuse(problem, dialect), bare: (status) => bare(status, dialect) }
}

const TEXT = 'text/plain; charset=utf-8'

const refusals = once(() => ({
  307: { body: z.literal(''), contentType: '' },
  400: httpException(),
  401: httpException(),
  403: httpException(),
  404: httpException(),
  405: httpException(),
  413: httpException(),
  422: httpValidationError(),
  500: { body: z.literal('Internal Server Error'), contentType: TEXT },
}))

/** FastAPI takes no offence at a media type: it shows the text to the model. And Python's `json` reads `NaN`. */
function salvage(problem: Problem): { value: unknown } | undefined {
  if (problem.kind === 'unsupported-media-type') return { value: problem.body }
  if (problem.kind !== 'malformed-body') return undefined
  const read = readAsPython(problem.body)
  return 'value' in read ? read : undefined
}

function refuse(problem: Problem, dialect: Dialect): Refusal {
  switch (problem.kind) {
    case 'unknown-operation':
      return exception(404, 'Not Found')
    case 'method-not-allowed':
      return exception(405, 'Method Not Allowed', ['allow', problem.allow[0] ?? ''])
    case 'moved':
      return { status: 307, body: '', headers: ['content-length', '0', 'location', problem.location], contentType: '' }
    case 'unreadable':
      return { status: 400, body: 'Invalid HTTP request received.', contentType: TEXT }
    case 'too-large':
      return exception(413, 'Request Entity Too Large')
    case 'undecodable-body':
      return exception(400, 'There was an error parsing the body')
    case 'unauthorized':
      return exception(401, problem.detail, problem.challenge === undefined ? [] : ['www-authenticate', problem.challenge])
    case 'forbidden':
      return exception(403, problem.detail)
    case 'unsupported-media-type':
      return exception(415, 'Unsupported Media Type')
    case 'malformed-body':
      return invalid([notJson(problem.body)])
    case 'invalid':
      return invalid(problem.faults.flatMap((fault) => items(fault, dialect)))
  }
}

function bare(status: number, dialect: Dialect): Refusal {
  if (status === 500) return failed()
  if (status === 422) return invalid(items({ place: 'body', issues: [], input: undefined }, dialect))
  if (bodyless(status)) return { status, body: '', contentType: '' }
  if (status < 300) return { status, body: null }
  if (status < 400) return { status, body: '', headers: ['content-length', '0'], contentType: '' }
  return exception(status, PHRASES[status] ?? STATUS_CODES[status] ?? 'Unknown')
}

/** Where Python's `HTTPStatus` has other phrases than Node. */
const PHRASES: Readonly<Record<number, string>> = { 413: 'Request Entity Too Large', 414: 'Request-URI Too Long', 416: 'Requested Range Not Satisfiable' }

const failed = (): Refusal => ({ status: 500, body: 'Internal Server Error', contentType: TEXT })

const exception = (status: number, detail: string, headers: readonly string[] = []): Refusal => ({ status, body: { detail }, headers })

/** Python reads `NaN` but its JSON replies may not hold one: FastAPI fails over its own refusal. */
function invalid(detail: readonly Item[]): Refusal {
  if (detail.some(({ input }) => holdsNaN(input))) return failed()
  return { status: 422, body: { detail } }
}

function holdsNaN(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isFinite(value)
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsNaN)
}

function notJson(body: string): Item {
  const read = readAsPython(body)
  const { msg, pos } = 'error' in read ? read.error : { msg: 'Expecting value', pos: 0 }
  return { type: 'json_invalid', loc: ['body', pos], msg: 'JSON decode error', input: {}, ctx: { error: msg } }
}
