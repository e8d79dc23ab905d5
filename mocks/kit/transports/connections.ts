import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/** The connections of one server, and which of them somebody is waiting on. */
export interface Connections {
  /** A request came in on this connection. */
  begin(socket: Socket): void
  /** It was answered, one way or another. */
  finish(socket: Socket): void
  /** No connection is to outlive its present request. */
  readonly draining: boolean
  /** Resets every connection at once. */
  cut(): void
  /** Ends what nobody waits on, gives the rest so many milliseconds, then cuts it. */
  drain(patience: number): Promise<void>
}

/**
 * Watches the connections of a server. Node's own `closeIdleConnections` takes a connection that has said nothing yet for a busy one,
 * and a stop would wait for it.
 */
export function watchConnections(server: Server): Connections {
  const open = new Set<Socket>()
  const busy = new WeakSet<Socket>()
  let draining = false
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  return {
    begin: (socket) => void busy.add(socket),
    finish: (socket) => void busy.delete(socket),
    get draining() {
      return draining
    },
    cut() {
      for (const socket of open) socket.resetAndDestroy()
    },
    drain(patience) {
      draining = true
      return new Promise((resolve) => {
        const cut = setTimeout(() => {
          for (const socket of open) socket.destroy()
        }, patience)
        server.close(() => {
          clearTimeout(cut)
          resolve()
        })
        // Not `destroy()`: what was just answered may not have left yet.
        for (const socket of open) if (!busy.has(socket)) socket.destroySoon()
      })
    },
  }
}

/** The same for a server whose listener does not tell what it is at: a request lasts until its response closes. */
export function watchRequests(server: Server): Connections {
  const connections = watchConnections(server)
  server.on('request', ({ socket }, response) => {
    connections.begin(socket)
    response.once('close', () => connections.finish(socket))
  })
  return connections
}
