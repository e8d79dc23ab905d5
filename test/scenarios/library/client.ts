import { type CircuitBreakerPolicy, ConsecutiveBreaker, circuitBreaker, handleWhen, TimeoutStrategy, timeout, wrap } from 'cockatiel'
import type { ServiceName } from '../../../mocks/index.ts'
import { type Ask, asks } from './asks.ts'
import type { Live } from './live.ts'

/** An answer that is none. */
export class Refused extends Error {
  readonly status: number
  /** Seconds, if the answer told. */
  readonly retryAfter: number | undefined

  constructor(status: number, retryAfter: string | null) {
    super(`HTTP ${status}`)
    this.status = status
    this.retryAfter = retryAfter === null ? undefined : Number(retryAfter)
  }
}

interface Habits {
  /** How long it waits, in milliseconds. */
  patience: number
  /** How many failures in a row open its breaker. */
  failures: number
  /** For how long, in milliseconds. */
  open: number
  /** Whether a refusal is a failure too. Elsewhere it is an answer: only what is wrong with the service counts. */
  strict?: boolean
}

/** Of each client of the signal service (C1 §1.5; of config those of its hot reload, §10.2). */
export const habits = {
  alert: { patience: 30_000, failures: 2, open: 30_000 },
  comms: { patience: 30_000, failures: 2, open: 30_000 },
  marketplace: { patience: 10_000, failures: 3, open: 45_000 },
  watermark: { patience: 10_000, failures: 3, open: 60_000, strict: true },
  metrics: { patience: 5_000, failures: 2, open: 1_000 },
  user: { patience: 10_000, failures: 5, open: 45_000 },
  config: { patience: 30_000, failures: 5, open: 300_000 },
} as const satisfies Record<string, Habits>

export type Asked = keyof typeof habits

/** A small client of one service, with its timeout and its breaker. */
export interface Client {
  /** One request through timeout and breaker: what a success says, or a rejection. */
  ask(ask?: Ask): Promise<unknown>
  breaker: CircuitBreakerPolicy
}

/** @param at Whom it asks, when that is another service: today's watermark client asks the marketplace. */
export function clientOf({ suite }: Live, service: Asked, at: Asked = service): Client {
  const { patience, failures, open, strict = false }: Habits = habits[service]
  const isFailure = (error: Error) => strict || !(error instanceof Refused) || error.status >= 500
  const breaker = circuitBreaker(handleWhen(isFailure), { halfOpenAfter: open, breaker: new ConsecutiveBreaker(failures) })
  const policy = wrap(breaker, timeout(patience, TimeoutStrategy.Aggressive))
  return { breaker, ask: (ask = asks[service]) => policy.execute(({ signal }) => exchange(suite, at, ask, signal), new AbortController().signal) }
}

async function exchange(suite: Live['suite'], service: ServiceName, { path, method = 'GET', headers, body }: Ask, signal: AbortSignal): Promise<unknown> {
  const init = body === undefined ? {} : { body: JSON.stringify(body), headers: { ...headers, 'content-type': 'application/json' } }
  const reply = await suite.fetch(service, path, { method, ...(headers === undefined ? {} : { headers }), ...init, signal })
  const text = await reply.text()
  if (!reply.ok) throw new Refused(reply.status, reply.headers.get('retry-after'))
  return reply.headers.get('content-type')?.startsWith('application/json') ? JSON.parse(text) : text
}
