import { parse, stringify } from 'lossless-json'
import type { Problem } from './problem.ts'

/** Reads a JSON body; `lossless` keeps integers past 2^53 as `bigint`. */
export function readJson(bytes: Buffer, lossless: boolean): { value: unknown } | { problem: Problem } {
  const body = textOf(bytes)
  if (body === undefined || tooDeep(body)) return { problem: { kind: 'undecodable-body' } }
  try {
    return { value: lossless ? parseLossless(body) : JSON.parse(body) }
  } catch {
    return { problem: { kind: 'malformed-body', body } }
  }
}

/** CPython gives up near its recursion limit, and so would a schema of ours that follows its input down. */
const DEPTH = 990

function tooDeep(text: string): boolean {
  if (text.length <= DEPTH || count(text, '[') + count(text, '{') <= DEPTH) return false
  let depth = 0
  let quoted = false
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]
    if (quoted && character === '\\') at += 1
    else if (character === '"') quoted = !quoted
    else if (!quoted && (character === '[' || character === '{') && ++depth > DEPTH) return true
    else if (!quoted && (character === ']' || character === '}')) depth -= 1
  }
  return false
}

/** Finding is quick, looking at every character is not: what opens so few brackets, in or out of texts, is not deep. */
function count(text: string, character: string): number {
  let times = 0
  for (let at = text.indexOf(character); at !== -1; at = text.indexOf(character, at + 1)) times += 1
  return times
}

/** Compact, as FastAPI sends it, with every `bigint` to the digit. */
export function writeJson(value: unknown, lossless: boolean): string {
  return (lossless ? stringify(value) : JSON.stringify(value)) ?? 'null'
}

function parseLossless(text: string): unknown {
  return parse(text, null, { parseNumber: exactNumber })
}

/** A bigint for whole numbers that JavaScript would round, the ordinary number for all others. */
function exactNumber(digits: string): number | bigint {
  const number = Number(digits)
  return Number.isSafeInteger(number) || !/^-?\d+$/.test(digits) ? number : BigInt(digits)
}

/** Python's `json.loads` takes bytes in UTF-8, -16 and -32, with or without a byte-order mark. */
function textOf(bytes: Buffer): string | undefined {
  const encoding = encodingOf(bytes)
  if (encoding === 'utf-8') {
    const text = bytes.toString('utf8')
    return text.includes('\uFFFD') && !isUtf8(bytes) ? undefined : text
  }
  return encoding.startsWith('utf-32') ? textOfUtf32(bytes, encoding === 'utf-32le') : decode(bytes, encoding)
}

function encodingOf(bytes: Buffer): string {
  const [a, b, c, d] = bytes
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8-sig'
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'utf-32le' : 'utf-16le'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  if (bytes.length >= 4) {
    if (a === 0) return b === 0 ? 'utf-32be' : 'utf-16be'
    if (b === 0) return c === 0 && d === 0 ? 'utf-32le' : 'utf-16le'
  } else if (bytes.length === 2) {
    if (a === 0) return 'utf-16be'
    if (b === 0) return 'utf-16le'
  }
  return 'utf-8'
}

function decode(bytes: Buffer, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding === 'utf-8-sig' ? 'utf-8' : encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

const isUtf8 = (bytes: Buffer): boolean => decode(bytes, 'utf-8') !== undefined

function textOfUtf32(bytes: Buffer, littleEndian: boolean): string | undefined {
  if (bytes.length % 4 !== 0) return undefined
  let text = ''
  for (let at = 0; at < bytes.length; at += 4) {
    const point = littleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)
    if (point > 0x10ffff) return undefined
    if (point !== 0xfeff || at > 0) text += String.fromCodePoint(point)
  }
  return text
}
