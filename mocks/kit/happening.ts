import type { Entry } from '../../contracts/control.ts'
import type { Violation } from '../../contracts/kit/conform.ts'
import type { Contract } from '../../contracts/kit/contract.ts'
import { unknownMembers } from '../../contracts/kit/extras.ts'
import type { WireRequest } from '../../contracts/kit/message.ts'
import type { Problem } from '../../contracts/kit/problem.ts'
import { faults } from '../../scenarios/kit/faults/index.ts'
import { type Injection, tellInjection } from '../../scenarios/kit/injection.ts'
import type { Outcome } from '../../scenarios/kit/outcome.ts'

/** What happened, as it was kept: nothing is rendered before somebody asks. */
export interface Happening {
  /** Instants on the suite's clock, in milliseconds. */
  startedAt: number
  endedAt: number
  /** The how manieth exchange since the last reset it was when it began; those that one webhook becomes have one number. */
  arrival: number
  contract: Contract
  operation: string | undefined
  /** `out` for a callback that the fake made. */
  direction: 'in' | 'out'
  request: KeptRequest
  outcome: Outcome
  /** What scenarios put around it. */
  injections: readonly Injection[]
  /** Its kind alone: the rest of a problem holds the body once more, and all that was made of it. */
  problem: Problem['kind'] | undefined
  /** What HTTP's parser said of bytes that are no request. */
  unreadable?: string | undefined
  violations: readonly Violation[]
  /** The error of a handler that threw. */
  failure: Error | undefined
  /** The client left before it was answered. */
  gone: boolean
}

/** A request in a few strings: thousands of small objects that live on cost the collector more than all else about a journal. */
export interface KeptRequest {
  method: string
  target: string
  /** Names and values in turn, a line each; neither can hold a line break. */
  headers: string
  /** A character for each byte. */
  body: string
}

/** What the journal needs of a request, which itself holds on to its socket. */
export function keptRequest({ method, target, rawHeaders, body }: Pick<WireRequest, 'method' | 'target' | 'rawHeaders' | 'body'>): KeptRequest {
  return { method, target, headers: rawHeaders.join('\n'), body: body.length === 0 ? '' : body.toString('latin1') }
}

/** One happening told in full. */
export function tell(happening: Happening, lane: number, seq: number): Entry {
  const { contract, request, outcome } = happening
  const body = Buffer.from(request.body, 'latin1')
  return {
    seq,
    arrival: happening.arrival,
    at: new Date(happening.startedAt).toISOString(),
    milliseconds: happening.endedAt - happening.startedAt,
    lane,
    service: contract.service,
    operation: happening.operation ?? null,
    direction: happening.direction,
    request: {
      method: request.method,
      target: request.target,
      headers: pairs(request.headers === '' ? [] : request.headers.split('\n')),
      body: body.toString('utf8'),
    },
    outcome: outcome.kind,
    status: outcome.kind === 'reply' ? outcome.reply.status : null,
    reply: outcome.kind === 'reply' ? { headers: pairs(outcome.reply.headers), body: Buffer.from(outcome.reply.body).toString('utf8') } : null,
    faults: happening.injections.map((injection) => tellInjection(injection, faults)),
    problem: happening.problem ?? null,
    violations: happening.violations,
    unknown: happening.operation === undefined ? [] : unknownMembers(contract.operations[happening.operation]?.details().body, body),
    failure: happening.failure?.stack ?? null,
    gone: happening.gone,
  }
}

function pairs(flat: readonly string[]): [string, string][] {
  return Array.from({ length: flat.length / 2 }, (_, at) => [flat[at * 2] as string, flat[at * 2 + 1] as string])
}

/** About how many bytes it keeps alive: bodies, address, headers. */
export function weigh({ request, outcome }: Happening): number {
  const bytes = request.body.length + request.target.length + request.headers.length
  if (outcome.kind === 'garbage') return bytes + outcome.bytes.length
  return outcome.kind === 'reply' ? bytes + outcome.reply.body.length + lengthOf(outcome.reply.headers) : bytes
}

function lengthOf(texts: readonly string[]): number {
  let sum = 0
  for (const text of texts) sum += text.length
  return sum
}
