import type { Server } from 'node:http'
import { type AddressInfo, createServer as createDoor, type Server as Door } from 'node:net'
import type { Address } from '../../../contracts/kit/contract.ts'
import { reached } from '../seen.ts'
import { type Connections, watchRequests } from './connections.ts'
import { createShutter } from './shutter.ts'

/** An idle connection is kept this long: a client's pool should give up first. */
export const KEEP_ALIVE = 65_000

/** How long a refused connection may stay half open and say nothing, in milliseconds. */
export const LINGER = 1000

export interface Listening {
  address: Address
  /** Stops listening and cuts every connection, or listens again; told when done. @throws what `listen` throws, e.g. when the port was taken meanwhile */
  shut(shut: boolean): Promise<void>
  /** Refuses new connections, waits so many milliseconds for requests under way, then cuts them. */
  close(patience: number): Promise<void>
}

/** How often a free port is looked for that is free on every host. */
const TRIES = 10

/** Opens a server on every host given, all on one port; port 0 takes a free one. See `listen` in `ports.ts`. */
export async function openServer(server: Server, hosts: readonly string[], port: number, connections = watchRequests(server)): Promise<Listening> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await openOnce(server, hosts, port, connections)
    } catch (error) {
      // What the system found free on one host may be taken on the next.
      const unlucky = port === 0 && (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
      if (!unlucky || tries === TRIES) throw error
    }
  }
}

async function openOnce(server: Server, hosts: readonly string[], port: number, connections: Connections): Promise<Listening> {
  const [first = '127.0.0.1', ...others] = hosts
  await open(server, first, port)
  const bound = (server.address() as AddressInfo).port
  const openOthers = () =>
    openDoors(server, others, bound).catch((error: unknown) => {
      server.close()
      connections.cut()
      throw error
    })
  let doors = await openOthers()
  const closeDoors = () => {
    for (const door of doors.splice(0)) door.close()
  }
  const shutter = createShutter(async (shut) => {
    if (shut) {
      // Before `close()`, which would end idle connections politely.
      connections.cut()
      closeDoors()
      server.close()
    } else {
      await open(server, first, bound)
      doors = await openOthers()
    }
  })
  const address = { host: first, port: bound, url: `http://${first.includes(':') ? `[${first}]` : first}:${bound}` }
  return {
    address: { ...address, url: reached(address).url },
    shut: shutter.shut,
    async close(patience) {
      await shutter.close()
      closeDoors()
      await connections.drain(patience)
    },
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
