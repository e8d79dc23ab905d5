import { createServer } from 'node:http'
import type { Socket } from 'node:net'
import type { WireRequest } from '../../../contracts/kit/message.ts'
import type { Service } from '../service.ts'
import { watchConnections } from './connections.ts'
import { listener } from './listener.ts'
import { KEEP_ALIVE, LINGER, type Listening, openServer } from './open-server.ts'
import { upgrader } from './upgrader.ts'

/**
 * Opens a port for a service on every host given; port 0 takes a free one, the same on all hosts.
 *
 * @throws The error of `listen`, e.g. `EADDRINUSE`, with nothing left open. A host that the machine does not have is left out, unless it is the first.
 */
export function listen(service: Service, hosts: readonly string[], port: number): Promise<Listening> {
  const { post } = service
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE })
  const connections = watchConnections(server)
  server.on('request', listener(service, connections))
  // Where nobody hears it, Node takes such a request for one like any other, as the real services' servers do.
  if (service.upgrades) server.on('upgrade', upgrader(service, server, connections))
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    connections.finish(socket as Socket)
    return refuseBytes(post.service, error, socket as Socket)
  })
  server.on('dropRequest', () => {})
  return openServer(server, hosts, port, connections)
}

/** Bytes that are no request get the vendor's words, then the end: nobody knows where the next request would begin. */
async function refuseBytes(service: Service, error: NodeJS.ErrnoException & { rawPacket?: Buffer }, socket: Socket): Promise<void> {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const outcome = await service.unreadable(unreadableRequest(error, socket), error.message)
  if (outcome.kind !== 'reply' || !socket.writable) return void socket.destroy()
  const { status, headers, body } = outcome.reply
  const lines = Array.from({ length: headers.length / 2 }, (_, at) => `${headers[at * 2]}: ${headers[at * 2 + 1]}\r\n`)
  socket.end(`HTTP/1.1 ${status} ${error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'Request Timeout' : 'Bad Request'}\r\n${lines.join('')}\r\n${body}`)
  // A moment for the client to read it and leave: a close with unread bytes would be a reset, and take the answer with it.
  socket.setTimeout(LINGER, () => socket.destroy())
}

function unreadableRequest(error: { rawPacket?: Buffer }, socket: Socket): WireRequest {
  return {
    method: '?',
    target: '?',
    rawHeaders: [],
    body: error.rawPacket?.subarray(0, 1024) ?? Buffer.alloc(0),
    tooLarge: false,
    get gone() {
      return socket.destroyed
    },
  }
}
