import type { Contract } from '../../contracts/kit/contract.ts'
import { createRouter, type Match } from '../../contracts/kit/match.ts'
import { BODY_LIMIT, type WireRequest } from '../../contracts/kit/message.ts'
import type { Problem } from '../../contracts/kit/problem.ts'
import type { Clock } from '../../scenarios/kit/clock.ts'
import { compose } from '../../scenarios/kit/exchange.ts'
import type { Outcome } from '../../scenarios/kit/outcome.ts'
import { Acts } from './acts.ts'
import type { Answer, Backend } from './backend.ts'
import { failureReply } from './failure-reply.ts'
import type { Fence } from './fence.ts'
import { type Happening, keptRequest } from './journal.ts'
import { letGo } from './let-go.ts'
import { Life } from './life.ts'
import type { Post } from './post.ts'
import type { ServiceContext } from './service-context.ts'

/** One door: match ▸ select ▸ faults ▸ answer ▸ journal. */
export class Service {
  readonly contract: Contract
  readonly #backend: Backend
  readonly #router: ReturnType<typeof createRouter>
  readonly #context: ServiceContext
  readonly #acts: Acts
  readonly post: Post

  /** @param post Where it is to answer, from the moment it is put there; a new one when left out. */
  constructor(backend: Backend, context: ServiceContext, post?: Post) {
    this.contract = backend.contract
    this.#backend = backend
    this.#router = createRouter(backend.contract)
    this.#context = context
    this.#acts = context.acts ?? new Acts(context.clock)
    this.post = post ?? { service: this }
  }

  /** Who answers when nothing goes wrong on the way. */
  get backend(): Pick<Backend, 'answer' | 'authenticate'> {
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
    const [life, outcome] = this.#context.clock.holding(() => this.#begin(request, match))
    return outcome instanceof Promise ? this.#settle(life, outcome) : this.#close(life, outcome)
  }

  /** It is decided and answered in one instant, also where time runs: so it can be had again. */
  #begin(request: WireRequest, match: Match | Problem): [Life, Outcome | Promise<Outcome>] {
    const { clock, fence } = this.#context
    const life = new Life({ request, contract: this.contract, match, direction: 'in' }, { clock, generation: fence.generation, acts: this.#acts })
    const outcome = this.#decide(life)
    if (outcome instanceof Promise) clock.linger()
    return [life, outcome]
  }

  #decide(life: Life): Outcome | Promise<Outcome> {
    try {
      life.injections = this.#context.director.select(life)
      if (life.injections.length === 0) return this.#answer(life)
      const layers = life.injections.map(({ layer }) => layer)
      return compose(layers, life, () => this.#reach(life))
    } catch (error) {
      return failed(life, error)
    }
  }

  async #reach(life: Life): Promise<Outcome> {
    const { conductor, underWay } = this.#acts
    if (conductor !== undefined && underWay.has(life.arrival)) await conductor.turn(life.arrival)
    // Held back until after a reset, what it asks must not be done to the records of the next generation.
    if (life.generation !== this.#context.fence.generation) return CUT
    this.#acts.reach(life)
    return this.#answer(life)
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

  /** A reset ends at once what still waits, and nothing of it is journalled; the end of the suite does so too, and is. */
  #settle(life: Life, outcome: Promise<Outcome>): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      let over = false
      const pass = this.#context.fence.enter(() => {
        over = true
        this.#acts.settle(life)
        resolve(pass.late ? CUT : this.#close(life, CUT))
      })
      this.#acts.wait(life)
      const close = (settled: Outcome) => {
        this.#acts.settle(life)
        pass.leave()
        if (over) letGo(life, CUT)
        else resolve(this.#close(life, settled))
      }
      outcome.then(close, (error: unknown) => close(failed(life, error))).catch(reject)
    })
  }

  /** The last word on an exchange, whatever became of it. */
  #close(life: Life, outcome: Outcome): Outcome {
    letGo(life, outcome)
    const happening: Happening = {
      startedAt: life.startedAt,
      endedAt: life.endedAt,
      arrival: life.arrival,
      contract: this.contract,
      operation: life.operation,
      direction: 'in',
      request: keptRequest(life.request),
      outcome,
      injections: life.injections,
      problem: life.answer?.problem?.kind,
      unreadable: 'kind' in life.match && life.match.kind === 'unreadable' ? life.match.detail : undefined,
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
    const { complain } = this.#context
    const name = `${this.contract.service}.${operation ?? '(no operation)'}`
    if (failure !== undefined) complain(`${name} failed: ${failure.stack ?? failure.message}`)
    for (const { part, pointer, message } of answer?.violations ?? NONE) complain(`${name} broke its contract: ${part} ${pointer}: ${message}`)
  }
}

const NONE: Answer['violations'] = []

/** What a reset has overtaken ends without an answer, since it is not the next generation's to give; so does what a stop has. */
const CUT: Outcome = { kind: 'reset' }

function answered(life: Life, answer: Answer): Outcome {
  life.answer = answer
  life.failure = answer.failure
  return { kind: 'reply', reply: answer.reply }
}

function failed(life: Life, error: unknown): Outcome {
  life.failure = error instanceof Error ? error : new Error(String(error))
  return { kind: 'reply', reply: failureReply(life.failure) }
}
