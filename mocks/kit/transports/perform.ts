import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { abandon, type WireReply } from '../../../contracts/kit/message.ts'
import type { Outcome } from '../../../scenarios/kit/outcome.ts'
import type { Service } from '../service.ts'
import { deliver } from './deliver.ts'
import { LINGER } from './open-server.ts'
import { stream } from './stream.ts'

/**
 * Carries an outcome out on a response of `node:http`, without an opinion. The socket is the request's: a response
 * that waits behind others of the same connection has none yet.
 */
export function perform(outcome: Outcome, response: ServerResponse, socket: Socket, service: Pick<Service, 'clock' | 'fence'>): void {
  if (socket.destroyed) return outcome.kind === 'reply' ? abandon(outcome.reply) : undefined
  if (outcome.kind === 'reply') {
    const { reply, delivery } = outcome
    if (reply.rest !== undefined) return stream(reply, reply.rest, delivery ?? [], response, socket, service)
    if (delivery === undefined) return send(reply, response)
  }
  // What is done to the connection itself must not overtake the answers before it.
  if (response.socket !== null) return strike(outcome, response, socket, service)
  response.once('socket', () => strike(outcome, response, socket, service))
}

function send({ status, headers, body }: WireReply, response: ServerResponse): void {
  // The reply has its own date, and uvicorn names no connection header.
  response.sendDate = false
  response.removeHeader('connection')
  response.writeHead(status, headers)
  response.end(body)
}

function strike(outcome: Outcome, response: ServerResponse, socket: Socket, service: Pick<Service, 'clock' | 'fence'>): void {
  switch (outcome.kind) {
    case 'reply':
      return deliver(outcome.reply, outcome.delivery ?? [], response, socket, service)
    case 'hang':
      return hold(socket, service)
    case 'close':
      socket.end()
      // A client that does not end its side too would be kept for ever.
      socket.setTimeout(LINGER, () => socket.destroy())
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
