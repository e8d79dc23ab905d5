import type { LookupFunction } from 'node:net'
import { type Dispatcher, Pool } from 'undici'
import { codeOf } from './failure.ts'
import { type Ended, Incoming } from './incoming.ts'

/** What is asked of the real service. */
export interface Asked {
  method: string
  /** Path and query. */
  path: string
  /** Flat pairs. */
  headers: readonly string[]
  body: Buffer
}

/** The connections to one real service. */
export interface UpstreamPool {
  /** @param tell Hears once how the reply ended, whoever still reads it. */
  ask(asked: Asked, tell: (ended: Ended) => void): Incoming
  /** Ends whatever is still under way. */
  close(): Promise<void>
}

export interface PoolOptions {
  /** How long the head of a reply may take, in milliseconds. */
  timeout: number
  /** How many bytes of a reply's body are kept for its end. */
  bound: number
  lookup: LookupFunction
}

/**
 * Redirects are not followed, nothing is decoded. Once the head is there a body may take its time: the client knows how long it waits.
 *
 * A real service may close a connection that it has kept while the next request is on its way to it. What may be asked twice is then asked once more; what
 * may not has a connection to itself, so that this cannot happen to it (RFC 9110, 9.2.2).
 */
export function createPool(origin: string, { timeout, bound, lookup }: PoolOptions): UpstreamPool {
  const options: Pool.Options = { headersTimeout: timeout, bodyTimeout: 0, connect: { timeout, lookup } }
  const [used, fresh] = [new Pool(origin, options), new Pool(origin, options)]
  return {
    ask({ method, path, headers, body }, tell) {
      const incoming = new Incoming(bound, tell)
      const request = { method, path, headers: headers as string[], body: body.length === 0 ? null : body }
      const askAlone = () => fresh.dispatch({ ...request, reset: true }, handlerOf(incoming))
      if (REPEATABLE.has(method)) used.dispatch(request, handlerOf(incoming, askAlone))
      else askAlone()
      return incoming
    },
    close: async () => void (await Promise.all([used.destroy(), fresh.destroy()])),
  }
}

const REPEATABLE = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE'])

const CLOSED = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'])

/** @param again Asks once more, where the connection turns out to have been closed. */
function handlerOf(incoming: Incoming, again?: () => void): Dispatcher.DispatchHandler {
  let begun = false
  return {
    onRequestStart(controller) {
      incoming.flow = controller
    },
    onResponseStart({ rawHeaders }, status) {
      begun = true
      // What comes before the reply, as early hints do, is between the real service and us.
      if (status >= 200)
        incoming.begin(
          status,
          (rawHeaders as Buffer[]).map((text) => text.toString('latin1')),
        )
    },
    onResponseData: (_, bytes) => incoming.take(bytes),
    onResponseEnd: () => incoming.end(),
    onResponseError(_, error) {
      if (again !== undefined && !begun && CLOSED.has(codeOf(error))) again()
      else incoming.end(error)
    },
  }
}
