import type { Contract } from '../../contracts/kit/contract.ts'
import type { Match } from '../../contracts/kit/match.ts'
import type { WireReply, WireRequest } from '../../contracts/kit/message.ts'
import { nearest } from '../../contracts/kit/nearest.ts'
import type { Problem } from '../../contracts/kit/problem.ts'
import { askedPaths } from '../../contracts/kit/recording/asked-path.ts'
import type { RecordedExchange, RecordedReply } from '../../contracts/kit/recording/exchange.ts'
import { wireReply } from '../../contracts/kit/reply.ts'
import type { Answer, Backend, BackendContext, BackendOf } from './backend.ts'
import { type Asked, asked, resemblance } from './replay/resemblance.ts'
import { saidAgain } from './replay/said-again.ts'

export interface ReplayOptions {
  contract: Contract
  /** In the order in which they are to be answered. Those without a whole reply are passed over: see {@link isReplayable}. */
  exchanges: readonly RecordedExchange[]
}

/**
 * A recording behind our door: what was recorded is answered again and nothing is computed. Of the exchanges of one method and path it answers the
 * one whose request was most alike; several that are equally alike in their order, and the last of them from then on.
 */
export function replayed({ contract, exchanges }: ReplayOptions): BackendOf {
  const takes = takesOf(contract, exchanges.filter(isReplayable))
  return (lane) => new Replay(contract, takes, lane)
}

/** Whether an exchange has a reply that can be given again; half of one would be taken for the whole. */
export function isReplayable({ reply, failure }: RecordedExchange): boolean {
  return reply !== undefined && reply.status >= 200 && reply.status <= 599 && reply.cut !== true && failure === undefined
}

/** One recorded exchange, ready to be given. */
interface Take {
  asked: Asked
  exchange: RecordedExchange
}

interface Takes {
  /** By `GET /alerts`. */
  byPath: ReadonlyMap<string, readonly Take[]>
  /** Those with something removed from their path, by operation: no client asks for a pseudonym. */
  byOperation: ReadonlyMap<string, readonly Take[]>
}

function takesOf(contract: Contract, exchanges: readonly RecordedExchange[]): Takes {
  const [byPath, byOperation] = [new Map<string, Take[]>(), new Map<string, Take[]>()]
  const askedPath = askedPaths(contract, exchanges)
  for (const exchange of exchanges) {
    const target = askedPath(exchange)
    const { method, headers, body } = exchange.request
    const take = { asked: asked(target, headers, body), exchange }
    add(byPath, keyOf(method, target), take)
    if (exchange.operation !== undefined && exchange.redactions?.includes('request path') === true) add(byOperation, exchange.operation, take)
  }
  return { byPath, byOperation }
}

function add(takes: Map<string, Take[]>, key: string, take: Take): void {
  const known = takes.get(key)
  if (known === undefined) takes.set(key, [take])
  else known.push(take)
}

/** What is asked, as recorded URLs are written: `GET /alerts`, dots and escapes in order. */
function keyOf(method: string, target: string): string {
  const url = `http://host${target}`
  return `${method} ${URL.canParse(url) ? new URL(url).pathname : target.split('?', 1)[0]}`
}

class Replay implements Backend {
  readonly contract: Contract
  readonly #takes: Takes
  readonly #lane: BackendContext
  readonly #given = new Set<Take>()

  constructor(contract: Contract, takes: Takes, lane: BackendContext) {
    this.contract = contract
    this.#takes = takes
    this.#lane = lane
  }

  answer(request: WireRequest, match: Match | Problem): Answer {
    if ('kind' in match && match.kind === 'unreadable') return { reply: this.#refusal(match), problem: match, violations: NONE }
    const takes = this.#takes.byPath.get(keyOf(request.method, request.target)) ?? ('name' in match ? this.#takes.byOperation.get(match.name) : undefined)
    if (takes === undefined) return this.#notRecorded(request)
    const { exchange } = this.#next(takes, asked(request.target, request.rawHeaders, request.body))
    return { reply: saidAgain(exchange, exchange.reply as RecordedReply), violations: NONE }
  }

  /** From the first one again. */
  reset(): void {
    this.#given.clear()
  }

  #next(takes: readonly Take[], wanted: Asked): Take {
    const scored = takes.map((take) => ({ take, score: takes.length === 1 ? 0 : resemblance(take.asked, wanted) }))
    const best = scored.reduce((most, { score }) => Math.max(most, score), 0)
    const even = scored.filter(({ score }) => score === best).map(({ take }) => take)
    const next = even.find((take) => !this.#given.has(take)) ?? (even.at(-1) as Take)
    this.#given.add(next)
    return next
  }

  /** In the vendor's words; that nobody recorded it is said beside them, in a header and in the journal. */
  #notRecorded({ method, target }: WireRequest): Answer {
    const key = keyOf(method, target)
    const path = key.slice(key.indexOf(' '))
    const known = [...this.#takes.byPath.keys()]
    const near = nearest(key, known) ?? known.find((one) => one.endsWith(path))
    const advice = near === undefined ? 'nothing that was recorded is near it' : `the nearest that was recorded is ${near}`
    const message = `${key} is not in the recording of ${this.contract.service}; ${advice}`
    const problem: Problem = { kind: 'unknown-operation' }
    const reply = this.#refusal(problem)
    reply.headers.push('x-mock-suite-not-recorded', advice.slice(0, 1000))
    return { reply, problem, failure: Object.assign(new Error(message), { stack: message }), violations: NONE }
  }

  #refusal(problem: Problem): WireReply {
    const { status, body, headers = [], contentType = 'application/json' } = this.contract.errors.render(problem)
    const text = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body)
    return wireReply(this.contract, this.#lane.clock.now(), { status, body: text, headers, contentType })
  }
}

/** Real replies break no contract of ours: see `drift` for what they say of it. */
const NONE: Answer['violations'] = []
