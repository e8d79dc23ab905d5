import type { WireReply } from '../../contracts/kit/message.ts'

/** A bug of ours must not look like the vendor's failure: the reply is marked. */
export function failureReply(error: Error): WireReply {
  const body = JSON.stringify({ error: 'mock-suite: the handler failed', message: error.message })
  return {
    status: 500,
    headers: ['content-type', 'application/json', 'content-length', String(Buffer.byteLength(body)), 'x-mock-suite-error', 'handler'],
    body,
  }
}
