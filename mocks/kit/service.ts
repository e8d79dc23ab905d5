import type { Contract } from '../../contracts/kit/contract.ts'
import { createRouter, type Match } from '../../contracts/kit/match.ts'
import type { WireReply, WireRequest } from '../../contracts/kit/message.ts'
import type { Problem } from '../../contracts/kit/problem.ts'
import type { Clock } from '../../scenarios/kit/clock.ts'
import type { Director } from '../../scenarios/kit/director.ts'
import { compose, type Exchange } from '../../scenarios/kit/exchange.ts'
import type { Outcome } from '../../scenarios/kit/outcome.ts'
import type { Answer, Backend } from './backend.ts'
import { type Journal, keptRequest } from './journal.ts'

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

/** What is known of an exchange while it lives. */
interface Life extends Exchange {
  match: Match | Problem
  startedAt: number
  generation: number
  answer: Answer | undefined
  failure: Error | undefined
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

  /** What becomes of a request; never throws. Told at once when nothing has to be waited for: most requests to a fake need no promise. */
  handle(request: WireRequest): Outcome | Promise<Outcome> {
    const at = request.target.indexOf('?')
    return this.#live(request, this.#router.match(request.method, at === -1 ? request.target : request.target.slice(0, at)))
  }

  /** What becomes of bytes that are no request: the vendor has words for them too. */
  unreadable(request: WireRequest, detail: string): Outcome | Promise<Outcome> {
    return this.#live(request, { kind: 'unreadable', detail })
  }

  #live(request: WireRequest, match: Match | Problem): Outcome | Promise<Outcome> {
    const life: Life = {
      request,
      service: this.contract.service,
      operation: 'kind' in match ? undefined : match.name,
      match,
      startedAt: this.#context.clock.now(),
      generation: this.#context.generation(),
      answer: undefined,
      failure: undefined,
    }
    const outcome = this.#decide(life)
    return outcome instanceof Promise ? this.#settle(life, outcome) : this.#close(life, outcome)
  }

  #decide(life: Life): Outcome | Promise<Outcome> {
    try {
      const layers = this.#context.director.select(life)
      return layers.length === 0 ? this.#answer(life) : compose(layers, life, async () => (this.#late(life) ? { kind: 'close' } : this.#answer(life)))
    } catch (error) {
      return failed(life, error)
    }
  }

  /** Held back by a fault until after a reset: what it asks must not be done to the records of the next generation. */
  #late(life: Life): boolean {
    return life.generation !== this.#context.generation()
  }

  #answer(life: Life): Outcome | Promise<Outcome> {
    try {
      const answer = this.#backend.answer(life.request, life.match)
      return answer instanceof Promise ? this.#awaitAnswer(life, answer) : answered(life, answer)
    } catch (error) {
      return failed(life, error)
    }
  }

  async #awaitAnswer(life: Life, answer: Promise<Answer>): Promise<Outcome> {
    try {
      return answered(life, await answer)
    } catch (error) {
      return failed(life, error)
    }
  }

  async #settle(life: Life, outcome: Promise<Outcome>): Promise<Outcome> {
    try {
      return this.#close(life, await outcome)
    } catch (error) {
      return this.#close(life, failed(life, error))
    }
  }

  /** The last word on an exchange, whatever became of it: journal it, or fence it off if a reset came between. */
  #close(life: Life, outcome: Outcome): Outcome {
    if (this.#late(life)) this.#context.fenced()
    else this.#enter(life, outcome)
    if (life.failure !== undefined || (life.answer?.violations.length ?? 0) > 0) this.#complain(life)
    return outcome
  }

  #enter(life: Life, outcome: Outcome): void {
    this.#context.journal.add({
      startedAt: life.startedAt,
      endedAt: this.#context.clock.now(),
      contract: this.contract,
      operation: life.operation,
      direction: 'in',
      request: keptRequest(life.request),
      outcome,
      problem: life.answer?.problem?.kind,
      violations: life.answer?.violations ?? NONE,
      failure: life.failure,
      gone: life.request.gone,
    })
  }

  #complain({ operation, failure, answer }: Life): void {
    const name = `${this.contract.service}.${operation ?? '(no operation)'}`
    if (failure !== undefined) this.#context.complain(`${name} failed: ${failure.stack ?? failure.message}`)
    for (const { part, pointer, message } of answer?.violations ?? NONE) {
      this.#context.complain(`${name} broke its contract: ${part} ${pointer}: ${message}`)
    }
  }
}

const NONE: Answer['violations'] = []

function answered(life: Life, answer: Answer): Outcome {
  life.answer = answer
  return { kind: 'reply', reply: answer.reply }
}

function failed(life: Life, error: unknown): Outcome {
  life.failure = error instanceof Error ? error : new Error(String(error))
  return { kind: 'reply', reply: failureReply(life.failure) }
}

/** A bug of ours must not look like the vendor's failure: the reply is marked. */
function failureReply(error: Error): WireReply {
  const body = JSON.stringify({ error: 'mock-suite: the handler failed', message: error.message })
  return {
    status: 500,
    headers: ['content-type', 'application/json', 'content-length', String(Buffer.byteLength(body)), 'x-mock-suite-error', 'handler'],
    body,
  }
}
