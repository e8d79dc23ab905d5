import { control } from '../../../contracts/control.ts'
import { agreedOn, conformReply } from '../../../contracts/kit/conform.ts'
import type { Operation } from '../../../contracts/kit/contract.ts'
import { type Input, parseInput, readBody } from '../../../contracts/kit/input.ts'
import { writeJson } from '../../../contracts/kit/json.ts'
import type { Match } from '../../../contracts/kit/match.ts'
import { header, type WireReply, type WireRequest } from '../../../contracts/kit/message.ts'
import type { Problem, Refusal } from '../../../contracts/kit/problem.ts'
import { refusalOf } from './refusal.ts'

interface Reply {
  status: number
  body: unknown
}

type Handler = (input: Input) => Reply | Promise<Reply>

/** What the control API answers: parse ▸ handler ▸ judge, as a fake does. Never throws. */
export function answer(match: Match, request: WireRequest, handler: Handler, complain: (message: string) => void): WireReply | Promise<WireReply> {
  const input = read(match, request)
  if ('kind' in input) return refuse(input)
  const lost = (error: unknown) => failed(error, `control.${match.name}`, complain)
  try {
    const reply = handler(input)
    return reply instanceof Promise ? reply.then((late) => judged(match, late, complain)).catch(lost) : judged(match, reply, complain)
  } catch (error) {
    return lost(error)
  }
}

function judged({ name, operation }: Match, { status, body }: Reply, complain: (message: string) => void): WireReply {
  for (const { part, pointer, message } of judge(operation, status, body)) complain(`control.${name} broke its contract: ${part} ${pointer}: ${message}`)
  return wire(status, body, agreedOn(control, operation, status)?.contentType ?? '', { lossless: operation.details().lossless ?? false })
}

/** The parts of a request, or why it is refused. Stricter than a fake: a body must say that it is JSON. */
export function read(match: Match, request: WireRequest): Input | Problem {
  const details = match.operation.details()
  if (details.body !== undefined && request.body.length > 0 && header(request, 'content-type') === undefined) {
    return { kind: 'unsupported-media-type', expected: 'application/json', got: undefined, body: '' }
  }
  const body = readBody(details, request)
  return 'problem' in body ? body.problem : parseInput(details, request, match, body.value)
}

export function refuse(problem: Problem): WireReply {
  return refused(control.errors.render(problem))
}

/** Something that a handler or Express threw: our user's mistake in its own words, ours as a 500 that a person is told about. */
export function failed(error: unknown, where: string, complain: (message: string) => void): WireReply {
  const refusal = refusalOf(error)
  if (refusal.status >= 500) complain(`${where} failed: ${error instanceof Error ? error.stack : String(error)}`)
  return refused(refusal)
}

export function refused({ status, body, contentType = 'application/json', headers = [] }: Refusal): WireReply {
  return wire(status, body, contentType, { extra: headers })
}

interface WireOptions {
  extra?: readonly string[]
  lossless?: boolean
}

function wire(status: number, body: unknown, contentType: string, { extra = [], lossless = false }: WireOptions): WireReply {
  const text = contentType.endsWith('json') ? writeJson(body, lossless) : String(body)
  const headers = ['server', control.errors.server, 'cache-control', 'no-store', 'x-content-type-options', 'nosniff', ...extra]
  if (contentType !== '') headers.push('content-type', contentType, 'content-length', String(Buffer.byteLength(text)))
  return { status, headers, body: text }
}

function judge(operation: Operation, status: number, body: unknown) {
  const contentType = agreedOn(control, operation, status)?.contentType
  return conformReply(control, operation, { status, contentType, headers: [], body })
}
