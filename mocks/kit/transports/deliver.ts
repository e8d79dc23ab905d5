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
  const pass = fence.enter(() => socket.resetAndDestroy())
  let timer: Timer | undefined
  const over = () => {
    timer?.cancel()
    pass.leave()
    socket.off('close', over)
  }
  socket.once('close', over)
  response.once('finish', over)
  begin(response, reply, steps)

  let due = clock.now()
  const go = (from: number): void => {
    for (let at = from; at < steps.length && socket.writable; at += 1) {
      const step = steps[at] as Step
      if (step.do !== 'wait') take(step, response, socket)
      else {
        due += step.for
        if (due <= clock.now()) continue
        timer = clock.at(due, () => go(at + 1))
        return
      }
    }
  }
  go(0)
}

/** The head leaves at once, also when the body is to wait. One whose body will break says that it comes in chunks. */
function begin(response: ServerResponse, { status, headers }: WireReply, steps: readonly Step[]): void {
  const broken = steps.some((step) => step.do === 'blurt')
  const last = steps.at(-1)
  response.sendDate = false
  response.removeHeader('connection')
  // A client that asked for the end gets it; otherwise the steps decide.
  if (last?.do !== 'end' || last.by !== 'complete') response.shouldKeepAlive = false
  response.writeHead(status, broken ? chunked(headers) : headers)
  response.flushHeaders()
}

function chunked(headers: readonly string[]): string[] {
  const rest = headers.flatMap((name, at) => (at % 2 === 0 && name.toLowerCase() !== 'content-length' ? [name, headers[at + 1] as string] : []))
  return [...rest, 'transfer-encoding', 'chunked']
}

function take(step: Exclude<Step, { do: 'wait' }>, response: ServerResponse, socket: Socket): void {
  switch (step.do) {
    case 'write':
      response.write(step.bytes)
      return
    case 'blurt':
      // Past Node's own framing, and behind all that it has written.
      socket.write(step.bytes)
      return
    case 'finish':
      // Not `end()`: Node would take the connection for free, or close it.
      if (response.chunkedEncoding) socket.write('0\r\n\r\n')
      deafen(socket)
      return
    case 'end':
      if (step.by === 'complete') response.end()
      // An empty write is answered once all before it has left. Not `destroy()` at once: the bytes would be lost with the socket.
      else socket.write('', () => (step.by === 'reset' ? setTimeout(() => socket.resetAndDestroy(), BREATH) : socket.destroySoon()))
  }
}

/** Real milliseconds: a reset that comes together with the last bytes is taken by libuv for a polite end. */
const BREATH = 30

/** What still comes on a connection that lingers is read, and asks nothing of us. */
function deafen(socket: Socket): void {
  socket.removeAllListeners('data')
  // A listener of its own takes the bytes from Node's parser, which sits on the handle itself.
  socket.on('data', () => {})
}
