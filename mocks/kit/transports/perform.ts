import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Outcome } from '../../../scenarios/kit/outcome.ts'
import type { Service } from '../service.ts'
import { deliver } from './deliver.ts'

/**
 * Carries an outcome out on a response of `node:http`, without an opinion. The socket is the request's: a response
 * that waits behind others of the same connection has none yet.
 */
export function perform(outcome: Outcome, response: ServerResponse, socket: Socket, service: Pick<Service, 'clock' | 'fence'>): void {
  if (socket.destroyed) return
  switch (outcome.kind) {
    case 'reply': {
      if (outcome.delivery !== undefined) return deliver(outcome.reply, outcome.delivery, response, socket, service)
      const { status, headers, body } = outcome.reply
      // The reply has its own date, and uvicorn names no connection header.
      response.sendDate = false
      response.removeHeader('connection')
      response.writeHead(status, headers)
      response.end(body)
      return
    }
    case 'hang':
      return hold(socket, service)
    case 'close':
      socket.end()
      return
    case 'reset':
    case 'refuse':
    case 'lost':
      // Not `destroy()`: it sends a FIN, which a client cannot tell from a polite end.
      socket.resetAndDestroy()
      return
    case 'garbage':
      // Not `destroy()` at once: the bytes would be lost with the socket.
      socket.write(outcome.bytes, () => socket.destroySoon())
  }
}

/** Until the client gives up; a reset of the suite does not leave it hanging. */
function hold(socket: Socket, { fence }: Pick<Service, 'fence'>): void {
  const pass = fence.enter(() => socket.resetAndDestroy())
  socket.once('close', () => pass.leave())
}
