import type { Contract } from '../../contracts/kit/contract.ts'
import type { Clock } from '../../scenarios/kit/clock.ts'
import type { Outcome } from '../../scenarios/kit/outcome.ts'
import { type Journal, keptRequest } from './journal.ts'
import type { Callback } from './mock.ts'

interface CallbackContext {
  contract: Contract
  clock: Clock
  journal: Journal
  generation(): number
  fenced(): void
}

/** Waits before the second and the third try, on the suite's clock. */
const RETRIES = ['1s', '2s']

/** How long one try may take, in real milliseconds: the receiver lives in real time. */
const PATIENCE = 10_000

/** A service's way of calling its clients back: on the clock, tried three times, journalled, fenced by a reset. */
export function createCallbacks({ contract, clock, journal, generation, fenced }: CallbackContext): (delivery: Callback) => void {
  return (delivery) => {
    const born = generation()
    const body = JSON.stringify(delivery.body)
    const attempt = (tries: number) => async (): Promise<void> => {
      const startedAt = clock.now()
      const outcome = await send(delivery, body)
      if (born !== generation()) return fenced()
      const request = { method: 'POST', target: delivery.url, rawHeaders: headersFor(delivery).flat(), body: Buffer.from(body) }
      journal.add({
        startedAt,
        endedAt: clock.now(),
        contract,
        operation: undefined,
        direction: 'out',
        request: keptRequest(request),
        outcome,
        problem: undefined,
        violations: [],
        failure: undefined,
        gone: false,
      })
      const pause = RETRIES[tries]
      if (pause !== undefined && !delivered(outcome)) clock.after(pause, attempt(tries + 1))
    }
    clock.after(delivery.after ?? '0s', attempt(0))
  }
}

const delivered = (outcome: Outcome): boolean => outcome.kind === 'reply' && outcome.reply.status < 300

function headersFor({ headers = {} }: Callback): [string, string][] {
  return Object.entries({ 'content-type': 'application/json', 'user-agent': 'mock-suite', ...headers })
}

async function send(delivery: Callback, body: string): Promise<Outcome> {
  try {
    const reply = await fetch(delivery.url, { method: 'POST', headers: headersFor(delivery), body, redirect: 'manual', signal: AbortSignal.timeout(PATIENCE) })
    return { kind: 'reply', reply: { status: reply.status, headers: [...reply.headers].flat(), body: await reply.text() } }
  } catch {
    return { kind: 'close' }
  }
}
