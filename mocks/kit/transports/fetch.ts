import { BODY_LIMIT, type WireRequest } from '../../../contracts/kit/message.ts'
import type { Outcome } from '../../../scenarios/kit/outcome.ts'
import type { Service } from '../service.ts'

/**
 * What a service answers to a fetch request, without a socket.
 *
 * @throws TypeError `fetch failed` with a `cause` that carries Node's code, as a real `fetch` would, when the outcome is no reply.
 */
export async function fetchFrom(service: Service, request: Request): Promise<Response> {
  const outcome = await service.handle(await wireRequest(request))
  if (outcome.kind === 'reply') return responseOf(outcome)
  if (outcome.kind === 'hang') return untilAborted(request.signal)
  throw new TypeError('fetch failed', { cause: causeOf(outcome.kind) })
}

async function wireRequest(request: Request): Promise<WireRequest> {
  const { pathname, search, host } = new URL(request.url)
  const body = Buffer.from(await request.arrayBuffer())
  const tooLarge = body.length > BODY_LIMIT
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

function responseOf({ reply: { status, headers, body } }: Extract<Outcome, { kind: 'reply' }>): Response {
  const pairs = Array.from({ length: headers.length / 2 }, (_, at): [string, string] => [headers[at * 2] as string, headers[at * 2 + 1] as string])
  return new Response(BODYLESS.has(status) ? null : Buffer.from(body), { status, headers: pairs })
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

/** What undici puts under `cause` for each way in which a connection ends. */
function causeOf(kind: 'close' | 'reset' | 'garbage'): Error {
  const [message, code] = {
    close: ['other side closed', 'UND_ERR_SOCKET'],
    reset: ['read ECONNRESET', 'ECONNRESET'],
    garbage: ['Response does not match the HTTP/1.1 protocol (Expected HTTP/, RTSP/ or ICE/)', 'HPE_INVALID_CONSTANT'],
  }[kind]
  return Object.assign(new Error(message), { code })
}
