import { STATUS_CODES } from 'node:http'
import * as z from 'zod'
import { once } from './contract.ts'
import type { ErrorEnvelope, Problem, Refusal } from './problem.ts'
import { bodyless } from './reply.ts'

const TEXT = 'text/plain; charset=utf-8'

/** Refusals in plain text, as Go's `net/http` words them; `invalid` is what the service says of a body that it cannot use. */
export function plainText({ server, invalid }: { server: string; invalid: string }): ErrorEnvelope {
  return {
    server,
    refusals,
    render: (problem) => refuse(problem, invalid),
    bare: (status) => bare(status, invalid),
    // A body that is no JSON is shown to the schema like any other, so that a service may count it.
    salvage: (problem) => ('body' in problem ? { value: problem.body } : problem.kind === 'undecodable-body' ? { value: undefined } : undefined),
  }
}

const refusals = once(() => {
  const text = { body: z.string(), contentType: TEXT }
  return { 307: { body: z.literal(''), contentType: '' }, 400: text, 401: text, 403: text, 404: text, 405: text, 413: text }
})

function refuse(problem: Problem, invalid: string): Refusal {
  switch (problem.kind) {
    case 'unknown-operation':
      return said(404, '404 page not found\n')
    case 'method-not-allowed':
      return said(405, 'Method Not Allowed\n', ['allow', problem.allow.toSorted().join(', ')])
    case 'moved':
      return { status: 307, body: '', headers: ['location', problem.location], contentType: '' }
    case 'unreadable':
      return said(400, '400 Bad Request')
    case 'too-large':
      return said(413, 'http: request body too large\n')
    case 'unauthorized':
      return said(401, `${problem.detail}\n`, problem.challenge === undefined ? [] : ['www-authenticate', problem.challenge])
    case 'forbidden':
      return said(403, `${problem.detail}\n`)
    case 'unsupported-media-type':
    case 'malformed-body':
    case 'undecodable-body':
    case 'invalid':
      return said(400, invalid)
  }
}

/** What `http.Error` makes of `http.StatusText`. */
function bare(status: number, invalid: string): Refusal {
  if (status === 400) return said(400, invalid)
  if (status === 404) return said(404, '404 page not found\n')
  if (status < 400) return { status, body: '', headers: bodyless(status) ? [] : ['content-length', '0'], contentType: '' }
  return said(status, `${PHRASES[status] ?? STATUS_CODES[status] ?? ''}\n`)
}

/** Where Go has other phrases than Node. */
const PHRASES: Readonly<Record<number, string>> = {
  413: 'Request Entity Too Large',
  414: 'Request URI Too Long',
  416: 'Requested Range Not Satisfiable',
  418: "I'm a teapot",
}

const said = (status: number, body: string, headers: readonly string[] = []): Refusal => ({ status, body, headers, contentType: TEXT })
