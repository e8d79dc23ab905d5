import { validateHeaderName, validateHeaderValue } from 'node:http'
import { type AuthQuestion, authenticate } from '../../contracts/kit/auth.ts'
import { conformReply, type Violation } from '../../contracts/kit/conform.ts'
import type { Address, Contract, Operation, OperationDetails } from '../../contracts/kit/contract.ts'
import { type Input, parseInput, readBody } from '../../contracts/kit/input.ts'
import { writeJson } from '../../contracts/kit/json.ts'
import type { Match } from '../../contracts/kit/match.ts'
import { BODY_LIMIT, header, type WireReply, type WireRequest } from '../../contracts/kit/message.ts'
import type { Problem, Refusal } from '../../contracts/kit/problem.ts'
import { bodyless, wireReply } from '../../contracts/kit/reply.ts'
import type { Answer, Backend } from './backend.ts'
import type { Call, Surroundings, Unserved } from './mock.ts'
import type { Store } from './store.ts'

export interface FakeContext {
  store: Store
  secret(name: string): string | undefined
  verify: AuthQuestion['verify']
  strictAuth: boolean
  surroundings: Surroundings<never, never>
}

type Headers = Readonly<Record<string, string | readonly string[]>>
type AnyHandler = (call: Call<never, never, Operation>) => { status: number; body: unknown; headers?: Headers } | Unserved

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
    const read = readBody(details, request)
    const body = 'problem' in read ? (this.contract.errors.salvage?.(read.problem) ?? read) : read
    if ('problem' in body) return this.#refuse(request, body.problem, operation)
    const refused = this.authenticate(details, request)
    if (refused !== undefined) return this.#refuse(request, refused, operation)
    const input = parseInput(details, request, match, body.value)
    if ('kind' in input) return this.#refuse(request, input, operation)

    const reply = this.#handle(match.name, request, input)
    if ('kind' in reply) return this.#refuse(request, reply)
    return this.#reply(operation, details, reply.status, reply.body, reply.headers)
  }

  #handle(name: string, request: WireRequest, input: Input): ReturnType<AnyHandler> {
    const handler = this.#handlers[name] as AnyHandler
    const call = new HandlerCall(this.#context.surroundings, request, input) as unknown as Call<never, never, Operation>
    const reply = this.#context.store.transaction(handler, call)
    // Types forbid it, but a mock may be JavaScript; what it writes after its first wait would be in no transaction.
    if ('then' in reply)
      throw new TypeError(`the handler of ${name} is asynchronous: answer at once, and leave what is to happen later to clock.after or callback`)
    return reply
  }

  /** The vendor's own refusal. */
  #refuse(request: WireRequest, problem: Problem, operation?: Operation): Answer {
    const refusal = this.contract.errors.render(problem.kind === 'moved' ? absolute(problem, request) : problem)
    const contentType = refusal.contentType ?? 'application/json'
    const reply = this.#wire(refusal.status, textOf(refusal), contentType, refusal.headers ?? [])
    return { reply, problem, violations: operation === undefined ? [] : this.#judge(operation, reply, contentType, refusal.body) }
  }

  authenticate(details: OperationDetails, request: Pick<WireRequest, 'rawHeaders'>): Problem | undefined {
    const scheme = details.auth ?? this.contract.auth
    if (!scheme) return undefined
    const { secret, verify, strictAuth: strict } = this.#context
    return authenticate(scheme, { header: (name) => header(request, name), secret, verify, strict })
  }

  #reply(operation: Operation, details: OperationDetails, status: number, body: unknown, headers: Headers | undefined): Answer {
    const spec = details.responses[status]
    const contentType = (spec !== undefined && !('_zod' in spec) ? spec.contentType : undefined) ?? 'application/json'
    const json = contentType === 'application/json' || OTHER_JSON.test(contentType)
    const text = bodyless(status) ? '' : json ? writeJson(body, details.lossless ?? false) : (body as string | Uint8Array)
    const reply = this.#wire(status, text, contentType, headers === undefined ? NOTHING : sendable(headers))
    return { reply, violations: this.#judge(operation, reply, contentType, body) }
  }

  #wire(status: number, body: string | Uint8Array, contentType: string, headers: readonly string[]): WireReply {
    return wireReply(this.contract, this.#context.surroundings.clock.now(), { status, body, contentType, headers })
  }

  #judge(operation: Operation, { status, headers }: WireReply, contentType: string, body: unknown): readonly Violation[] {
    return conformReply(this.contract, operation, { status, contentType, headers, body })
  }
}

const NOTHING: readonly string[] = []

/** `application/problem+json`. */
const OTHER_JSON = /^application\/(?:[\w.-]+\+)?json\b/i

/** Said here, a header that HTTP cannot carry is a failed handler; on the way out it would end the process. */
function sendable(headers: Headers): string[] {
  const pairs = Object.entries(headers).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, one]))
  for (const [name, value] of pairs) {
    validateHeaderName(name)
    validateHeaderValue(name, value)
  }
  return pairs.flat()
}

function textOf({ body }: Refusal): string | Uint8Array {
  return typeof body === 'string' || body instanceof Uint8Array ? body : writeJson(body, true)
}

function absolute(problem: { kind: 'moved'; location: string }, request: WireRequest): Problem {
  const at = request.target.indexOf('?')
  const query = at === -1 ? '' : request.target.slice(at)
  return { kind: 'moved', location: `http://${header(request, 'host') ?? 'localhost'}${problem.location}${query}` }
}

/** A class, not a literal with spreads: one is made for every request. */
class HandlerCall implements Omit<Call<never, never, Operation>, 'tables' | 'world'> {
  readonly params: never
  readonly query: never
  readonly headers: never
  readonly body: never
  readonly request: WireRequest
  readonly tables: unknown
  readonly world: unknown
  readonly clock
  readonly ids
  readonly lane
  readonly callback
  readonly #addressFor

  constructor(surroundings: Surroundings<unknown, unknown>, request: WireRequest, input: Input) {
    this.params = input.params as never
    this.query = input.query as never
    this.headers = input.headers as never
    this.body = input.body as never
    this.request = request
    this.tables = surroundings.tables
    this.world = surroundings.world
    this.clock = surroundings.clock
    this.ids = surroundings.ids
    this.lane = surroundings.lane
    this.callback = surroundings.callback
    this.#addressFor = surroundings.address
  }

  /** Made when a handler asks for it: most do not. */
  get header(): (name: string) => string | undefined {
    return (name) => header(this.request, name)
  }

  get address(): (service: string) => Address | undefined {
    return (service) => this.#addressFor(service, header(this.request, 'host'))
  }
}
