import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Rest, WireReply } from '../../../contracts/kit/message.ts'
import type { Stage } from '../../../scenarios/kit/delivery.ts'
import type { Service } from '../service.ts'
import { beginReply } from './begin-reply.ts'
import { streamedSteps } from './streamed-steps.ts'
import { takeStep } from './take-step.ts'

/**
 * Sends a reply whose body comes in pieces: the head and what there is at once, each piece as it comes, and no faster than the client reads.
 * A client that leaves ends the source; a reset cuts both.
 */
export function stream(
  reply: WireReply,
  rest: Rest,
  stages: readonly Stage[],
  response: ServerResponse,
  socket: Socket,
  { clock, fence }: Pick<Service, 'clock' | 'fence'>,
): void {
  const pass = fence.enter(() => socket.resetAndDestroy())
  const over = () => {
    pass.leave()
    void rest.return()
    socket.off('close', over)
  }
  socket.once('close', over)
  response.once('finish', over)
  const send = async () => {
    beginReply(response, reply, { broken: stages.some(({ stage }) => stage === 'garble'), last: stages.some(({ stage }) => ENDING.has(stage)) })
    for await (const step of streamedSteps(reply, rest, stages, clock)) {
      if (!socket.writable) return
      takeStep(step, response, socket)
      if (response.writableNeedDrain) await drained(response, socket)
    }
  }
  const go = () => void send().catch(() => socket.destroy())
  // Behind other replies of the same connection it has to wait for its turn.
  if (response.socket !== null) go()
  else response.once('socket', go)
}

/** What may end the connection. */
const ENDING = new Set<Stage['stage']>(['garble', 'cut', 'linger'])

function drained(response: ServerResponse, socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      response.off('drain', go)
      socket.off('close', go)
      resolve()
    }
    response.once('drain', go)
    socket.once('close', go)
  })
}
