import { STATUS_CODES } from 'node:http'
import { agreedOn, conformReply } from './conform.ts'
import type { Contract, Operation } from './contract.ts'
import { plausible } from './plausible.ts'
import type { Refusal } from './problem.ts'

/**
 * A reply of one status that keeps the contract: the operation's own example, or else what the vendor says when nothing more is known,
 * or else one made from the schema. Nothing when the status is not declared, or none of them holds.
 */
export function sampleReply(contract: Contract, operation: Operation, status: number): Refusal | undefined {
  for (const sample of candidates(contract, operation, status)) if (holds(contract, operation, sample)) return sample
  return undefined
}

/** The replies of one status that the operation shows among its examples. */
export function exampleReplies(contract: Contract, operation: Operation, status: number): Refusal[] {
  const agreed = agreedOn(contract, operation, status)
  if (agreed === undefined) return []
  const replies = Object.values(operation.details().examples).filter(({ reply }) => reply.status === status)
  return replies.map(({ reply }) => ({ status, body: reply.body, contentType: agreed.contentType, headers: wantedHeaders(agreed) }))
}

type Agreed = NonNullable<ReturnType<typeof agreedOn>>

function* candidates(contract: Contract, operation: Operation, status: number): Generator<Refusal> {
  const agreed = agreedOn(contract, operation, status)
  if (agreed === undefined) return
  yield* exampleReplies(contract, operation, status)
  const bare = contract.errors.bare(status)
  const headers = wantedHeaders(agreed)
  yield { ...bare, headers: [...(bare.headers ?? []), ...headers] }
  yield { status, body: plausible(agreed.body, STATUS_CODES[status] ?? 'text'), contentType: agreed.contentType, headers }
}

/** Examples show no headers: what the contract wants is made up. */
function wantedHeaders({ headers }: Agreed): string[] {
  return headers.flatMap(([name, schema]) => [name, name === 'retry-after' ? '60' : String(plausible(schema, 'text'))])
}

function holds(contract: Contract, operation: Operation, { status, body, contentType = 'application/json', headers = [] }: Refusal): boolean {
  return conformReply(contract, operation, { status, body, contentType, headers }).length === 0
}
