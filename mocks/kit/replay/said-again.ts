import { validateHeaderName, validateHeaderValue } from 'node:http'
import type { WireReply } from '../../../contracts/kit/message.ts'
import type { RecordedExchange, RecordedReply } from '../../../contracts/kit/recording/exchange.ts'
import { bodyless } from '../../../contracts/kit/reply.ts'
import { withoutHopByHop } from '../relay/hop-by-hop.ts'

/** A recorded reply for the wire once more. Bodies are recorded without their encoding, so what the headers said of it no longer holds. */
export function saidAgain({ at, request }: RecordedExchange, { status, headers, body }: RecordedReply): WireReply {
  const sized = request.method === 'HEAD' || bodyless(status)
  const length = sized ? [] : ['content-length', String(body.length)]
  const dropped = sized ? ['content-encoding'] : ['content-encoding', 'content-length']
  return {
    status,
    headers: [...sendable(withoutHopByHop(headers), dropped), ...length, 'x-mock-suite-replayed', new Date(at).toISOString()],
    body: sized ? '' : body,
  }
}

/** A recording is a file that anybody may have written: what HTTP cannot carry is left out. */
function sendable(headers: readonly string[], dropped: readonly string[]): string[] {
  return headers.flatMap((name, at) => {
    const value = headers[at + 1] ?? ''
    return at % 2 === 1 || dropped.includes(name.toLowerCase()) || !carried(name, value) ? [] : [name, value]
  })
}

function carried(name: string, value: string): boolean {
  try {
    validateHeaderName(name)
    validateHeaderValue(name, value)
    return true
  } catch {
    return false
  }
}
