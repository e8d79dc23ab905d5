import type { Socket } from 'node:net'

/** The largest request body that is read; what is longer is refused. */
export const BODY_LIMIT = 1024 * 1024

/** One request as it came off the wire; nothing is decoded before somebody asks. */
export interface WireRequest {
  readonly method: string
  /** Path and query exactly as sent, e.g. `/api/v1/alerts?limit=5`. */
  readonly target: string
  /** Flat pairs in the order and case they were sent: `['Host', 'x', 'Accept', 'text/plain']`. */
  readonly rawHeaders: readonly string[]
  readonly body: Buffer
  /** The body went past the bound and was not kept. */
  readonly tooLarge: boolean
  /** The client has left; nobody will read the answer. */
  readonly gone: boolean
  /** It asks to go on as a WebSocket; only a backend that can do so is shown such a request. */
  readonly upgrade?: boolean
}

/** One reply, ready for the wire. A transport writes just this and adds nothing. */
export interface WireReply {
  status: number
  /** Flat pairs in the order they are to be sent. */
  headers: string[]
  body: string | Uint8Array
  /** What follows `body` as it comes, of a reply that streams. */
  rest?: Rest
  /** What the connection becomes after a 101. */
  tunnel?: Tunnel
}

/** The rest of a body, read once. It throws when its source dies; whoever does not read it to the end says `return()`. */
export interface Rest extends AsyncIterableIterator<Uint8Array> {
  return(): Promise<IteratorResult<Uint8Array>>
}

/** A connection to the other side that waits to be joined with the client's. Either is called once. */
export interface Tunnel {
  /** @param head What the client has said already. */
  join(client: Socket, head: Buffer): void
  /** Tells a client that was joined that we go away; its own goodbye then ends both sides. */
  leave(): void
  abandon(): void
}

/** Of a reply that will not be sent: what stands open behind it is closed. */
export function abandon({ rest, tunnel }: WireReply): void {
  void rest?.return()
  tunnel?.abandon()
}

/** The value of a header, whatever the case of its name; several of one name are joined as HTTP joins them. */
export function header(request: Pick<WireRequest, 'rawHeaders'>, name: string): string | undefined {
  const raw = request.rawHeaders
  let found: string | undefined
  for (let at = 0; at < raw.length; at += 2) {
    const key = raw[at] as string
    if (key.length === name.length && (key === name || key.toLowerCase() === name.toLowerCase())) {
      found = found === undefined ? raw[at + 1] : `${found}, ${raw[at + 1]}`
    }
  }
  return found
}

/** Every header under its lower-case name; the first of several of one name, as Starlette reads them. */
export function headersOf(request: Pick<WireRequest, 'rawHeaders'>): Record<string, string> {
  const all: Record<string, string> = Object.create(null)
  const raw = request.rawHeaders
  for (let at = 0; at < raw.length; at += 2) {
    const name = (raw[at] as string).toLowerCase()
    if (!(name in all)) all[name] = raw[at + 1] as string
  }
  return all
}
