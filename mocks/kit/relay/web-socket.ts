import * as http from 'node:http'
import * as https from 'node:https'
import type { LookupFunction, Socket } from 'node:net'
import type { Tunnel } from '../../../contracts/kit/message.ts'
import { FrameEdge, GOING_AWAY } from './frame-edge.ts'
import { withoutHopByHop } from './hop-by-hop.ts'
import { type Ended, Incoming } from './incoming.ts'
import type { Messages } from './messages.ts'

/** What is asked of the real service, to begin with. */
export interface Handshake {
  origin: URL
  path: string
  /** Flat pairs; see {@link handshakeHeaders}. */
  headers: readonly string[]
}

export interface HandshakeOptions {
  /** How long the handshake may take, in milliseconds. */
  timeout: number
  /** How many bytes of a refusal are kept. */
  bound: number
  lookup: LookupFunction
  /** Reads along, where somebody wants to know. */
  messages: Messages | undefined
}

/** The real service's 101 with the connection behind it, or a refusal as it comes. */
export type Shaken = { headers: readonly string[]; tunnel: Tunnel } | Incoming

/**
 * Asks the real service to go on as a WebSocket, on a connection of its own.
 *
 * @param tell Hears once how it ended: that of a WebSocket when one of its sides has closed it.
 * @throws when no answer came
 */
export function shakeHands({ origin, path, headers }: Handshake, options: HandshakeOptions, tell: (ended: Ended) => void): Promise<Shaken> {
  const { timeout, bound, lookup, messages } = options
  return new Promise((resolve, reject) => {
    const { request } = origin.protocol === 'https:' ? https : http
    const host = origin.hostname.replace(/^\[|\]$/g, '')
    const asking = request({ protocol: origin.protocol, host, port: origin.port, path, headers, agent: false, lookup, setHost: false })
    const late = setTimeout(() => asking.destroy(TOO_LATE), timeout)
    asking.once('upgrade', ({ rawHeaders }, socket: Socket, head) => {
      clearTimeout(late)
      if (head.length > 0) socket.unshift(head)
      resolve({ headers: rawHeaders, tunnel: tunnelTo(socket, rawHeaders, messages, tell) })
    })
    asking.once('response', (refusal) => {
      clearTimeout(late)
      resolve(incomingFrom(refusal, bound, tell))
    })
    asking.on('error', (error) => {
      clearTimeout(late)
      reject(error)
    })
    asking.once('close', () => reject(new Error('the connection ended without an answer')))
    asking.end()
  })
}

/**
 * A handshake as the real service gets it. Compression is not offered: what both sides say could not be read along, and neither side needs it.
 */
export function handshakeHeaders(headers: readonly string[]): string[] {
  const passed = withoutHopByHop(headers)
  const plain = passed.flatMap((name, at) => (at % 2 === 0 && name.toLowerCase() !== 'sec-websocket-extensions' ? [name, passed[at + 1] as string] : []))
  return [...plain, 'Connection', 'Upgrade', 'Upgrade', 'websocket']
}

/** The clock on the wall, as undici's. */
const TOO_LATE = Object.assign(new Error('Headers Timeout Error'), { code: 'ETIMEDOUT' })

function tunnelTo(service: Socket, headers: readonly string[], messages: Messages | undefined, tell: (ended: Ended) => void): Tunnel {
  let over = false
  const end = (failure: Error | undefined, left: boolean) => {
    if (over) return
    over = true
    tell({ head: { status: 101, headers }, body: Buffer.alloc(0), cut: false, failure: failure ?? messages?.failure, left: left || failure === undefined })
  }
  let failure: Error | undefined
  service.on('error', (error) => {
    failure = error
  })
  service.once('close', () => end(failure, false))
  let leave = () => {}
  return {
    leave: () => leave(),
    join(client, head) {
      if (head.length > 0) client.unshift(head)
      if (messages !== undefined) {
        client.on('data', messages.reader('client'))
        service.on('data', messages.reader('service'))
      }
      leave = interrupter(service, client)
      client.pipe(service).pipe(client)
      // Either side may have ended without a word of the protocol; what it has said before is still to arrive.
      service.once('close', () => client.destroySoon())
      client.once('close', () => {
        end(failure, true)
        service.destroySoon()
      })
    },
    abandon() {
      end(new Error('the client left before the end'), true)
      service.destroy()
    },
  }
}

/** How to say goodbye in the service's place: between two of its frames. What it still says is read, and goes nowhere. */
function interrupter(service: Socket, client: Socket): () => void {
  const edge = new FrameEdge()
  let state: 'joined' | 'leaving' | 'left' = 'joined'
  const say = () => {
    state = 'left'
    client.write(GOING_AWAY)
  }
  service.on('data', (bytes: Buffer) => {
    const end = edge.pass(bytes)
    if (state !== 'leaving') return
    client.write(end === undefined ? bytes : bytes.subarray(0, end))
    if (end !== undefined) say()
  })
  return () => {
    if (state !== 'joined') return
    service.unpipe(client)
    // Nobody else asks for its bytes now.
    service.resume()
    if (edge.reached) say()
    else state = 'leaving'
  }
}

/** A refusal is a reply like any other. */
function incomingFrom(refusal: http.IncomingMessage, bound: number, tell: (ended: Ended) => void): Incoming {
  const incoming = new Incoming(bound, tell)
  incoming.flow = { pause: () => refusal.pause(), resume: () => refusal.resume(), abort: (reason) => refusal.destroy(reason) }
  incoming.begin(refusal.statusCode as number, refusal.rawHeaders)
  refusal.on('data', (bytes: Buffer) => incoming.take(bytes))
  refusal.once('end', () => incoming.end())
  refusal.on('error', (error) => incoming.end(error))
  return incoming
}
