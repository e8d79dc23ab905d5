import type { FakeAnswer } from '../../contracts/drift/breaks/fake-answer.ts'
import type { Contract } from '../../contracts/kit/contract.ts'
import { credentialsOf } from '../../contracts/kit/credentials.ts'
import { readJson } from '../../contracts/kit/json.ts'
import { createRouter, type Match, type Router } from '../../contracts/kit/match.ts'
import { header, type WireReply, type WireRequest } from '../../contracts/kit/message.ts'
import type { RecordedExchange } from '../../contracts/kit/recording/exchange.ts'
import type { Answer } from './backend.ts'
import { Counterparts, type Translated } from './counterparts.ts'
import type { Lane } from './lane.ts'

/** A recorded request on its way to our fake. */
export interface Recorded {
  exchange: RecordedExchange
  contract: Contract
  match: Match
  /** Path and query as the fake's routes know them. */
  target: string
}

/** What a service refuses because of whom or what it knows, not because of the request: the fake knows others. */
const KNOWING: ReadonlySet<number> = new Set([401, 403, 404, 409, 410, 429])
const UNKNOWN: ReadonlySet<number> = new Set([401, 403])

/** Removed from what a service looks at closely: a pseudonym may not be as long, or as good a password. Headers are given back. */
const IN_THE_QUESTION = /^request (?!header)/

/**
 * Asks the fakes of a lane what was asked of the real services, in the same order, so that they come into the same state as far as the
 * recording itself brings it about. What the real service named, the fake names otherwise: ids and tokens are translated, and credentials that
 * were removed from the recording are replaced by such as the fake takes. Nothing leaves the lane: its clock is moved by hand, so no webhook falls due.
 */
export class Reenactment {
  readonly #lane: Lane
  readonly #counterparts = new Counterparts()
  readonly #routers = new Map<Contract, Router>()

  /** @param lane One whose clock stands still; it is used up. */
  constructor(lane: Lane) {
    this.#lane = lane
  }

  ask({ exchange, contract, match, target }: Recorded): FakeAnswer {
    const { clock } = this.#lane
    // Not `advance()`: what falls due on the way would be done, and a webhook would leave.
    if (exchange.at > clock.now()) clock.freeze(exchange.at)
    const { lossless = false } = match.operation.details()
    const translated = this.#counterparts.translate({ ...exchange.request, target }, lossless)
    const given = this.#credentials(contract, match, exchange)
    const request = wireRequest(exchange, translated, given)
    const { reply, problem, violations } = this.#answer(contract, request)
    const body = bodyOf(reply, lossless)
    if (exchange.reply !== undefined && sameFate(exchange.reply.status, reply.status)) this.#counterparts.learn(jsonOf(exchange.reply.body, lossless), body)
    return {
      status: reply.status,
      body,
      problem,
      violations,
      incomparable: incomparable(exchange, reply, given.has('authorization') ? { ...translated, stranger: false } : translated),
    }
  }

  /** Matched anew, since what was translated may stand in the path. A handler that throws has broken the contract. */
  #answer(contract: Contract, request: WireRequest): Answer {
    const router = this.#routers.get(contract) ?? createRouter(contract)
    this.#routers.set(contract, router)
    try {
      return this.#lane.service(contract.service).backend.answer(request, router.match(request.method, request.target.split('?', 1)[0] as string)) as Answer
    } catch (error) {
      const message = `the handler failed: ${error instanceof Error ? error.message : String(error)}`
      return { reply: { status: 500, headers: [], body: '' }, violations: [{ part: 'status', pointer: '', message }] }
    }
  }

  /** Such as the fake takes, where the real service took what the recording no longer shows. */
  #credentials(contract: Contract, { operation }: Match, { request, reply }: RecordedExchange): Map<string, string> {
    const given = new Map<string, string>()
    if (reply === undefined || reply.status === 401 || reply.status === 403) return given
    for (const credential of credentialsOf(contract, operation.details())) {
      const name = credential.kind === 'key' ? credential.header : 'authorization'
      const shown = header({ rawHeaders: request.headers }, name)
      if (shown === undefined || this.#counterparts.knows(shown)) continue
      const secret = credential.kind === 'token' ? this.#lane.token(contract.service, credential.needs) : this.#lane.secret(credential.secret)
      if (secret !== undefined) given.set(name.toLowerCase(), credential.kind === 'key' ? secret : `Bearer ${secret}`)
    }
    return given
  }
}

/** Why nothing follows from a fake's other status. What the recording itself has brought about, the fake must know as well. */
function incomparable({ request, reply, redactions }: RecordedExchange, fake: WireReply, { foreign, stranger }: Translated): string | undefined {
  if (reply === undefined || reply.status === fake.status) return undefined
  if (request.cut === true) return 'the end of the request was not kept'
  if (reply.status >= 500) return 'the real service was out of order'
  const refused = reply.status >= 400 || fake.status >= 400
  if (refused && redactions?.some((place) => IN_THE_QUESTION.test(place))) return 'the fake was asked with a pseudonym where the real service was told a secret'
  if (!KNOWING.has(reply.status) && !KNOWING.has(fake.status)) return undefined
  if (stranger && UNKNOWN.has(fake.status)) return 'the fake does not know a credential that was given out before the recording began'
  return foreign ? 'the fake does not know what the real service knew before the recording began' : undefined
}

const sameFate = (one: number, other: number): boolean => Math.floor(one / 100) === Math.floor(other / 100)

function wireRequest({ request }: RecordedExchange, translated: Translated, given: Map<string, string>): WireRequest {
  const rawHeaders = translated.headers.map((text, at) => (at % 2 === 0 ? text : (given.get((translated.headers[at - 1] as string).toLowerCase()) ?? text)))
  return { method: request.method, target: translated.target, rawHeaders, body: translated.body, tooLarge: request.cut === true, gone: false }
}

function bodyOf({ body }: WireReply, lossless: boolean): unknown {
  const bytes = Buffer.from(body)
  return jsonOf(bytes, lossless) ?? bytes.toString('utf8')
}

function jsonOf(bytes: Buffer, lossless: boolean): unknown {
  const read = bytes.length === 0 ? { value: undefined } : readJson(bytes, lossless)
  return 'value' in read ? read.value : undefined
}
