import { pointerOf } from '../../../contracts/kit/conform.ts'
import type { Problem } from '../../../contracts/kit/problem.ts'
import type { FindingKind } from '../../../contracts/verification.ts'
import type { Happening } from '../happening.ts'
import { pathShape, pointerShape } from './id-free.ts'

/** One way in which an exchange went wrong. */
export interface Trouble {
  kind: Exclude<FindingKind, 'rule-never-met'>
  service: string
  operation: string | undefined
  problem: Problem['kind'] | undefined
  /** What it shares with others of its kind, beside service and operation: `GET /alerts/{}`, `body /user_id`. */
  place: string
  /** What was said of it. */
  detail: string
}

/** All that went wrong in one exchange. Of requests that a fault answered in the fake's place nothing is known. */
export function troublesOf(happening: Happening, problem: Problem | undefined): Trouble[] {
  const { contract, operation, failure, violations } = happening
  const at = { service: contract.service, operation }
  const [violation] = violations
  return [
    // Where nobody could answer, what the client was told instead is no judgement of it.
    ...(failure === undefined ? (problem === undefined ? [] : [{ ...at, ...refusal(problem, happening) }]) : [{ ...at, ...failed(failure) }]),
    ...(violation === undefined ? [] : [{ ...at, ...broken(violation) }]),
  ]
}

type Own = Omit<Trouble, 'service' | 'operation'>

function refusal(problem: Problem, { request: { method, target }, operation }: Happening): Own {
  const asked = `${method} ${pathShape(target)}`
  const { kind } = problem
  switch (kind) {
    case 'unknown-operation':
    case 'method-not-allowed':
    case 'moved':
      return { kind: 'unmatched', problem: kind, place: asked, detail: '' }
    case 'unreadable':
      return { kind: 'unmatched', problem: kind, place: '', detail: problem.detail }
    case 'unauthorized':
    case 'forbidden':
      return { kind: 'refused', problem: kind, place: operation === undefined ? asked : '', detail: problem.detail }
    case 'invalid':
      return { kind: 'violation', problem: kind, ...firstFault(problem) }
    case 'unsupported-media-type':
      return { kind: 'violation', problem: kind, place: 'body', detail: `expected ${problem.expected}, got ${problem.got ?? 'none'}` }
    case 'too-large':
      return { kind: 'violation', problem: kind, place: 'body', detail: `more than ${problem.limit} bytes` }
    case 'malformed-body':
      return { kind: 'violation', problem: kind, place: 'body', detail: 'is no JSON' }
    case 'undecodable-body':
      return { kind: 'violation', problem: kind, place: 'body', detail: 'is no text' }
  }
}

function firstFault({ faults: [first] }: Problem & { kind: 'invalid' }): Pick<Own, 'place' | 'detail'> {
  const issue = first?.issues[0]
  if (first === undefined || issue === undefined) return { place: '', detail: 'is not what the operation takes' }
  const pointer = pointerShape(pointerOf(issue.path))
  return { place: pointer === '' ? first.place : `${first.place} ${pointer}`, detail: issue.message }
}

/** Numbers differ from one failure to the next where the cause is the same. */
function failed({ name, message }: Error): Own {
  return { kind: 'handler-failure', problem: undefined, place: clipped(`${name}: ${message}`.replace(/\d+/g, '{}')), detail: clipped(message) }
}

function broken({ part, pointer, message }: Happening['violations'][number]): Own {
  return { kind: 'off-contract', problem: undefined, place: `${part} ${part === 'body' ? pointerShape(pointer) : pointer}`.trim(), detail: clipped(message) }
}

const clipped = (text: string): string => (text.length > 300 ? `${text.slice(0, 300)}…` : text)
