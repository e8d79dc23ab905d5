import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { WireReply } from '../../../contracts/kit/message.ts'
import type { Timer } from '../../../scenarios/kit/clock.ts'
import { type Stage, type Step, stepsOf } from '../../../scenarios/kit/delivery.ts'
import type { Service } from '../service.ts'
import { beginReply } from './begin-reply.ts'
import { takeStep } from './take-step.ts'

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
  const last = steps.at(-1)
  beginReply(response, reply, { broken: steps.some((step) => step.do === 'blurt'), last: last?.do !== 'end' || last.by !== 'complete' })

  let due = clock.now()
  const go = (from: number): void => {
    for (let at = from; at < steps.length && socket.writable; at += 1) {
      const step = steps[at] as Step
      if (step.do !== 'wait') takeStep(step, response, socket)
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
