import type { Contract } from '../../contracts/kit/contract.ts'
import type { WireRequest } from '../../contracts/kit/message.ts'
import type { Clock } from '../../scenarios/kit/clock.ts'
import type { Director } from '../../scenarios/kit/director.ts'
import { compose } from '../../scenarios/kit/exchange.ts'
import type { Outcome } from '../../scenarios/kit/outcome.ts'
import type { Fence } from './fence.ts'
import { type Journal, keptRequest } from './journal.ts'
import { Life } from './life.ts'
import type { Callback } from './mock.ts'

interface CallbackContext {
  contract: Contract
  clock: Clock
  director: Pick<Director, 'select'>
  journal: Journal
  fence: Fence
}

/** Waits before the second and the third try, on the suite's clock. */
const RETRIES = ['1s', '2s']

/** How long one try may take, in real milliseconds: the receiver lives in real time. */
const PATIENCE = 10_000

/** A service's way of calling its clients back: on the clock, tried three times, struck by scenarios, journalled, fenced by a reset. */
export function createCallbacks({ contract, clock, director, journal, fence }: CallbackContext): (delivery: Callback) => void {
  return (delivery) => {
    const body = JSON.stringify(delivery.body)
    const request = wireRequest(delivery, body)
    const attempt = (tries: number) => async (): Promise<void> => {
      const life = new Life({ request, contract, match: { kind: 'unknown-operation' }, direction: 'out' }, { clock, generation: fence.generation })
      life.injections = director.select(life)
      const pass = fence.enter()
      let sent = 0
      const enter = (outcome: Outcome) => {
        if (pass.late) return
        const { startedAt, endedAt, injections } = life
        journal.add({ startedAt, endedAt, contract, operation: undefined, direction: 'out', request: keptRequest(request), outcome, injections, ...ORDINARY })
      }
      const layers = life.injections.map(({ layer }) => layer)
      const outcome = await compose(layers, life, async () => {
        sent += 1
        const reached = pass.late ? LOST : await send(delivery, body)
        enter(reached)
        return reached
      })
      if (sent === 0) enter(outcome)
      pass.leave()
      const pause = RETRIES[tries]
      if (pause !== undefined && !pass.late && !delivered(outcome)) clock.after(pause, attempt(tries + 1))
    }
    clock.after(delivery.after ?? '0s', attempt(0))
  }
}

const LOST: Outcome = { kind: 'lost' }
const ORDINARY = { problem: undefined, violations: [], failure: undefined, gone: false } as const

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
