import type { Eraser } from './eraser.ts'
import { step } from './tally.ts'

/** Rewrites the parts of a form that came with `multipart/…`; `redact` takes a part that is a document of its own. */
export function redactMultipart(
  bytes: Buffer,
  boundary: string,
  eraser: Eraser,
  place: string,
  redact: (body: Buffer, contentType: string, place: string) => Buffer,
): Buffer {
  const parts = bytes.toString('latin1').split(`--${boundary}`)
  return Buffer.from(parts.map((part) => redactPart(part, eraser, place, redact)).join(`--${boundary}`), 'latin1')
}

function redactPart(part: string, eraser: Eraser, place: string, redact: (body: Buffer, contentType: string, place: string) => Buffer): string {
  const [, head, body, tail = ''] = /^(\r?\n.*?\r?\n\r?\n)(.*?)(\r?\n)?$/s.exec(part) ?? []
  if (head === undefined || body === undefined) return latin(part, (text) => eraser.text(text, { place }))
  const name = /\bname="?([^";\r\n]*)/i.exec(head)?.[1] ?? ''
  const here = { name, place: `${place} ${step(name)}` }
  const madeHead = latin(head, (text) => eraser.text(text, { place }))
  const contentType = /^content-type:\s*([^\r\n]*)/im.exec(head)?.[1]
  const isFile = /\bfilename=/i.test(head) || contentType !== undefined
  const made = isFile ? redact(Buffer.from(body, 'latin1'), contentType ?? '', here.place).toString('latin1') : body
  return madeHead + latin(made, (text) => eraser.named(text, here)) + tail
}

/** Parts may be any bytes: those that are UTF-8 are read so. */
function latin(bytes: string, redact: (text: string) => string): string {
  const text = Buffer.from(bytes, 'latin1').toString('utf8')
  if (text.includes('\uFFFD')) return redact(bytes)
  const made = redact(text)
  return made === text ? bytes : Buffer.from(made).toString('latin1')
}
