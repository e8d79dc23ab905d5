import type { Rest, WireReply, WireRequest } from '../../../contracts/kit/message.ts'
import type { Timer } from '../../../scenarios/kit/clock.ts'
import { type Stage, type Step, stepsOf } from '../../../scenarios/kit/delivery.ts'
import type { Outcome } from '../../../scenarios/kit/outcome.ts'
import type { Service } from '../service.ts'
import { streamedSteps } from './streamed-steps.ts'

/**
 * What a service answers to a fetch request, without a socket.
 *
 * @throws TypeError `fetch failed` with a `cause` that carries Node's code, as a real `fetch` would, when the outcome is no reply.
 */
export async function fetchFrom({ post, bodyLimit }: Service, request: Request): Promise<Response> {
  const message = await wireRequest(request, bodyLimit)
  const { service } = post
  const outcome = await service.handle(message)
  if (outcome.kind === 'reply') return responseOf(outcome, service)
  if (outcome.kind === 'hang') return untilAborted(request.signal, service)
  throw new TypeError('fetch failed', { cause: causeOf(outcome.kind) })
}

async function wireRequest(request: Request, limit: number): Promise<WireRequest> {
  const { pathname, search, host } = new URL(request.url)
  const body = Buffer.from(await request.arrayBuffer())
  const tooLarge = body.length > limit
  return {
    method: request.method,
    target: pathname + search,
    rawHeaders: ['host', host, ...[...request.headers].flat()],
    body: tooLarge ? Buffer.alloc(0) : body,
    tooLarge,
    get gone() {
      return request.signal.aborted
    },
  }
}

/** Statuses for which a `Response` refuses a body. */
const BODYLESS = new Set([101, 204, 205, 304])

function responseOf({ reply, delivery }: Extract<Outcome, { kind: 'reply' }>, service: Service): Response {
  const { status, headers } = reply
  const pairs = Array.from({ length: headers.length / 2 }, (_, at): [string, string] => [headers[at * 2] as string, headers[at * 2 + 1] as string])
  return new Response(BODYLESS.has(status) ? null : bodyOf(reply, delivery, service), { status, headers: pairs })
}

function bodyOf(reply: WireReply, delivery: readonly Stage[] | undefined, service: Service): Buffer | ReadableStream<Uint8Array> {
  if (reply.rest !== undefined) return flowing(reply, reply.rest, delivery ?? [], service)
  return delivery === undefined ? Buffer.from(reply.body) : streamed(stepsOf(reply.body, delivery), service)
}

/** A delivery without a socket, on the lane's clock; a reset of the suite cuts it. */
function streamed(steps: readonly Step[], { clock, fence }: Service): ReadableStream<Uint8Array> {
  let abandon = () => {}
  return new ReadableStream({
    start(controller) {
      let timer: Timer | undefined
      const pass = fence.enter(() => controller.error(causeOf('reset')))
      let due = clock.now()
      const go = (at: number): void => {
        const step = steps[at]
        if (step === undefined || pass.late) return
        if (step.do === 'wait') {
          due += step.for
          timer = clock.at(due, () => go(at + 1))
          return
        }
        if (step.do === 'write') controller.enqueue(step.bytes)
        if (step.do === 'finish' || step.do === 'end') {
          pass.leave()
          if (step.do === 'finish' || step.by === 'complete') return controller.close()
          return controller.error(steps.some((one) => one.do === 'blurt') ? MALFORMED : causeOf(step.by))
        }
        go(at + 1)
      }
      abandon = () => {
        timer?.cancel()
        pass.leave()
      }
      go(0)
    },
    // Whoever has left is sent nothing more: to enqueue for nobody throws, and would do so in the clock's face.
    cancel: () => abandon(),
  })
}

/** The same for a body that is still on its way: pieces are asked for as fast as they are read. */
function flowing(reply: WireReply, rest: Rest, stages: readonly Stage[], { clock, fence }: Service): ReadableStream<Uint8Array> {
  const steps = streamedSteps(reply, rest, stages, clock)
  let over = () => {}
  return new ReadableStream({
    start(controller) {
      const pass = fence.enter(() => {
        controller.error(causeOf('reset'))
        over()
      })
      over = () => {
        pass.leave()
        void rest.return()
      }
    },
    async pull(controller) {
      for (;;) {
        const { done, value: step } = await steps.next()
        if (done === true) return
        if (step.do === 'write') return controller.enqueue(step.bytes)
        if (step.do === 'blurt') continue
        over()
        if (step.do === 'finish' || step.by === 'complete') return controller.close()
        return controller.error(stages.some(({ stage }) => stage === 'garble') ? MALFORMED : causeOf(step.by))
      }
    },
    cancel: () => over(),
  })
}

const MALFORMED = Object.assign(new Error('Response does not match the HTTP/1.1 protocol (Invalid character in chunk size)'), {
  code: 'HPE_INVALID_CHUNK_SIZE',
})

/** Until the client gives up; a reset of the suite does not leave it hanging. */
function untilAborted(signal: AbortSignal, { fence }: Service): Promise<never> {
  return new Promise((_, reject) => {
    const pass = fence.enter(() => reject(new TypeError('fetch failed', { cause: causeOf('reset') })))
    const abort = () => {
      pass.leave()
      reject(signal.reason)
    }
    if (signal.aborted) abort()
    else signal.addEventListener('abort', abort, { once: true })
  })
}

/** What undici puts under `cause` for each way in which a connection ends. */
function causeOf(kind: 'close' | 'reset' | 'garbage' | 'refuse' | 'lost'): Error {
  const [message, code] = {
    close: ['other side closed', 'UND_ERR_SOCKET'],
    reset: ['read ECONNRESET', 'ECONNRESET'],
    lost: ['read ECONNRESET', 'ECONNRESET'],
    refuse: ['connect ECONNREFUSED', 'ECONNREFUSED'],
    garbage: ['Response does not match the HTTP/1.1 protocol (Expected HTTP/, RTSP/ or ICE/)', 'HPE_INVALID_CONSTANT'],
  }[kind]
  return Object.assign(new Error(message), { code })
}
