import type { Contract } from '../../contracts/kit/contract.ts'
import type { WireRequest } from '../../contracts/kit/message.ts'
import { compose } from '../../scenarios/kit/exchange.ts'
import type { Outcome } from '../../scenarios/kit/outcome.ts'
import { Acts } from './acts.ts'
import type { Pass } from './fence.ts'
import { type Happening, keptRequest } from './journal.ts'
import { Life } from './life.ts'
import type { Callback } from './mock.ts'
import { Queue } from './queue.ts'
import type { ServiceContext } from './service-context.ts'

interface CallbackContext extends ServiceContext {
  contract: Contract
}

/** Waits before the second and the third try, on the suite's clock. */
const RETRIES = ['1s', '2s']

/** How long one try may take, in real milliseconds: the receiver lives in real time. */
const PATIENCE = 10_000

/** A service's way of calling its clients back: on the clock, tried three times, struck by scenarios, journalled, fenced by a reset. */
export function createCallbacks(context: CallbackContext): (delivery: Callback) => void {
  const { clock, fence, contract, complain, acts = new Acts(clock) } = context
  const queue = new Queue(clock)
  return (delivery) => {
    const body = JSON.stringify(delivery.body)
    const request = wireRequest(delivery, body)
    const attempt = (tries: number) => async (): Promise<void> => {
      const life = new Life({ request, contract, match: { kind: 'unknown-operation' }, direction: 'out' }, { clock, generation: fence.generation, acts, queue })
      const pass = fence.enter()
      const outcome = await go(life, pass, context, () => queue.go(acts.hear(() => send(delivery, body))))
      pass.leave()
      if (life.failure !== undefined) complain(`a callback of ${contract.service} failed: ${life.failure.stack}`)
      const pause = RETRIES[tries]
      if (pause !== undefined && !pass.late && !delivered(outcome)) clock.after(pause, attempt(tries + 1))
    }
    clock.after(delivery.after ?? '0s', attempt(0))
  }
}

/** One try, through all that scenarios put around it; each time that it really goes stands in the journal, and once if it never does. */
async function go(life: Life, pass: Pass, { director, journal }: CallbackContext, sendNow: () => Promise<Outcome>): Promise<Outcome> {
  let sent = 0
  const enter = (outcome: Outcome): Outcome => {
    if (!pass.late) journal.add({ ...happeningOf(life), outcome })
    return outcome
  }
  try {
    life.injections = director.select(life)
    const layers = life.injections.map(({ layer }) => layer)
    const outcome = await compose(layers, life, async () => {
      if (pass.late) return LOST
      sent += 1
      return enter(await sendNow())
    })
    return sent === 0 ? enter(outcome) : outcome
  } catch (error) {
    life.failure = error instanceof Error ? error : new Error(String(error))
    return enter(LOST)
  }
}

function happeningOf({ startedAt, endedAt, arrival, contract, request, injections, failure }: Life): Omit<Happening, 'outcome'> {
  return {
    startedAt,
    endedAt,
    arrival,
    contract,
    operation: undefined,
    direction: 'out',
    request: keptRequest(request),
    injections,
    failure,
    problem: undefined,
    violations: [],
    gone: false,
  }
}

const LOST: Outcome = { kind: 'lost' }

function wireRequest(delivery: Callback, body: string): WireRequest {
  return { method: 'POST', target: delivery.url, rawHeaders: headersFor(delivery).flat(), body: Buffer.from(body), tooLarge: false, gone: false }
}

/** One that a fault has lost is never missed: its sender takes it for delivered. */
const delivered = (outcome: Outcome): boolean => outcome.kind === 'lost' || (outcome.kind === 'reply' && outcome.reply.status < 300)

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
