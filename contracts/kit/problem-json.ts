import { STATUS_CODES } from 'node:http'
import * as z from 'zod'
import { pointerOf } from './conform.ts'
import { once, type ResponseSpec } from './contract.ts'
import type { ErrorEnvelope, Fault, Problem, Refusal } from './problem.ts'

const PROBLEM_JSON = 'application/problem+json'

const problemBody = once(() =>
  z.strictObject({
    type: z.literal('about:blank'),
    title: z.string(),
    status: z.int(),
    /** What failed, why, and what to do. */
    detail: z.string(),
    /** For programs: the kind of the problem. */
    code: z.string(),
    errors: z
      .array(
        z.strictObject({
          in: z.enum(['path', 'query', 'header', 'body']),
          /** Into that part of the request, as a JSON pointer. */
          pointer: z.string(),
          detail: z.string(),
        }),
      )
      .optional(),
  }),
)

/** A refusal as RFC 9457 words it. */
export type ProblemBody = z.output<ReturnType<typeof problemBody>>
export type ProblemError = NonNullable<ProblemBody['errors']>[number]

const STATUSES = [400, 401, 403, 404, 405, 409, 413, 415, 422, 500, 503]

/** Refusals as RFC 9457 (problem+json) words them: `detail` for people, `code` for programs, `errors` for what is wrong where. */
export function problemJson({ server }: { server: string }): ErrorEnvelope {
  return {
    server,
    refusals: once(() => {
      const spec: ResponseSpec = { body: problemBody(), contentType: PROBLEM_JSON }
      return Object.fromEntries(STATUSES.map((status) => [status, spec]))
    }),
    render,
    bare,
  }
}

/** One refusal of a caller's own choosing, in the same shape. */
export function problem(status: number, code: string, detail: string, errors: readonly ProblemError[] = []): Refusal {
  const body: ProblemBody = {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Unknown',
    status,
    detail,
    code,
    ...(errors.length === 0 ? {} : { errors: [...errors] }),
  }
  return { status, body, contentType: PROBLEM_JSON }
}

function bare(status: number): Refusal {
  const phrase = STATUS_CODES[status] ?? 'Unknown'
  return problem(status, phrase.toLowerCase().replaceAll(/[^a-z]+/g, '-'), `${phrase}.`)
}

function render(why: Problem): Refusal {
  switch (why.kind) {
    case 'unknown-operation':
      return problem(404, why.kind, 'There is nothing at this address.')
    case 'method-not-allowed':
      return { ...problem(405, why.kind, `This address takes ${why.allow.join(', ')}.`), headers: ['allow', why.allow.join(', ')] }
    case 'moved':
      return problem(404, why.kind, `There is nothing at this address. Ask ${why.location} instead.`)
    case 'unreadable':
      return problem(400, why.kind, why.detail)
    case 'too-large':
      return problem(413, why.kind, `The body is longer than ${why.limit} bytes.`)
    case 'unsupported-media-type':
      return problem(415, why.kind, `The body must be ${why.expected}, not ${why.got ?? 'of no type'}. Say so in the content-type header.`)
    case 'malformed-body':
      return problem(400, why.kind, 'The body is not JSON.')
    case 'undecodable-body':
      return problem(400, why.kind, 'The body is not text in UTF-8.')
    case 'unauthorized':
      return { ...problem(401, why.kind, why.detail), headers: why.challenge === undefined ? [] : ['www-authenticate', why.challenge] }
    case 'forbidden':
      return problem(403, why.kind, why.detail)
    case 'invalid':
      return invalid(why.faults.flatMap(errorsOf))
  }
}

function errorsOf({ place, issues }: Fault): ProblemError[] {
  return issues.map((issue) => ({ in: place, pointer: pointerOf(issue.path), detail: issue.message }))
}

function invalid(errors: readonly ProblemError[]): Refusal {
  const told = errors.map(({ in: place, pointer, detail }) => `${place}${pointer === '' ? '' : ` ${pointer}`}: ${detail}`).join('; ')
  return problem(422, 'invalid', `The request is not what this operation takes: ${told}`, errors)
}
