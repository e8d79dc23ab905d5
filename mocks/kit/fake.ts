import { type AuthScheme, authenticate } from '../../contracts/kit/auth.ts'
import { conformReply, type Violation } from '../../contracts/kit/conform.ts'
import type { Contract, Operation, OperationDetails } from '../../contracts/kit/contract.ts'
import { readJson, writeJson } from '../../contracts/kit/json.ts'
import type { Match } from '../../contracts/kit/match.ts'
import { BODY_LIMIT, header, headersOf, type WireReply, type WireRequest } from '../../contracts/kit/message.ts'
import type { Fault, Place, Problem, Refusal } from '../../contracts/kit/problem.ts'
import type { Answer, Backend } from './backend.ts'
import type { Call, Surroundings } from './mock.ts'
import { queryOf } from './query.ts'
import type { Store } from './store.ts'

export interface FakeContext {
  store: Store
  secret(name: string): string | undefined
  strictAuth: boolean
  surroundings: Surroundings<never, never>
}

type AnyHandler = (call: Call<never, never, Operation>) => { status: number; body: unknown; headers?: Readonly<Record<string, string>> }
type Input = Pick<Call<never, never, Operation>, 'params' | 'query' | 'headers' | 'body'>

/** A mock at work in one lane: auth ▸ parse ▸ handler ▸ judge. */
export class Fake implements Backend {
  readonly contract: Contract
  readonly #handlers: Readonly<Record<string, AnyHandler>>
  readonly #context: FakeContext

  constructor(contract: Contract, handlers: Readonly<Record<string, unknown>>, context: FakeContext) {
    this.contract = contract
    this.#handlers = handlers as Readonly<Record<string, AnyHandler>>
    this.#context = context
  }

  answer(request: WireRequest, match: Match | Problem): Answer {
    if ('kind' in match) return this.#refuse(request, match)
    const { operation } = match
    const details = operation.details()
    if (request.tooLarge) return this.#refuse(request, { kind: 'too-large', limit: BODY_LIMIT }, operation)

    // FastAPI reads the body before it asks who is calling, and judges the values after.
    const body = readBody(details, request)
    if ('problem' in body) return this.#refuse(request, body.problem, operation)
    const refused = this.#authenticate(details, request)
    if (refused !== undefined) return this.#refuse(request, refused, operation)
    const input = parse(details, request, match, body.value)
    if ('kind' in input) return this.#refuse(request, input, operation)

    const handler = this.#handlers[match.name] as AnyHandler
    const call = { ...this.#context.surroundings, ...input, request, header: (name: string) => header(request, name) }
    const reply = this.#context.store.transaction(() => handler(call))
    return this.#reply(operation, reply.status, reply.body, reply.headers)
  }

  /** The vendor's own refusal. */
  #refuse(request: WireRequest, problem: Problem, operation?: Operation): Answer {
    const refusal = this.contract.errors.render(problem.kind === 'moved' ? absolute(problem, request) : problem)
    const reply = this.#wire(refusal.status, textOf(refusal), refusal.contentType ?? 'application/json', refusal.headers ?? [])
    return { reply, problem, violations: operation === undefined ? [] : this.#judge(operation, reply, refusal.body) }
  }

  #authenticate(details: OperationDetails, request: WireRequest): Problem | undefined {
    const scheme: AuthScheme | false | undefined = details.auth ?? this.contract.auth
    if (!scheme) return undefined
    return authenticate(scheme, { header: (name) => header(request, name), secret: this.#context.secret, strict: this.#context.strictAuth })
  }

  #reply(operation: Operation, status: number, body: unknown, headers: Readonly<Record<string, string>> | undefined): Answer {
    const details = operation.details()
    const spec = details.responses[status]
    const contentType = (spec !== undefined && !('_zod' in spec) ? spec.contentType : undefined) ?? 'application/json'
    const text = bodyless(status) ? '' : contentType === 'application/json' ? writeJson(body, details.lossless ?? false) : (body as string | Uint8Array)
    const reply = this.#wire(status, text, contentType, headers === undefined ? [] : Object.entries(headers).flat())
    return { reply, violations: this.#judge(operation, reply, body) }
  }

  /** The head as uvicorn writes it: date and server, the handler's own headers, length, type. */
  #wire(status: number, body: string | Uint8Array, contentType: string, extra: readonly string[]): WireReply {
    const headers = ['date', httpDate(this.#context.surroundings.clock.now()), 'server', this.contract.errors.server, ...extra]
    if (!bodyless(status)) headers.push('content-length', String(Buffer.byteLength(body)))
    if (!bodyless(status) && contentType !== '') headers.push('content-type', contentType)
    return { status, headers, body }
  }

  #judge(operation: Operation, reply: WireReply, body: unknown): Violation[] {
    const replied = { rawHeaders: reply.headers }
    return conformReply(this.contract, operation, {
      status: reply.status,
      contentType: bodyless(reply.status) ? 'application/json' : reply.headers[reply.headers.lastIndexOf('content-type') + 1],
      header: (name) => header(replied, name),
      body,
    })
  }
}

const bodyless = (status: number): boolean => status === 204 || status === 304

function textOf({ body }: Refusal): string | Uint8Array {
  return typeof body === 'string' || body instanceof Uint8Array ? body : writeJson(body, true)
}

function absolute(problem: { kind: 'moved'; location: string }, request: WireRequest): Problem {
  const at = request.target.indexOf('?')
  const query = at === -1 ? '' : request.target.slice(at)
  return { kind: 'moved', location: `http://${header(request, 'host') ?? 'localhost'}${problem.location}${query}` }
}

function readBody(details: OperationDetails, request: WireRequest): { value: unknown } | { problem: Problem } {
  if (details.body === undefined || request.body.length === 0) return { value: undefined }
  switch (details.consumes ?? 'json') {
    case 'bytes':
      return { value: request.body }
    case 'text':
      return { value: request.body.toString('utf8') }
    case 'form':
      return { value: queryOf(`?${request.body.toString('utf8')}`, details.body) }
    case 'json': {
      const type = header(request, 'content-type')
      if (type === undefined || isJson(type)) return readJson(request.body, details.lossless ?? false)
      return { problem: { kind: 'unsupported-media-type', expected: 'application/json', got: type, body: request.body.toString('utf8') } }
    }
  }
}

const isJson = (type: string): boolean => /^application\/(?:[\w.+-]+\+)?json(?:\s*;|\s*$)/i.test(type)

/** Every part is judged before anything is said: FastAPI tells all faults at once, in this order. */
function parse(details: OperationDetails, request: WireRequest, match: Match, body: unknown): Input | Problem {
  const faults: Fault[] = []
  const part = (place: Place, schema: OperationDetails['body'], value: () => unknown): unknown => {
    const input = value()
    if (schema === undefined) return input
    const outcome = schema.safeParse(input)
    if (outcome.success) return outcome.data
    faults.push({ place, issues: outcome.error.issues, input })
    return undefined
  }
  const input = {
    params: part('path', details.params, () => match.params),
    query: part('query', details.query, () => (details.query === undefined ? NOTHING : queryOf(request.target, details.query))),
    headers: part('header', details.headers, () => (details.headers === undefined ? NOTHING : headersOf(request))),
    body: part('body', details.body, () => body),
  }
  return faults.length > 0 ? { kind: 'invalid', faults } : (input as Input)
}

const NOTHING = Object.freeze({})

let second = Number.NaN
let date = ''

/** The `date` header for an instant; rendered once a second. */
function httpDate(now: number): string {
  const at = Math.floor(now / 1000)
  if (at !== second) {
    second = at
    date = new Date(at * 1000).toUTCString()
  }
  return date
}
