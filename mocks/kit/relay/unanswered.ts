import type { WireReply } from '../../../contracts/kit/message.ts'
import { codeOf, messageOf } from './failure.ts'

/** What the client is told when the real service said nothing: 504 when it took too long, 502 otherwise. Marked, so that nobody takes it for the real service's own. */
export function unansweredReply(failure: Error): WireReply {
  const body = JSON.stringify({ error: 'mock-suite: the real service did not answer', message: failure.message })
  return {
    status: TOO_LATE.has(codeOf(failure.cause)) ? 504 : 502,
    headers: ['content-type', 'application/json', 'content-length', String(Buffer.byteLength(body)), 'x-mock-suite-error', 'relay'],
    body,
  }
}

/** What went wrong between us and the real service, in a sentence. Without a stack: ours says nothing of theirs. */
export function unanswered(origin: string, cause: Error): Error {
  const message = `could not get an answer of the real service at ${origin}: ${messageOf(cause)}`
  return Object.assign(new Error(message, { cause }), { stack: message })
}

const TOO_LATE = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT'])
