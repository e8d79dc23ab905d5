import type { Contract } from '../../../contracts/kit/contract.ts'
import type { Match } from '../../../contracts/kit/match.ts'
import type { WireRequest } from '../../../contracts/kit/message.ts'
import type { Problem } from '../../../contracts/kit/problem.ts'
import type { RecordedExchange } from '../../../contracts/kit/recording/exchange.ts'
import { wireReply } from '../../../contracts/kit/reply.ts'
import type { Answer, Backend, BackendContext, BackendOf } from '../backend.ts'
import { messageOf } from './failure.ts'
import { guardedLookup } from './forbidden.ts'
import { addressedTo, withoutHopByHop } from './hop-by-hop.ts'
import type { Ended, Incoming } from './incoming.ts'
import { Keeper } from './keeper.ts'
import { Messages } from './messages.ts'
import { type Asked, createPool, type UpstreamPool } from './pool.ts'
import { unanswered, unansweredReply } from './unanswered.ts'
import { examined } from './upstream.ts'
import { handshakeHeaders, type Shaken, shakeHands } from './web-socket.ts'

export interface RelayOptions {
  contract: Contract
  /** Where the real service is; a path in it stands before every path that is asked. See `checkUpstream`. */
  upstream: URL
  /** Hosts that may be asked. @default every host */
  allow?: readonly string[] | undefined
  /** Is handed every exchange once it is over. */
  keep?: ((exchange: RecordedExchange) => void) | undefined
  /** What recordings are dated by, in milliseconds. @default the lane's clock */
  now?: (() => number) | undefined
  /** How many bytes of each body are kept. @default 8 MiB */
  bound?: number | undefined
  /** How long the real service may take to begin its reply, in milliseconds. @default 30 s */
  timeout?: number | undefined
  /** The reply's header in which the real service names its version. @default one of the usual names */
  versionHeader?: string | undefined
}

/** The real service behind our door: as a fake stands there, so that faults play in front of it and its exchanges are kept. */
export function createRelay(options: RelayOptions): BackendOf {
  const { href } = examined(options.upstream.href, options)
  return (lane) => new Relay({ ...options, upstream: new URL(href) }, lane)
}

/** Real services take larger bodies than our fakes do. */
const BODY_LIMIT = 16 * 1024 * 1024

const BOUND = 8 * 1024 * 1024

const PATIENCE = 30_000

const VERSION_HEADERS = ['x-service-version', 'x-app-version', 'x-api-version', 'x-version', 'server-version']

class Relay implements Backend {
  readonly contract: Contract
  readonly bodyLimit = BODY_LIMIT
  readonly upgrades = true
  readonly #upstream: URL
  /** The path of the upstream, without a slash at its end. */
  readonly #base: string
  readonly #lane: BackendContext
  readonly #now: () => number
  readonly #pool: UpstreamPool
  readonly #keeper: Keeper | undefined
  readonly #timeout: number
  /** How many bytes of a body are kept; none where nobody keeps them. */
  readonly #bound: number

  constructor({ contract, upstream, keep, now, bound = BOUND, timeout = PATIENCE, versionHeader }: RelayOptions, lane: BackendContext) {
    this.contract = contract
    this.#upstream = upstream
    this.#base = upstream.pathname.replace(/\/$/, '')
    this.#lane = lane
    this.#now = now ?? (() => lane.clock.now())
    this.#timeout = timeout
    this.#bound = keep === undefined ? 0 : bound
    this.#pool = createPool(upstream.origin, { timeout, bound: this.#bound, lookup: guardedLookup })
    const { complain, index } = lane
    const versionHeaders = versionHeader === undefined ? VERSION_HEADERS : [versionHeader]
    this.#keeper = keep && new Keeper({ keep, service: contract.service, lane: index, bound, versionHeaders, complain })
  }

  /** Also what no operation takes is asked: the real service may know more than its contract. */
  answer(request: WireRequest, match: Match | Problem): Answer | Promise<Answer> {
    if (request.tooLarge) return this.#refuse({ kind: 'too-large', limit: BODY_LIMIT })
    if ('kind' in match && match.kind === 'unreadable') return this.#refuse(match)
    if (request.target === '*') return this.#refuse({ kind: 'unreadable', detail: 'a relay asks for paths, not for a server as a whole' })
    const operation = 'kind' in match ? undefined : match.name
    return request.upgrade === true ? this.#shakeHands(request, operation) : this.#ask(request, operation)
  }

  async close(): Promise<void> {
    await this.#pool.close()
    await this.#keeper?.settled()
  }

  /**
   * What the client has left is still read to its end, since the real service has done the work; only what streams is left with the client:
   * it may have no end.
   */
  async #ask(request: WireRequest, operation: string | undefined): Promise<Answer> {
    const { method, body } = request
    const path = this.#base + pathOf(request.target)
    const headers = addressedTo(this.#upstream.host, withoutHopByHop(request.rawHeaders))
    const tell = this.#begin(operation, { method, path, headers, body })
    return this.#answered(() => this.#pool.ask({ method, path, headers, body }, tell))
  }

  async #shakeHands({ method, body, target, rawHeaders }: WireRequest, operation: string | undefined): Promise<Answer> {
    const path = this.#base + pathOf(target)
    const headers = addressedTo(this.#upstream.host, handshakeHeaders(rawHeaders))
    const messages = this.#keeper && new Messages(this.#now, this.#bound)
    const tell = this.#begin(operation, { method, path, headers, body }, messages)
    const failed = (failure: Error) => {
      tell({ head: undefined, body, cut: false, failure, left: false })
      throw failure
    }
    const options = { timeout: this.#timeout, bound: this.#bound, lookup: guardedLookup, messages }
    return this.#answered(() => shakeHands({ origin: this.#upstream, path, headers }, options, tell).catch(failed))
  }

  /** What is asked from here on; to be told how it ended. */
  #begin(operation: string | undefined, { path, ...asked }: Asked, messages?: Messages): (ended: Ended) => void {
    const at = this.#now()
    const request = { ...asked, url: this.#upstream.origin + path }
    return (ended) => {
      const overWebSocket = ended.head?.status === 101 ? messages?.all() : undefined
      this.#keeper?.keep({ at, milliseconds: this.#now() - at, operation, request, ended, overWebSocket })
      if (ended.head !== undefined) this.#complain(operation, ended)
    }
  }

  async #answered(ask: () => Incoming | Promise<Shaken>): Promise<Answer> {
    try {
      const answer = await ask()
      if ('tunnel' in answer) {
        return { reply: { status: 101, headers: [...answer.headers], body: '', tunnel: answer.tunnel }, violations: NONE }
      }
      const { status, headers, body, rest } = await answer.arrived
      return { reply: { status, headers: withoutHopByHop(headers), body, ...(rest === undefined ? {} : { rest }) }, violations: NONE }
    } catch (error) {
      const failure = unanswered(this.#upstream.origin, error as Error)
      return { reply: unansweredReply(failure), failure, violations: NONE }
    }
  }

  /** The client sees a connection that is cut, and nothing that says who has cut it. */
  #complain(operation: string | undefined, { failure, left }: Ended): void {
    if (failure === undefined || left) return
    const name = `${this.contract.service}.${operation ?? '(no operation)'}`
    this.#lane.complain(`${name}: the real service at ${this.#upstream.origin} did not end its reply: ${messageOf(failure)}`)
  }

  /** What cannot be passed on is refused in the vendor's words, as its fake would. */
  #refuse(problem: Problem): Answer {
    const { status, body, headers = [], contentType = 'application/json' } = this.contract.errors.render(problem)
    const text = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body)
    return { reply: wireReply(this.contract, this.#lane.clock.now(), { status, body: text, headers, contentType }), problem, violations: NONE }
  }
}

/** Judged later, from the recording: what a real reply breaks is no defect of ours to complain of. */
const NONE: Answer['violations'] = []

/** A client that takes us for a proxy names the whole address. */
function pathOf(target: string): string {
  return target.replace(/^https?:\/\/[^/?#]*/i, '') || '/'
}
