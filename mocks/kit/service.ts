import type { Contract } from '../../contracts/kit/contract.ts'
import { createRouter, type Match } from '../../contracts/kit/match.ts'
import { abandon, BODY_LIMIT, type WireRequest } from '../../contracts/kit/message.ts'
import type { Problem } from '../../contracts/kit/problem.ts'
import type { Clock } from '../../scenarios/kit/clock.ts'
import type { Director } from '../../scenarios/kit/director.ts'
import { compose } from '../../scenarios/kit/exchange.ts'
import type { Outcome } from '../../scenarios/kit/outcome.ts'
import type { Answer, Backend } from './backend.ts'
import { failureReply } from './failure-reply.ts'
import type { Fence } from './fence.ts'
import { type Happening, type Journal, keptRequest } from './journal.ts'
import { Life } from './life.ts'
import type { Post } from './post.ts'

/** What a service needs of its lane. */
export interface ServiceContext {
  clock: Clock
  director: Pick<Director, 'select'>
  /** A setup that retires has another put here. */
  journal: Pick<Journal, 'add'>
  fence: Fence
  /** Tells a person about a failure of ours. */
  complain(message: string): void
}

/** One door: match ▸ select ▸ faults ▸ answer ▸ journal. */
export class Service {
  readonly contract: Contract
  readonly #backend: Backend
  readonly #router: ReturnType<typeof createRouter>
  readonly #context: ServiceContext
  readonly post: Post

  /** @param post Where it is to answer, from the moment it is put there; a new one when left out. */
  constructor(backend: Backend, context: ServiceContext, post?: Post) {
    this.contract = backend.contract
    this.#backend = backend
    this.#router = createRouter(backend.contract)
    this.#context = context
    this.post = post ?? { service: this }
  }

  /** Who answers when nothing goes wrong on the way. */
  get backend(): Pick<Backend, 'answer'> {
    return this.#backend
  }

  /** The lane's: transports time their deliveries by it. */
  get clock(): Clock {
    return this.#context.clock
  }

  /** The lane's: transports cut by it what a reset has overtaken. */
  get fence(): Fence {
    return this.#context.fence
  }

  /** The largest request body that is read. */
  get bodyLimit(): number {
    return this.#backend.bodyLimit ?? BODY_LIMIT
  }

  /** Puts what answers back to how it was at the start. */
  reset(): void {
    this.#backend.reset?.()
  }

  /** Whether a request may turn its connection into a WebSocket. */
  get upgrades(): boolean {
    return this.#backend.upgrades ?? false
  }

  async close(): Promise<void> {
    await this.#backend.close?.()
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
    const { clock, fence } = this.#context
    const life = new Life({ request, contract: this.contract, match, direction: 'in' }, { clock, generation: fence.generation })
    const outcome = this.#decide(life)
    return outcome instanceof Promise ? this.#settle(life, outcome) : this.#close(life, outcome)
  }

  #decide(life: Life): Outcome | Promise<Outcome> {
    try {
      life.injections = this.#context.director.select(life)
      if (life.injections.length === 0) return this.#answer(life)
      const layers = life.injections.map(({ layer }) => layer)
      // Held back until after a reset, what it asks must not be done to the records of the next generation.
      return compose(layers, life, async () => (life.generation === this.#context.fence.generation ? this.#answer(life) : CUT))
    } catch (error) {
      return failed(life, error)
    }
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

  /** A reset ends at once what still waits, and nothing of it is journalled. */
  #settle(life: Life, outcome: Promise<Outcome>): Promise<Outcome> {
    return new Promise((resolve) => {
      const pass = this.#context.fence.enter(() => resolve(CUT))
      const close = (settled: Outcome) => {
        if (pass.late) letGo(life, CUT)
        else resolve(this.#close(life, settled))
        pass.leave()
      }
      outcome.then(close, (error: unknown) => close(failed(life, error)))
    })
  }

  /** The last word on an exchange, whatever became of it. */
  #close(life: Life, outcome: Outcome): Outcome {
    letGo(life, outcome)
    const happening: Happening = {
      startedAt: life.startedAt,
      endedAt: life.endedAt,
      contract: this.contract,
      operation: life.operation,
      direction: 'in',
      request: keptRequest(life.request),
      outcome,
      injections: life.injections,
      problem: life.answer?.problem?.kind,
      violations: life.answer?.violations ?? NONE,
      failure: life.failure,
      // Who was cut off by a port that shut has not left by itself.
      gone: life.request.gone && outcome.kind !== 'refuse',
    }
    this.#context.journal.add(happening, life.answer?.problem)
    if (life.failure !== undefined || (life.answer?.violations.length ?? 0) > 0) this.#complain(life)
    return outcome
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

/** What a reset has overtaken ends without an answer: it is not the next generation's to give. */
const CUT: Outcome = { kind: 'reset' }

/** What still comes behind an answer is not wanted where the answer is not given. */
function letGo({ answer }: Life, outcome: Outcome): void {
  if (answer === undefined || (answer.reply.rest === undefined && answer.reply.tunnel === undefined)) return
  const given = outcome.kind === 'reply' && outcome.reply.rest === answer.reply.rest && outcome.reply.tunnel === answer.reply.tunnel
  if (!given) abandon(answer.reply)
}

function answered(life: Life, answer: Answer): Outcome {
  life.answer = answer
  life.failure = answer.failure
  return { kind: 'reply', reply: answer.reply }
}

function failed(life: Life, error: unknown): Outcome {
  life.failure = error instanceof Error ? error : new Error(String(error))
  return { kind: 'reply', reply: failureReply(life.failure) }
}
