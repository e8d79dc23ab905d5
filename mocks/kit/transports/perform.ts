import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Outcome } from '../../../scenarios/kit/outcome.ts'

/**
 * Carries an outcome out on a response of `node:http`, without an opinion. The socket is the request's: a response
 * that waits behind others of the same connection has none yet.
 */
export function perform(outcome: Outcome, response: ServerResponse, socket: Socket): void {
  if (socket.destroyed) return
  switch (outcome.kind) {
    case 'reply': {
      const { status, headers, body } = outcome.reply
      // The reply has its own date, and uvicorn names no connection header.
      response.sendDate = false
      response.removeHeader('connection')
      response.writeHead(status, headers)
      response.end(body)
      return
    }
    case 'hang':
      return
    case 'close':
      socket.end()
      return
    case 'reset':
      reset(socket)
      return
    case 'garbage':
      // Not `destroy()` at once: the bytes would be lost with the socket.
      socket.write(outcome.bytes, () => socket.destroySoon())
  }
}

/** Not `destroy()`: it sends a FIN, which a client cannot tell from a polite end. */
function reset(socket: Socket): void {
  socket.resetAndDestroy()
}
