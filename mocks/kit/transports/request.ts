import type { IncomingMessage } from 'node:http'
import { header, type WireRequest } from '../../../contracts/kit/message.ts'

const EMPTY = Buffer.alloc(0)

/** A request with its body, if that is no longer than the limit. */
export function readRequest(message: IncomingMessage, limit: number, done: (request: WireRequest) => void): void {
  const length = header(message, 'content-length')
  if (length === undefined && header(message, 'transfer-encoding') === undefined) return done(new HttpRequest(message, EMPTY, false))
  if (Number(length) > limit) return done(new HttpRequest(message, EMPTY, true))

  const chunks: Buffer[] = []
  let size = 0
  message.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size <= limit) return void chunks.push(chunk)
    message.removeAllListeners('data').removeAllListeners('end')
    done(new HttpRequest(message, EMPTY, true))
  })
  message.on('end', () => done(new HttpRequest(message, chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks), false)))
}

class HttpRequest implements WireRequest {
  readonly method: string
  readonly target: string
  readonly rawHeaders: readonly string[]
  readonly body: Buffer
  readonly tooLarge: boolean
  readonly #socket: { readonly destroyed: boolean }

  constructor(message: IncomingMessage, body: Buffer, tooLarge: boolean) {
    this.method = message.method ?? 'GET'
    this.target = message.url ?? '/'
    this.rawHeaders = message.rawHeaders
    this.body = body
    this.tooLarge = tooLarge
    this.#socket = message.socket
  }

  get gone(): boolean {
    return this.#socket.destroyed
  }
}
