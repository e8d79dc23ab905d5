import { STATUS_CODES } from 'node:http'
import * as z from 'zod'
import { once } from './contract.ts'
import type { ErrorEnvelope, Problem, Refusal } from './problem.ts'

const TEXT = 'text/plain;charset=UTF-8'
const STATUSES = [400, 401, 403, 404, 413, 415, 422]

/** Refusals as WireMock words them: whatever no mapping is for is a 404 in plain text, under its heading. */
export function wiremock(): ErrorEnvelope {
  return {
    server: 'WireMock',
    refusals: once(() => Object.fromEntries(STATUSES.map((status) => [status, { body: z.string(), contentType: TEXT }]))),
    render: (problem) => said(statusOf(problem), 'detail' in problem ? problem.detail : undefined),
    bare: (status) => said(status),
  }
}

function statusOf({ kind }: Problem): number {
  switch (kind) {
    case 'unknown-operation':
    case 'method-not-allowed':
    case 'moved':
      return 404
    case 'unauthorized':
      return 401
    case 'forbidden':
      return 403
    case 'too-large':
      return 413
    case 'unsupported-media-type':
      return 415
    case 'invalid':
      return 422
    case 'unreadable':
    case 'malformed-body':
    case 'undecodable-body':
      return 400
  }
}

const HEADING = 'Request was not matched'
const INDENT = ' '.repeat(47)

function said(status: number, detail = STATUS_CODES[status] ?? ''): Refusal {
  const body = status === 404 ? `\n${INDENT}${HEADING}\n${INDENT}${'='.repeat(HEADING.length)}\n\n` : detail
  return { status, body, contentType: TEXT }
}
