import { STATUS_CODES } from 'node:http'
import { header } from '../message.ts'
import { cookiesSent, cookiesSet } from './cookies.ts'
import type { RecordedExchange, RecordedMessage, RecordedReply } from './exchange.ts'
import type { HarEntry, HarExtension, HarMessage, NameValue } from './har.ts'

/** What a recording says of itself, before its first entry. */
export interface RecordingHead {
  /** Of mock-suite. */
  version: string
  /** Milliseconds since 1970. */
  recordedAt: number
  services: readonly string[]
  /** Service → address of the real one; no user and no password. */
  upstreams: Readonly<Record<string, string>>
}

/** What stands before the first entry. Between entries stands a comma, after the last one {@link harTail}. */
export function harHead({ version, recordedAt, ...about }: RecordingHead): string {
  const log = {
    version: '1.2',
    creator: { name: 'mock-suite', version },
    pages: [],
    _mockSuite: { schemaVersion: 1, recordedAt: new Date(recordedAt).toISOString(), ...about },
  }
  return `{"log":${JSON.stringify(log).slice(0, -1)},"entries":[`
}

/** What stands behind the last entry; what was removed from all of them is not known before. */
export function harTail(redaction?: object): string {
  return `\n]${redaction === undefined ? '' : `,"_redaction":${JSON.stringify(redaction)}`}}}\n`
}

/** A whole recording as text. */
export function harText(head: RecordingHead, exchanges: readonly RecordedExchange[]): string {
  return `${harHead(head)}${exchanges.map((exchange) => `\n${JSON.stringify(harEntry(exchange))}`).join(',')}${harTail()}`
}

/** An exchange as an entry that any reader of HAR 1.2 takes. */
export function harEntry(exchange: RecordedExchange): HarEntry {
  const { at, milliseconds, request, reply, failure, messages } = exchange
  return {
    startedDateTime: new Date(at).toISOString(),
    time: milliseconds,
    request: {
      method: request.method,
      url: request.url,
      httpVersion: 'HTTP/1.1',
      cookies: cookiesSent(request.headers),
      headers: namesAndValues(request.headers),
      queryString: queryOf(request.url),
      ...postData(request),
      headersSize: -1,
      bodySize: request.body.length,
    },
    response: reply === undefined ? noResponse(failure) : response(reply),
    cache: {},
    timings: { blocked: -1, dns: -1, connect: -1, ssl: -1, send: 0, wait: milliseconds, receive: 0 },
    ...(messages === undefined ? {} : { _resourceType: 'websocket', _webSocketMessages: messages.map(harMessage) }),
    _mockSuite: extension(exchange),
  }
}

function namesAndValues(flat: readonly string[]): NameValue[] {
  return flat.flatMap((name, at) => (at % 2 === 0 ? [{ name, value: flat[at + 1] ?? '' }] : []))
}

function queryOf(url: string): NameValue[] {
  const [, query = ''] = url.split('#', 1)[0]?.split(/\?(.*)/s) ?? []
  return [...new URLSearchParams(query)].map(([name, value]) => ({ name, value }))
}

function postData({ headers, body }: RecordedExchange['request']): Pick<HarEntry['request'], 'postData'> {
  if (body.length === 0) return {}
  const { text, encoding } = written(body)
  return { postData: { mimeType: typeOf(headers), text, ...(encoding === undefined ? {} : { _encoding: encoding }) } }
}

function response({ status, headers, body }: RecordedReply): HarEntry['response'] {
  const encoded = header({ rawHeaders: headers }, 'content-encoding') !== undefined
  return {
    status,
    statusText: STATUS_CODES[status] ?? '',
    httpVersion: 'HTTP/1.1',
    cookies: cookiesSet(headers),
    headers: namesAndValues(headers),
    content: { size: body.length, mimeType: typeOf(headers), ...(body.length === 0 ? {} : written(body)) },
    redirectURL: header({ rawHeaders: headers }, 'location') ?? '',
    headersSize: -1,
    // What went over the wire is not known where it was encoded.
    bodySize: encoded ? -1 : body.length,
  }
}

/** Browsers write status 0. */
function noResponse(failure: string | undefined): HarEntry['response'] {
  const nothing = { status: 0, statusText: '', httpVersion: '', cookies: [], headers: [], content: { size: 0, mimeType: UNKNOWN }, redirectURL: '' }
  return { ...nothing, headersSize: -1, bodySize: -1, ...(failure === undefined ? {} : { _error: failure }) }
}

const UNKNOWN = 'x-unknown'

const typeOf = (headers: readonly string[]): string => header({ rawHeaders: headers }, 'content-type') ?? UNKNOWN

/** As text where that gives the same bytes back. */
function written(body: Buffer): { text: string; encoding?: 'base64' } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body) }
  } catch {
    return { text: body.toString('base64'), encoding: 'base64' }
  }
}

function harMessage({ at, from, kind, data, cut }: RecordedMessage): HarMessage {
  return {
    type: from === 'client' ? 'send' : 'receive',
    time: at / 1000,
    ...(kind === 'text' ? { opcode: 1, data: data.toString('utf8') } : { opcode: 2, data: data.toString('base64') }),
    ...(cut === true ? { _cut: true } : {}),
  }
}

function extension({ service, operation, lane, version, failure, closed, redactions, request, reply }: RecordedExchange): HarExtension {
  const cut = { ...(request.cut === true ? { request: true as const } : {}), ...(reply?.cut === true ? { reply: true as const } : {}) }
  return {
    ...(service === undefined ? {} : { service }),
    ...(operation === undefined ? {} : { operation }),
    ...(lane === undefined ? {} : { lane }),
    ...(version === undefined ? {} : { version }),
    ...(failure === undefined ? {} : { failure }),
    ...(closed === undefined ? {} : { closed }),
    ...(redactions === undefined ? {} : { redactions }),
    ...(Object.keys(cut).length === 0 ? {} : { cut }),
  }
}
