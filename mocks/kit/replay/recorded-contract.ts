import * as z from 'zod'
import type { Contract } from '../../../contracts/kit/contract.ts'
import type { Problem, Refusal } from '../../../contracts/kit/problem.ts'

/** The contract of a host of which only a recording is known: nothing is agreed with it. Its port is a free one unless one is given. */
export function recordedContract(service: string, host: string, port = 0): Contract {
  return {
    service,
    title: `${host}, as it was recorded`,
    port,
    host,
    env: {},
    errors: { server: 'mock-suite', refusals: () => ({ 404: refusal() }), render, bare },
    operations: {},
  }
}

const refusal = () => z.strictObject({ error: z.string() })

function render(problem: Problem): Refusal {
  if (problem.kind === 'too-large') return said(413, 'the request is too large')
  if (problem.kind === 'unreadable') return said(400, problem.detail)
  return said(404, 'this request is not in the recording')
}

const bare = (status: number): Refusal => said(status, 'a failure that was asked for')

const said = (status: number, error: string): Refusal => ({ status, body: { error: `mock-suite: ${error}` } })
