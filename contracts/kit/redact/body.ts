import { isUtf8 } from 'node:buffer'
import type { Eraser, Spot } from './eraser.ts'
import { redactJson } from './json-body.ts'
import { markOf, type Schemas } from './marks.ts'
import { redactMultipart } from './multipart.ts'
import { redactQuery } from './query.ts'

export interface BodyInfo {
  contentType: string
  place: string
  schemas: Schemas
  /** There was more of it. */
  cut: boolean
}

/** Rewrites a body, whatever it is; the same bytes where nothing has to go. */
export function redactBody(bytes: Buffer, eraser: Eraser, info: BodyInfo): Buffer {
  if (bytes.length === 0) return bytes
  const { contentType, place, cut } = info
  const boundary = /^multipart\/.*\bboundary="?([^";]+)/i.exec(contentType)?.[1]
  if (boundary !== undefined) {
    return redactMultipart(bytes, boundary, eraser, place, (part, type, at) => redactBody(part, eraser, { contentType: type, place: at, schemas: [], cut }))
  }
  const encoding = encodingOf(bytes)
  const text = decode(bytes, encoding)
  const made = redactText(text, eraser, info)
  const redacted = made === text ? bytes : encode(made, encoding)
  // Any bytes may begin like UTF-16.
  return encoding.startsWith('utf16') ? asLatin1(redacted, eraser, place) : redacted
}

function asLatin1(bytes: Buffer, eraser: Eraser, place: string): Buffer {
  const text = bytes.toString('latin1')
  const made = eraser.text(text, { place })
  return made === text ? bytes : Buffer.from(made, 'latin1')
}

function redactText(text: string, eraser: Eraser, { contentType, place, schemas, cut }: BodyInfo): string {
  const spot = { place }
  if (/^application\/x-www-form-urlencoded/i.test(contentType)) return redactQuery(cut ? whole(text, /[^&]*$/) : text, eraser, place, schemas)
  const json = /json/i.test(contentType) || /^[\s\uFEFF]*[[{"]/.test(text) ? redactJson(text, eraser, spot, schemas, cut) : undefined
  if (json !== undefined) return json
  if (markOf(schemas) === true) return eraser.secret(text, spot)
  return lines(cut ? whole(text, /\S{0,8192}$/) : text, eraser, spot)
}

/** Without what may be half a secret at its end. */
const whole = (text: string, tail: RegExp): string => text.slice(0, text.slice(-8192).search(tail) + Math.max(0, text.length - 8192))

/** Lines of logs and of event streams may each be JSON. */
function lines(text: string, eraser: Eraser, spot: Spot): string {
  const made = LINE.test(text) ? text.replace(LINES, (_, before: string, json: string) => before + (redactJson(json, eraser, spot) ?? json)) : text
  return eraser.text(made, spot)
}

const LINE = /^(?:data:)?[ \t]{0,8}[[{].*[\]}][ \t\r]{0,8}$/m
const LINES = /^((?:data:)?[ \t]{0,8})([[{].*[\]}][ \t\r]{0,8})$/gm

type Encoding = 'utf8' | 'utf16le' | 'utf16be' | 'latin1'

/** JSON may come in UTF-16; what is no text at all is read byte by byte. */
function encodingOf(bytes: Buffer): Encoding {
  const [first, second] = bytes
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0 && bytes[3] === 0)) return bytes.length % 2 === 0 ? 'utf16le' : 'latin1'
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0 && bytes[2] === 0)) return bytes.length % 2 === 0 ? 'utf16be' : 'latin1'
  return isUtf8(bytes) ? 'utf8' : 'latin1'
}

function decode(bytes: Buffer, encoding: Encoding): string {
  return encoding === 'utf16be' ? Buffer.from(bytes).swap16().toString('utf16le') : bytes.toString(encoding)
}

function encode(text: string, encoding: Encoding): Buffer {
  return encoding === 'utf16be' ? Buffer.from(text, 'utf16le').swap16() : Buffer.from(text, encoding)
}
