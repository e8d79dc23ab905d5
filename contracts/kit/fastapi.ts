import * as z from 'zod'
import { type Dialect, dialectOf, type FastapiVersion } from './fastapi/dialect.ts'
import { type Item, items } from './fastapi/items.ts'
import { readAsPython } from './fastapi/python-json.ts'
import { httpException, httpValidationError } from './fastapi/schemas.ts'
import { verdict } from './fastapi/verdict.ts'
import type { ErrorEnvelope, Problem, Refusal } from './problem.ts'

export type { FastapiVersion } from './fastapi/dialect.ts'
export { py, pydantic } from './fastapi/py.ts'

/**
 * The refusals of a FastAPI service, word for word; which release it runs decides whether items carry a `url`.
 *
 * @example
 * import { fastapi } from 'mock-suite/contracts'
 *
 * const errors = fastapi({ version: '0.115.0' })
 * errors.render({ kind: 'unknown-operation' }) // { status: 404, body: { detail: 'Not Found' } }
 */
export function fastapi({ version }: { version: FastapiVersion }): ErrorEnvelope {
  const dialect = dialectOf[version]
  return {
    server: 'uvicorn',
    refusals: () => ({
      307: z.literal(''),
      400: z.union([httpException(), z.literal('Invalid HTTP request received.')]),
      401: httpException(),
      403: httpException(),
      404: httpException(),
      405: httpException(),
      413: httpException(),
      422: httpValidationError(),
    }),
    render: (problem) => refuse(problem, dialect),
  }
}

function refuse(problem: Problem, dialect: Dialect): Refusal {
  switch (problem.kind) {
    case 'unknown-operation':
      return exception(404, 'Not Found')
    case 'method-not-allowed':
      return exception(405, 'Method Not Allowed', ['allow', problem.allow[0] ?? ''])
    case 'moved':
      return { status: 307, body: '', headers: ['location', problem.location], contentType: '' }
    case 'unreadable':
      return { status: 400, body: 'Invalid HTTP request received.', contentType: 'text/plain; charset=utf-8' }
    case 'too-large':
      return exception(413, 'Request Entity Too Large')
    case 'undecodable-body':
      return exception(400, 'There was an error parsing the body')
    case 'unauthorized':
      return exception(401, problem.detail, problem.challenge === undefined ? [] : ['www-authenticate', problem.challenge])
    case 'forbidden':
      return exception(403, problem.detail)
    case 'unsupported-media-type':
      return invalid(items({ place: 'body', issues: [NO_MODEL], input: problem.body }, dialect))
    case 'malformed-body':
      return invalid([notJson(problem.body)])
    case 'invalid':
      return invalid(problem.faults.flatMap((fault) => items(fault, dialect)))
  }
}

const exception = (status: number, detail: string, headers: readonly string[] = []): Refusal => ({ status, body: { detail }, headers })

const invalid = (detail: readonly Item[]): Refusal => ({ status: 422, body: { detail } })

/** FastAPI does not look at the media type: it shows the bytes to the model, which is no model of bytes. */
const NO_MODEL: z.core.$ZodIssue = { code: 'custom', path: [], message: '', params: { pydantic: verdict('model_attributes_type') } }

function notJson(body: string): Item {
  const read = readAsPython(body)
  const { msg, pos } = 'error' in read ? read.error : { msg: 'Expecting value', pos: 0 }
  return { type: 'json_invalid', loc: ['body', pos], msg: 'JSON decode error', input: {}, ctx: { error: msg } }
}
