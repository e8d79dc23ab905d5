import type { ServerResponse } from 'node:http'
import type { WireReply } from '../../../contracts/kit/message.ts'

export interface Beginning {
  /** The body will break: it says that it comes in chunks. */
  broken: boolean
  /** The connection ends with this reply. */
  last: boolean
}

/** Sends the head at once, also when the body is to wait. */
export function beginReply(response: ServerResponse, { status, headers }: WireReply, { broken, last }: Beginning): void {
  response.sendDate = false
  response.removeHeader('connection')
  // A client that asked for the end gets it, whatever we would do.
  if (last) response.shouldKeepAlive = false
  response.writeHead(status, broken ? chunked(headers) : headers)
  response.flushHeaders()
}

function chunked(headers: readonly string[]): string[] {
  const rest = headers.flatMap((name, at) => (at % 2 === 0 && name.toLowerCase() !== 'content-length' ? [name, headers[at + 1] as string] : []))
  return [...rest, 'transfer-encoding', 'chunked']
}
