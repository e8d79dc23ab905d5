import { createServer, type Server } from 'node:http'
import { type AddressInfo, createServer as createDoor, type Server as Door, type Socket } from 'node:net'
import type { Address } from '../../../contracts/kit/contract.ts'
import type { WireRequest } from '../../../contracts/kit/message.ts'
import type { Service } from '../service.ts'
import { listener } from './listener.ts'

/** An idle connection is kept this long: a client's pool should give up first. */
const KEEP_ALIVE = 65_000

export interface Listening {
  address: Address
  /** Refuses new connections, waits so many milliseconds for requests under way, then cuts them. */
  close(patience: number): Promise<void>
}

/**
 * Opens a port for a service on every host given; port 0 takes a free one, the same on all hosts.
 *
 * @throws The error of `listen`, e.g. `EADDRINUSE`, with nothing left open. A host that the machine does not have is left out, unless it is the first.
 */
export async function listen(service: Service, hosts: readonly string[], port: number): Promise<Listening> {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE }, listener(service))
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => refuseBytes(service, error, socket as Socket))
  server.on('dropRequest', () => {})
  const [first = '127.0.0.1', ...others] = hosts
  await open(server, first, port)
  const bound = (server.address() as AddressInfo).port
  const doors = await openDoors(server, others, bound).catch((error: unknown) => {
    server.close()
    throw error
  })
  return {
    address: { host: first, port: bound, url: `http://${first.includes(':') ? `[${first}]` : first}:${bound}` },
    close: (patience) => close(server, doors, patience),
  }
}

function open(door: Server | Door, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    door.once('error', reject)
    door.listen({ host, port, exclusive: true }, () => {
      door.off('error', reject)
      resolve()
    })
  })
}

/** More doors into one server: a host each, since a server of `node:http` listens only once. */
async function openDoors(server: Server, hosts: readonly string[], port: number): Promise<Door[]> {
  const doors: Door[] = []
  for (const host of hosts) {
    const door = createDoor((socket) => server.emit('connection', socket))
    try {
      await open(door, host, port)
      doors.push(door)
    } catch (error) {
      if (!ABSENT.has((error as NodeJS.ErrnoException).code ?? '')) {
        for (const other of doors) other.close()
        throw error
      }
    }
  }
  return doors
}

/** What `listen` says where the machine has no such address, as without IPv6. */
const ABSENT = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL'])

function close(server: Server, doors: readonly Door[], patience: number): Promise<void> {
  return new Promise((resolve) => {
    for (const door of doors) door.close()
    const cut = setTimeout(() => server.closeAllConnections(), patience)
    server.close(() => {
      clearTimeout(cut)
      resolve()
    })
    server.closeIdleConnections()
  })
}

/** Bytes that are no request get the vendor's words, then the end: nobody knows where the next request would begin. */
async function refuseBytes(service: Service, error: NodeJS.ErrnoException & { rawPacket?: Buffer }, socket: Socket): Promise<void> {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const outcome = await service.unreadable(unreadableRequest(error, socket), error.message)
  if (outcome.kind !== 'reply' || !socket.writable) return void socket.destroy()
  const { status, headers, body } = outcome.reply
  const lines = Array.from({ length: headers.length / 2 }, (_, at) => `${headers[at * 2]}: ${headers[at * 2 + 1]}\r\n`)
  socket.end(`HTTP/1.1 ${status} ${error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'Request Timeout' : 'Bad Request'}\r\n${lines.join('')}\r\n${body}`)
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
