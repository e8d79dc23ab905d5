import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { WireReply } from '../../../contracts/kit/message.ts'
import type { Timer } from '../../../scenarios/kit/clock.ts'
import { type Stage, type Step, stepsOf } from '../../../scenarios/kit/delivery.ts'
import type { Service } from '../service.ts'

/**
 * Sends a reply step by step, on the lane's clock. Every wait counts from the end of the one before, so that a clock that is moved on by
 * a minute lets all go out that would have gone in a minute. A reset cuts what is still under way.
 */
export function deliver(
  reply: WireReply,
  stages: readonly Stage[],
  response: ServerResponse,
  socket: Socket,
  { clock, fence }: Pick<Service, 'clock' | 'fence'>,
): void {
  const steps = stepsOf(reply.body, stages)
  let timer: Timer | undefined
  const pass = fence.enter(() => socket.resetAndDestroy())
  const over = () => {
    timer?.cancel()
    pass.leave()
    socket.off('close', over)
  }
  socket.once('close', over)
  response.once('finish', over)
  begin(response, reply, steps)

  let due = clock.now()
  const go = (at: number): void => {
    const step = steps[at]
    if (step === undefined || socket.destroyed) return over()
    if (step.do !== 'wait') return take(step, response, socket, () => go(at + 1))
    due += step.for
    timer = clock.at(due, () => go(at + 1))
  }
  go(0)
}

/** The head leaves at once, also when the body is to wait. One whose body will break says that it comes in chunks. */
function begin(response: ServerResponse, { status, headers }: WireReply, steps: readonly Step[]): void {
  const broken = steps.some((step) => step.do === 'blurt')
  const last = steps.at(-1)
  response.sendDate = false
  response.removeHeader('connection')
  response.shouldKeepAlive = last?.do === 'end' && last.by === 'complete'
  response.writeHead(status, broken ? chunked(headers) : headers)
  response.flushHeaders()
}

function chunked(headers: readonly string[]): string[] {
  const rest = headers.flatMap((name, at) => (at % 2 === 0 && name.toLowerCase() !== 'content-length' ? [name, headers[at + 1] as string] : []))
  return [...rest, 'transfer-encoding', 'chunked']
}

function take(step: Exclude<Step, { do: 'wait' }>, response: ServerResponse, socket: Socket, next: () => void): void {
  if (step.do === 'write') {
    response.write(step.bytes)
    return next()
  }
  if (step.do === 'blurt') {
    // Past Node's own framing, and behind all that it has written.
    socket.write(step.bytes)
    return next()
  }
  if (step.by === 'complete') response.end()
  // An empty write is answered once all before it has left. Not `destroy()` at once: the bytes would be lost with the socket.
  else socket.write('', () => (step.by === 'reset' ? socket.resetAndDestroy() : socket.destroySoon()))
}
