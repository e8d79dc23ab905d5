import type { Contract } from './contract.ts'
import type { RecordedExchange, RecordedMessage, RecordedReply, RecordedRequest } from './recording/exchange.ts'
import { redactBody } from './redact/body.ts'
import { createEraser, type Eraser } from './redact/eraser.ts'
import { redactHeaders } from './redact/headers.ts'
import { redactJson } from './redact/json-body.ts'
import { createKnowledge, type Known } from './redact/known.ts'
import { createPseudonyms } from './redact/pseudonym.ts'
import { createTally, type RedactionStatement } from './redact/tally.ts'
import { redactUrl } from './redact/url.ts'

export type { RedactionStatement } from './redact/tally.ts'

export interface RedactorOptions {
  /** The same key gives the same pseudonyms, in every recording; without it nobody can tell whether a guess is right. */
  key: string | Uint8Array
  /** Tells which headers hold credentials, and which members are secret. */
  contract?: Contract | undefined
}

export interface Redactor {
  /** The exchange without its secrets; what it was given stays as it is. */
  redact(exchange: RecordedExchange): RecordedExchange
  /** What has been removed so far, for the recording's file. */
  statement(): RedactionStatement
}

/**
 * Replaces credentials, secrets and what identifies people by pseudonyms: one value always becomes the same one, in its old form, so that exchanges can
 * still be joined and contracts still hold.
 */
export function createRedactor({ key, contract }: RedactorOptions): Redactor {
  const pseudonyms = createPseudonyms(key)
  const tally = createTally(pseudonyms)
  const knowledge = createKnowledge(contract)
  const eraser: Eraser = createEraser({ pseudonyms, tally, document: (text, spot) => redactJson(text, eraser, spot) })

  return {
    statement: tally.statement,
    redact(exchange) {
      const known = knowledge.about(exchange)
      const redacted: RecordedExchange = {
        ...exchange,
        version: exchange.version && eraser.text(exchange.version, { place: 'version' }),
        request: redactRequest(exchange.request, known),
        ...(exchange.reply === undefined ? {} : { reply: redactReply(exchange.reply, known) }),
        ...(exchange.failure === undefined ? {} : { failure: eraser.text(exchange.failure, { place: 'failure' }) }),
        ...(exchange.messages === undefined ? {} : { messages: exchange.messages.map(redactMessage) }),
        ...(exchange.closed === undefined
          ? {}
          : { closed: { ...exchange.closed, reason: eraser.text(exchange.closed.reason, { place: 'reason of the close' }) } }),
      }
      const swept = sweep(redacted, eraser.turn())
      const places = [...new Set([...(exchange.redactions ?? []), ...tally.turn()])]
      return places.length === 0 ? swept : { ...swept, redactions: places }
    },
  }

  function redactRequest(request: RecordedRequest, { params, query, request: schemas }: Known): RecordedRequest {
    const body = bodyOf(request, 'request', schemas)
    const headers = redactHeaders(request.headers, eraser, 'request', knowledge.credentials)
    return { ...request, url: redactUrl(request.url, eraser, 'request', { params, query }), headers: measured(headers, request.body, body), body }
  }

  function redactReply(reply: RecordedReply, { reply: schemas }: Known): RecordedReply {
    const body = bodyOf(reply, 'reply', schemas)
    return { ...reply, headers: measured(redactHeaders(reply.headers, eraser, 'reply', knowledge.credentials), reply.body, body), body }
  }

  function bodyOf({ headers, body, cut = false }: RecordedRequest | RecordedReply, direction: string, schemas: Known['reply']): Buffer {
    return redactBody(body, eraser, { contentType: typeOf(headers), place: `${direction} body `, schemas, cut })
  }

  function redactMessage(message: RecordedMessage): RecordedMessage {
    const place = message.from === 'client' ? 'message to the service ' : 'message to the client '
    return { ...message, data: redactBody(message.data, eraser, { contentType: '', place, schemas: [], cut: message.cut === true }) }
  }
}

function typeOf(headers: readonly string[]): string {
  const at = headers.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === 'content-type')
  return at < 0 ? '' : (headers[at + 1] ?? '')
}

/** A length that was the body's is still the body's; one of a compressed body, or of a HEAD's, says something else and stays. */
function measured(headers: readonly string[], old: Buffer, made: Buffer): string[] {
  return headers.map((value, at) =>
    at % 2 === 1 && headers[at - 1]?.toLowerCase() === 'content-length' && value === String(old.length) ? String(made.length) : value,
  )
}

/** A secret that was known by its name in one place may stand in another without it, in an error message for instance. */
function sweep(exchange: RecordedExchange, learned: readonly (readonly [string, string])[]): RecordedExchange {
  if (learned.length === 0) return exchange
  const text = (value: string) => learned.reduce((swept, [secret, pseudonym]) => (swept.includes(secret) ? swept.replaceAll(secret, pseudonym) : swept), value)
  const bytes = (body: Buffer) => (learned.some(([secret]) => body.includes(secret)) ? Buffer.from(text(body.toString('latin1')), 'latin1') : body)
  const headers = (pairs: readonly string[]) => pairs.map((pair, at) => (at % 2 === 1 ? text(pair) : pair))
  const part = <Part extends RecordedRequest | RecordedReply>(one: Part): Part => {
    const body = bytes(one.body)
    return { ...one, headers: measured(headers(one.headers), one.body, body), body }
  }
  const { request, reply, messages, closed, failure } = exchange
  return {
    ...exchange,
    request: { ...part(request), url: text(request.url) },
    ...(reply === undefined ? {} : { reply: part(reply) }),
    ...(messages === undefined ? {} : { messages: messages.map((message) => ({ ...message, data: bytes(message.data) })) }),
    ...(closed === undefined ? {} : { closed: { ...closed, reason: text(closed.reason) } }),
    ...(failure === undefined ? {} : { failure: text(failure) }),
  }
}
