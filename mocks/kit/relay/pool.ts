import type { LookupFunction } from 'node:net'
import { type Dispatcher, Pool } from 'undici'
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

/** Redirects are not followed, nothing is decoded, nothing is asked twice. Once the head is there a body may take its time: the client knows how long it waits. */
export function createPool(origin: string, { timeout, bound, lookup }: PoolOptions): UpstreamPool {
  const pool = new Pool(origin, { headersTimeout: timeout, bodyTimeout: 0, connect: { timeout, lookup } })
  return {
    ask({ method, path, headers, body }, tell) {
      const incoming = new Incoming(bound, tell)
      pool.dispatch({ method, path, headers: headers as string[], body: body.length === 0 ? null : body }, handlerOf(incoming))
      return incoming
    },
    close: () => pool.destroy(),
  }
}

function handlerOf(incoming: Incoming): Dispatcher.DispatchHandler {
  return {
    onRequestStart(controller) {
      incoming.flow = controller
    },
    onResponseStart({ rawHeaders }, status) {
      // What comes before the reply, as early hints do, is between the real service and us.
      if (status >= 200)
        incoming.begin(
          status,
          (rawHeaders as Buffer[]).map((text) => text.toString('latin1')),
        )
    },
    onResponseData: (_, bytes) => incoming.take(bytes),
    onResponseEnd: () => incoming.end(),
    onResponseError: (_, error) => incoming.end(error),
  }
}
