import { readJson, writeJson } from '../../contracts/kit/json.ts'
import { header, type WireReply } from '../../contracts/kit/message.ts'
import { bodyless } from '../../contracts/kit/reply.ts'
import type { Middleware } from './exchange.ts'

/** A layer that changes the reply, whatever it is, and lets every other outcome be. */
export function edited(edit: (reply: WireReply) => WireReply): Middleware {
  return async (_, next) => {
    const outcome = await next()
    return outcome.kind === 'reply' ? { ...outcome, reply: edit(outcome.reply) } : outcome
  }
}

/** Another body, its length told rightly. A reply that can have none keeps none, and one that streams keeps what it has: its end is not known. */
export function withBody(reply: WireReply, body: string): WireReply {
  if (bodyless(reply.status) || reply.rest !== undefined) return reply
  return { ...reply, body, headers: withHeader(reply.headers, 'content-length', String(Buffer.byteLength(body))) }
}

/** Flat pairs in which a header has this value: where it stood, or behind all others. */
export function withHeader(headers: readonly string[], name: string, value: string): string[] {
  const at = headers.findIndex((key, index) => index % 2 === 0 && key.toLowerCase() === name)
  return at === -1 ? [...headers, name, value] : headers.with(at + 1, value)
}

export function replyHeader({ headers }: WireReply, name: string): string | undefined {
  return header({ rawHeaders: headers }, name)
}

/** The JSON text of a reply; nothing for one that has none. */
export function jsonText(reply: WireReply): string | undefined {
  const type = replyHeader(reply, 'content-type') ?? ''
  if (!/^application\/([\w.-]+\+)?json\b/i.test(type) || reply.body.length === 0) return undefined
  return typeof reply.body === 'string' ? reply.body : Buffer.from(reply.body).toString('utf8')
}

/** A JSON reply with its value changed, every digit of the rest kept; a reply that is no JSON stays as it is. */
export function withJson(reply: WireReply, change: (value: unknown) => unknown): WireReply {
  const text = jsonText(reply)
  const read = text === undefined ? undefined : readJson(Buffer.from(text), true)
  return read === undefined || 'problem' in read ? reply : withBody(reply, writeJson(change(read.value), true))
}
