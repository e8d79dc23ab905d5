import type { RecordedClose } from './exchange.ts'

/** HAR 1.2 as we write it, with what browsers have agreed on besides (`_webSocketMessages`) and our own under `_mockSuite`. */
export interface HarEntry {
  startedDateTime: string
  /** Milliseconds. */
  time: number
  request: HarRequest
  response: HarResponse
  cache: Record<string, never>
  timings: { blocked: -1; dns: -1; connect: -1; ssl: -1; send: number; wait: number; receive: number }
  _resourceType?: 'websocket'
  _webSocketMessages?: readonly HarMessage[]
  _mockSuite: HarExtension
}

export interface NameValue {
  name: string
  value: string
}

export interface HarCookie extends NameValue {
  path?: string
  domain?: string
  /** ISO 8601. */
  expires?: string
  httpOnly?: boolean
  secure?: boolean
}

export interface HarRequest {
  method: string
  url: string
  httpVersion: string
  cookies: readonly HarCookie[]
  headers: readonly NameValue[]
  queryString: readonly NameValue[]
  /** HAR knows no encoding of what is sent: bytes that are no text say so as a custom member must, with an underscore. */
  postData?: { mimeType: string; text: string; _encoding?: 'base64' }
  headersSize: -1
  bodySize: number
}

export interface HarResponse {
  /** 0 where there was none. */
  status: number
  statusText: string
  httpVersion: string
  cookies: readonly HarCookie[]
  headers: readonly NameValue[]
  content: { size: number; mimeType: string; text?: string; encoding?: 'base64' }
  redirectURL: string
  headersSize: -1
  bodySize: number
  /** As Chrome tells why there was none. */
  _error?: string
}

/** As Chrome writes it: seconds since 1970, and what is no text in base64. */
export interface HarMessage {
  type: 'send' | 'receive'
  time: number
  opcode: 1 | 2
  data: string
  _cut?: true
}

/** What HAR has no word for. */
export interface HarExtension {
  service?: string
  operation?: string
  lane?: number
  version?: string
  failure?: string
  closed?: RecordedClose
  redactions?: readonly string[]
  cut?: { request?: true; reply?: true }
}
