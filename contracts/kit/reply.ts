import type { Contract } from './contract.ts'
import { httpDate } from './http-date.ts'
import type { WireReply } from './message.ts'

/** What a reply says, before it is dressed for the wire. */
export interface Said {
  status: number
  body: string | Uint8Array
  /** Empty for a reply that names none. */
  contentType: string
  /** Flat pairs, between `server` and `content-length`; a `content-length` among them stays where it is. */
  headers?: readonly string[]
}

/** A reply with its head as uvicorn writes it: date and server, its own headers, length, type. */
export function wireReply({ errors }: Contract, now: number, { status, body, contentType, headers: extra = NONE }: Said): WireReply {
  const headers = ['date', httpDate(now), 'server', errors.server, ...extra]
  if (!bodyless(status) && !extra.includes('content-length')) headers.push('content-length', String(Buffer.byteLength(body)))
  // FastAPI names a type even where there is no body: its 204 says `application/json`.
  if (contentType !== '' && status !== 304) headers.push('content-type', contentType)
  return { status, headers, body }
}

const NONE: readonly string[] = []

/** Statuses whose replies have no body, and no length. */
export const bodyless = (status: number): boolean => status === 204 || status === 304
