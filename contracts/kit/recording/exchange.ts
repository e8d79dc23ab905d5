/** One exchange with a real service, as a recording keeps it. Secrets have been replaced before it was made. */
export interface RecordedExchange {
  /** When the request came, in milliseconds since 1970. */
  at: number
  /** How long the real service took, to the last byte. */
  milliseconds: number
  /** Whose it was; a recording of another tool does not say. */
  service?: string | undefined
  /** The operation's name, as the contract had it when this was recorded. */
  operation?: string | undefined
  lane?: number | undefined
  /** What the real service called its own version, if it did. */
  version?: string | undefined
  request: RecordedRequest
  /** None when none came, or its head never did. */
  reply?: RecordedReply | undefined
  /** Why no reply came, or not all of it. */
  failure?: string | undefined
  /** What went over a WebSocket, in order. */
  messages?: readonly RecordedMessage[] | undefined
  /** How a WebSocket was closed; nothing where it just ended. */
  closed?: RecordedClose | undefined
  /** JSON pointers, header names and the like from which something was removed. */
  redactions?: readonly string[] | undefined
  /** Where it stands in its recording, counted from 0; told by who reads it. */
  entry?: number | undefined
}

export interface RecordedRequest {
  method: string
  /** As it was sent to the real service, with its host: `https://alert.example/alerts?limit=5`. */
  url: string
  /** Flat pairs in the order in which they were sent. */
  headers: readonly string[]
  /** Without its content encoding. */
  body: Buffer
  /** The body was longer than the recorder keeps; this is its beginning. */
  cut?: boolean | undefined
}

export interface RecordedReply {
  status: number
  headers: readonly string[]
  /** Without its content encoding. */
  body: Buffer
  cut?: boolean | undefined
}

export interface RecordedClose {
  /** Who said it first. */
  from: 'client' | 'service'
  /** As RFC 6455 has them; 1005 where none was given. */
  code: number
  reason: string
}

export interface RecordedMessage {
  /** Milliseconds since 1970. */
  at: number
  from: 'client' | 'service'
  kind: 'text' | 'binary'
  data: Buffer
  cut?: boolean | undefined
}
