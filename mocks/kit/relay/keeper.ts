import { header } from '../../../contracts/kit/message.ts'
import type { RecordedExchange } from '../../../contracts/kit/recording/exchange.ts'
import { decoded } from './decoded.ts'
import { messageOf } from './failure.ts'
import type { Ended } from './incoming.ts'

/** One exchange that is over, before it is made into a recorded one. */
export interface Passed {
  at: number
  milliseconds: number
  operation: string | undefined
  request: { method: string; url: string; headers: readonly string[]; body: Buffer }
  ended: Ended
  overWebSocket?: Pick<RecordedExchange, 'messages' | 'closed'> | undefined
}

export interface KeeperOptions {
  keep(exchange: RecordedExchange): void
  service: string
  lane: number
  bound: number
  versionHeaders: readonly string[]
  complain(message: string): void
}

/** Makes recorded exchanges of those that are over, and hands them on. */
export class Keeper {
  readonly #options: KeeperOptions
  readonly #underWay = new Set<Promise<void>>()

  constructor(options: KeeperOptions) {
    this.#options = options
  }

  /** Returns at once: decoding is nothing that a client should wait for. */
  keep(passed: Passed): void {
    const work = this.#hand(passed).finally(() => this.#underWay.delete(work))
    this.#underWay.add(work)
  }

  /** Waits until all that is over was handed on. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay)
  }

  async #hand(passed: Passed): Promise<void> {
    const { keep, complain, service } = this.#options
    try {
      const recorded = await this.#recorded(passed)
      // The client's reply first: what becomes of a large body takes a while.
      await new Promise(setImmediate)
      keep(recorded)
    } catch (error) {
      complain(`could not keep an exchange of ${service}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    }
  }

  async #recorded({ at, milliseconds, operation, request, ended, overWebSocket }: Passed): Promise<RecordedExchange> {
    const { service, lane, versionHeaders } = this.#options
    const asked = await this.#body(request.headers, request.body, false)
    const { head, failure } = ended
    const said = head === undefined ? undefined : await this.#body(head.headers, ended.body, ended.cut)
    const version = head && versionHeaders.map((name) => header({ rawHeaders: head.headers }, name)).find((value) => value !== undefined)
    return {
      at,
      milliseconds,
      service,
      lane,
      ...(operation === undefined ? {} : { operation }),
      ...(version === undefined ? {} : { version }),
      request: { ...request, ...asked },
      ...(head === undefined || said === undefined ? {} : { reply: { status: head.status, headers: head.headers, ...said } }),
      ...(failure === undefined ? {} : { failure: messageOf(failure) }),
      ...overWebSocket,
    }
  }

  async #body(headers: readonly string[], bytes: Buffer, already: boolean): Promise<{ body: Buffer; cut?: true }> {
    const { bound } = this.#options
    const { body, cut } = await decoded(bytes, header({ rawHeaders: headers }, 'content-encoding'), bound)
    return { body: body.subarray(0, bound), ...(cut || already || body.length > bound ? { cut: true } : {}) }
  }
}
