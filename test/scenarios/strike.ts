import * as z from 'zod'
import { config } from '../../contracts/config.ts'
import type { Contract } from '../../contracts/kit/contract.ts'
import type { WireReply, WireRequest } from '../../contracts/kit/message.ts'
import { Clock } from '../../scenarios/kit/clock.ts'
import type { Exchange } from '../../scenarios/kit/exchange.ts'
import type { AnyFault, Target } from '../../scenarios/kit/fault.ts'
import type { Outcome } from '../../scenarios/kit/outcome.ts'
import { random } from '../../scenarios/kit/random.ts'

/** A fault with its options as a scenario writes them, ready to strike one exchange after the other, on a clock that stands still. */
export function armed(fault: AnyFault, written: object = {}, clock = new Clock('2026-01-17T09:15:30Z')) {
  const options = z.strictObject(fault.options()).parse(written) as never
  const state = fault.begin?.(options) as never
  const since = clock.now()
  const strike = (answer: () => Promise<Outcome>, about: Partial<Omit<Exchange, 'request'>> & { request?: Partial<WireRequest> } = {}): Promise<Outcome> => {
    const exchange = { ...exchangeAt(clock), ...about, request: { ...REQUEST, ...about.request } }
    const layer = fault.inject(options, { exchange, random: random(42, 'a test'), clock, state, since, shut: () => {} })
    return layer === undefined ? answer() : layer(exchange, answer)
  }
  return { clock, options, told: fault.explain(options), lie: fault.lie?.(options), judged: fault.judge?.(options), strike }
}

/** What a fault makes of one reply. */
export async function replyTo(fault: AnyFault, written: object, reply: WireReply): Promise<WireReply> {
  const outcome = await armed(fault, written).strike(async () => ({ kind: 'reply', reply }))
  if (outcome.kind !== 'reply') throw new Error(`expected a reply, got ${outcome.kind}`)
  return outcome.reply
}

/** A reply of JSON text with its head as a fake writes it. */
export function jsonReply(body: string, status = 200): WireReply {
  const headers = [
    'date',
    'Sat, 17 Jan 2026 09:15:30 GMT',
    'server',
    'uvicorn',
    'content-length',
    String(Buffer.byteLength(body)),
    'content-type',
    'application/json',
  ]
  return { status, headers, body }
}

const REQUEST: WireRequest = { method: 'GET', target: '/health', rawHeaders: [], body: Buffer.alloc(0), tooLarge: false, gone: false }

function exchangeAt(clock: Clock): Exchange {
  return {
    request: REQUEST,
    contract: config,
    operation: 'health',
    direction: 'in',
    clock,
    sleep: async (milliseconds) => void (await clock.until(clock.now() + milliseconds)),
  }
}

/** What a fault answers instead of the fake; `passed` when it spares the exchange. */
export async function answered(strike: ReturnType<typeof armed>['strike'], about: Parameters<typeof strike>[1] = {}): Promise<WireReply | 'passed'> {
  const outcome = await strike(async () => ({ kind: 'lost' }), about)
  if (outcome.kind === 'lost') return 'passed'
  if (outcome.kind !== 'reply') throw new Error(`expected a reply, got ${outcome.kind}`)
  return outcome.reply
}

/** An operation of a contract, as a check at load sees it. */
export function target(contract: Contract, name: string): Target {
  const operation = contract.operations[name]
  if (operation === undefined) throw new Error(`${contract.service} has no operation ${name}`)
  return { contract, name, operation }
}
