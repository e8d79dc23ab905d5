import type { Contract } from '../../contracts/kit/contract.ts'
import { createRouter, type Match } from '../../contracts/kit/match.ts'
import type { WireReply, WireRequest } from '../../contracts/kit/message.ts'
import type { Problem } from '../../contracts/kit/problem.ts'
import type { Clock } from '../../scenarios/kit/clock.ts'
import type { Director } from '../../scenarios/kit/director.ts'
import { compose, type Exchange } from '../../scenarios/kit/exchange.ts'
import type { Outcome } from '../../scenarios/kit/outcome.ts'
import type { Answer, Backend } from './backend.ts'
import type { Journal } from './journal.ts'

/** What a service needs of its lane. */
export interface ServiceContext {
  clock: Clock
  director: Director
  journal: Journal
  /** Counts resets: what began in an earlier generation may not write into this one. */
  generation(): number
  fenced(): void
  /** Tells a person about a failure of ours. */
  complain(message: string): void
}

/** One door: match ▸ select ▸ faults ▸ answer ▸ journal. */
export class Service {
  readonly contract: Contract
  readonly #backend: Backend
  readonly #router: ReturnType<typeof createRouter>
  readonly #context: ServiceContext

  constructor(backend: Backend, context: ServiceContext) {
    this.contract = backend.contract
    this.#backend = backend
    this.#router = createRouter(backend.contract)
    this.#context = context
  }

  /** What becomes of a request; never rejects. */
  async handle(request: WireRequest): Promise<Outcome> {
    const at = request.target.indexOf('?')
    return this.#live(request, this.#router.match(request.method, at === -1 ? request.target : request.target.slice(0, at)))
  }

  /** What becomes of bytes that are no request: the vendor has words for them too. */
  unreadable(request: WireRequest, detail: string): Promise<Outcome> {
    return this.#live(request, { kind: 'unreadable', detail })
  }

  async #live(request: WireRequest, match: Match | Problem): Promise<Outcome> {
    const { clock, director, journal } = this.#context
    const startedAt = clock.now()
    const generation = this.#context.generation()
    const operation = 'kind' in match ? undefined : match.name
    let answer: Answer | undefined
    let failure: Error | undefined
    let outcome: Outcome | undefined

    const reply = async (): Promise<Outcome> => {
      try {
        answer = await this.#backend.answer(request, match)
        return { kind: 'reply', reply: answer.reply }
      } catch (error) {
        failure = error instanceof Error ? error : new Error(String(error))
        return { kind: 'reply', reply: failed(failure) }
      }
    }

    try {
      const exchange: Exchange = { request, service: this.contract.service, operation }
      const layers = director.select(exchange)
      outcome = layers.length === 0 ? await reply() : await compose(layers, exchange, reply)
      return outcome
    } finally {
      if (generation !== this.#context.generation()) this.#context.fenced()
      else {
        journal.add({
          startedAt,
          endedAt: clock.now(),
          contract: this.contract,
          operation,
          direction: 'in',
          request,
          outcome: outcome ?? { kind: 'close' },
          problem: answer?.problem,
          violations: answer?.violations ?? [],
          failure,
          gone: request.gone,
        })
      }
      this.#complain(operation, failure, answer)
    }
  }

  #complain(operation: string | undefined, failure: Error | undefined, answer: Answer | undefined): void {
    const name = `${this.contract.service}.${operation ?? '(no operation)'}`
    if (failure !== undefined) this.#context.complain(`${name} failed: ${failure.stack ?? failure.message}`)
    for (const { part, pointer, message } of answer?.violations ?? []) {
      this.#context.complain(`${name} broke its contract: ${part} ${pointer}: ${message}`)
    }
  }
}

/** A bug of ours must not look like the vendor's failure: the reply is marked. */
function failed(error: Error): WireReply {
  const body = JSON.stringify({ error: 'mock-suite: the handler failed', message: error.message })
  return {
    status: 500,
    headers: ['content-type', 'application/json', 'content-length', String(Buffer.byteLength(body)), 'x-mock-suite-error', 'handler'],
    body,
  }
}
