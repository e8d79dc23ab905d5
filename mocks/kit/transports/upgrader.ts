import { type IncomingMessage, type Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { abandon, header, type Tunnel, type WireReply, type WireRequest } from '../../../contracts/kit/message.ts'
import type { Outcome } from '../../../scenarios/kit/outcome.ts'
import type { Service } from '../service.ts'
import type { Connections } from './connections.ts'
import { perform } from './perform.ts'

/**
 * Takes requests that want to go on as a WebSocket. The handshake is an exchange like any other, with its faults and its place in the journal;
 * after a 101 the connection is the backend's, until one side ends it or a reset cuts it.
 */
export function upgrader(service: Service, server: Server, connections: Connections): (message: IncomingMessage, socket: Socket, head: Buffer) => void {
  const { post } = service
  return (message, socket, head) => {
    const { service } = post
    if (header(message, 'upgrade')?.toLowerCase() !== 'websocket') return asOrdinary(message, socket, head, server)
    connections.begin(socket)
    // Nobody else listens any more, and an error that nobody hears would end the process.
    socket.on('error', () => socket.destroy())
    Promise.resolve(service.handle(upgradeRequest(message, socket))).then((outcome) => {
      const tunnel = goOn(outcome, { message, socket, head }, service)
      if (tunnel === undefined) return connections.finish(socket)
      connections.onLeave(socket, () => tunnel.leave())
    })
  }
}

function upgradeRequest(message: IncomingMessage, socket: Socket): WireRequest {
  return {
    method: message.method ?? 'GET',
    target: message.url ?? '/',
    rawHeaders: message.rawHeaders,
    body: Buffer.alloc(0),
    tooLarge: false,
    get gone() {
      return socket.destroyed
    },
    upgrade: true,
  }
}

/** Told is what the connection has become, if it is no answer. */
function goOn(outcome: Outcome, { message, socket, head }: { message: IncomingMessage; socket: Socket; head: Buffer }, service: Service): Tunnel | undefined {
  if (outcome.kind === 'reply' && outcome.reply.tunnel !== undefined) {
    if (outcome.reply.status === 101 && socket.writable) return join(outcome.reply, outcome.reply.tunnel, { socket, head }, service)
    abandon(outcome.reply)
  }
  // What was said ahead is not read, but the client's end has to be heard: nobody else closes our side of it.
  socket.resume().once('end', () => socket.end())
  const response = new ServerResponse(message)
  response.shouldKeepAlive = false
  response.assignSocket(socket)
  response.once('finish', () => socket.destroySoon())
  perform(outcome, response, socket, service)
  return undefined
}

function join({ headers }: WireReply, tunnel: Tunnel, { socket, head }: { socket: Socket; head: Buffer }, { fence }: Service): Tunnel {
  const pass = fence.enter(() => socket.resetAndDestroy())
  socket.once('close', () => pass.leave())
  socket.write(headOf('HTTP/1.1 101 Switching Protocols', headers), 'latin1')
  tunnel.join(socket, head)
  return tunnel
}

/** Another protocol than WebSocket is only an offer, which nobody has to take: the request is read once more, without it. */
function asOrdinary({ method, url, httpVersion, rawHeaders }: IncomingMessage, socket: Socket, head: Buffer, server: Server): void {
  const others = rawHeaders.flatMap((name, at) => (at % 2 === 0 && name.toLowerCase() !== 'upgrade' ? [name, rawHeaders[at + 1] as string] : []))
  socket.unshift(Buffer.concat([Buffer.from(headOf(`${method} ${url} HTTP/${httpVersion}`, others), 'latin1'), head]))
  server.emit('connection', socket)
}

function headOf(first: string, headers: readonly string[]): string {
  return [first, ...headers.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${headers[at + 1]}`] : [])), '', ''].join('\r\n')
}
