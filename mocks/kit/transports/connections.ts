import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/** The connections of one server, and which of them somebody is waiting on. */
export interface Connections {
  /** A request came in on this connection; another may still be under way. */
  begin(socket: Socket): void
  /** It was answered, one way or another. */
  finish(socket: Socket): void
  /** Whether the answer that is about to be given is the last on its connection: it was asked for nothing else, and takes no more. */
  isLast(socket: Socket): boolean
  /** It has become something that does not end by itself: this is called when it should. */
  onLeave(socket: Socket, leave: () => void): void
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
  /** How many requests are under way on each. */
  const open = new Map<Socket, number>()
  const leaving = new WeakMap<Socket, () => void>()
  let draining = false
  server.on('connection', (socket: Socket) => {
    if (open.has(socket)) return
    open.set(socket, 0)
    socket.once('close', () => open.delete(socket))
  })
  const count = (socket: Socket, by: 1 | -1): number => {
    const before = open.get(socket)
    const now = Math.max((before ?? 0) + by, 0)
    if (before !== undefined) open.set(socket, now)
    return now
  }
  return {
    begin: (socket) => void count(socket, 1),
    finish(socket) {
      // Not `destroy()`: what was just answered may not have left yet.
      if (count(socket, -1) === 0 && draining) socket.destroySoon()
    },
    isLast: (socket) => draining && open.get(socket) === 1,
    onLeave: (socket, leave) => (draining ? leave() : void leaving.set(socket, leave)),
    cut() {
      for (const socket of open.keys()) socket.resetAndDestroy()
    },
    drain(patience) {
      draining = true
      return new Promise((resolve) => {
        const cut = setTimeout(() => {
          for (const socket of open.keys()) socket.destroy()
        }, patience)
        server.close(() => {
          clearTimeout(cut)
          resolve()
        })
        for (const [socket, requests] of open) {
          if (requests === 0) socket.destroySoon()
          leaving.get(socket)?.()
        }
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
