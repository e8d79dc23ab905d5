import { header } from '../../kit/message.ts'
import type { RecordedExchange } from '../../kit/recording/exchange.ts'
import type { DraftOperation } from '../draft.ts'
import { readExactly } from './read-exactly.ts'

/** One recorded exchange as a draft looks at it. */
export interface Sample {
  at: number
  method: DraftOperation['method']
  /** Without the query, escapes as they were sent. */
  path: string
  query: readonly (readonly [string, string])[]
  /** Flat pairs. */
  headers: readonly string[]
  /** None when it had none. */
  body: Content | undefined
  reply: { status: number; headers: readonly string[]; type: string; value: unknown }
  /** The operation's name, where the recording says it. */
  operation: string | undefined
}

interface Content {
  as: NonNullable<DraftOperation['consumes']>
  value: unknown
}

/** What a draft can make of an exchange, or why it passes it over. */
export function sampleOf(exchange: RecordedExchange): Sample | string {
  const { request, reply } = exchange
  const method = METHODS.find((method) => method === request.method)
  if (method === undefined) return `${request.method} is no method of a contract`
  if (reply === undefined || exchange.failure !== undefined) return 'no whole reply came'
  if (reply.status === 101) return 'it became a WebSocket'
  if (reply.cut || request.cut) return 'a body was longer than was recorded'
  const { pathname, searchParams } = new URL(request.url)
  if (ASSET.test(pathname)) return 'it is a file of a web page'
  if (reply.status === 405) return 'the method was not allowed'
  const body = request.body.length === 0 ? undefined : contentOf(header({ rawHeaders: request.headers }, 'content-type'), request.body)
  const type = bare(header({ rawHeaders: reply.headers }, 'content-type'))
  const { at, operation } = exchange
  const value = reply.body.length === 0 ? (isBodyless(reply.status) ? null : '') : readAs(type, reply.body)
  if (type === 'text/html' && reply.status >= 400) return 'an error page came'
  return {
    at,
    method,
    path: pathname,
    query: [...searchParams],
    headers: request.headers,
    body,
    reply: { status: reply.status, headers: reply.headers, type, value },
    operation,
  }
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
/** Browsers record what a page is made of, too. */
const ASSET = /\.(?:m?js|css|map|png|jpe?g|gif|webp|avif|svg|ico|woff2?|ttf|otf|wasm|html?)$/i

function contentOf(type: string | undefined, body: Buffer): Content {
  const named = bare(type)
  if (named === 'application/x-www-form-urlencoded') return { as: 'form', value: Object.fromEntries(new URLSearchParams(body.toString('utf8'))) }
  if (named === '' || isJson(named)) {
    const read = readExactly(body)
    if ('value' in read) return { as: 'json', value: read.value }
  }
  return named.startsWith('text/') ? { as: 'text', value: body.toString('utf8') } : { as: 'bytes', value: body }
}

function readAs(type: string, body: Buffer): unknown {
  const read = isJson(type) ? readExactly(body) : undefined
  return read !== undefined && 'value' in read ? read.value : body.toString('utf8')
}

const bare = (type: string | undefined): string => (type ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
const isBodyless = (status: number): boolean => status === 204 || status === 304
export const isJson = (type: string): boolean => /^application\/(?:[\w.+-]+\+)?json$/.test(type)
