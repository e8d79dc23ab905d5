import { MockSuiteError } from '../error.ts'

/** Entries longer than this are passed over: they would not fit into a string. In bytes. */
const ENTRY_LIMIT = 256 * 1024 * 1024

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a]
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_LIST, CLOSE_LIST] = [0x7b, 0x7d, 0x5b, 0x5d]
const BLANK = 0x20
const MARK = new Set([0xef, 0xbb, 0xbf])

/** Brackets around the log's members, and around the entries. */
const [IN_ROOT, IN_LOG, IN_ENTRIES] = [1, 2, 3]

/**
 * Finds the elements of `log.entries` in the bytes of a HAR, wherever chunks are cut, and holds one of them at a time.
 * It knows strings, escapes and depth; whether an element is JSON is for its reader to say.
 */
export class EntryScanner {
  /** `log.entries` was met. */
  found = false
  #depth = 0
  #quoted = false
  #escaped = false
  /** The next string at this depth is a member's name. */
  #naming = false
  /** The bytes of a name under way; only names of the root and of the log are looked at. */
  #name: number[] | undefined
  #member = ''
  #inLog = false
  #inEntries = false
  #closed = false
  #trailing = false
  readonly #element: Element
  readonly #file: string

  constructor(file: string, limit = ENTRY_LIMIT) {
    this.#file = file
    this.#element = new Element(limit)
  }

  /** Nothing is missing at the end, and nothing follows it. */
  get whole(): boolean {
    return this.#closed && !this.#trailing
  }

  /** The elements that end in this chunk, as text; nothing for one that is too long. */
  *scan(chunk: Buffer): Generator<string | undefined> {
    this.#element.resume()
    for (let at = 0; at < chunk.length; at += 1) {
      if (this.#quoted && this.#name === undefined && !this.#escaped) at = textEnd(chunk, at)
      const byte = chunk[at] as number
      if (this.#quoted) this.#inString(byte)
      else if (byte <= BLANK) continue
      else if (this.#depth === 0) this.#outside(byte)
      else if (this.#structural(byte, at)) yield this.#element.end(chunk, byte === COMMA || this.#depth < IN_ENTRIES ? at : at + 1)
    }
    this.#element.keep(chunk)
  }

  #inString(byte: number): void {
    if (this.#escaped) this.#escaped = false
    else if (byte === BACKSLASH) this.#escaped = true
    else if (byte === QUOTE) {
      this.#quoted = false
      if (this.#name !== undefined) this.#member = named(this.#name)
      this.#name = undefined
      return
    }
    // No name that matters is this long, even with every letter escaped.
    if (this.#name !== undefined && this.#name.length <= 64) this.#name.push(byte)
  }

  #outside(byte: number): void {
    if (this.#closed) this.#trailing = true
    else if (byte === OPEN_OBJECT) this.#open(byte)
    else if (!MARK.has(byte)) throw noHar(this.#file, 'it is no JSON object. A HAR is one, in UTF-8; one inside a ZIP must be taken out first.')
  }

  /** Whether an element ends here. */
  #structural(byte: number, at: number): boolean {
    const here = this.#inEntries && this.#depth === IN_ENTRIES
    if (here && byte !== COMMA && byte !== CLOSE_LIST) this.#element.begin(at)
    switch (byte) {
      case QUOTE:
        this.#quoted = true
        this.#name = this.#naming ? [] : undefined
        return false
      case COLON:
        this.#naming = false
        return false
      case COMMA:
        this.#naming = this.#hasNames()
        return here && this.#element.begun
      case OPEN_OBJECT:
      case OPEN_LIST:
        this.#open(byte)
        return false
      case CLOSE_OBJECT:
      case CLOSE_LIST:
        return this.#close() || (here && this.#element.begun)
      default:
        return false
    }
  }

  #open(byte: number): void {
    if (this.#depth === IN_ROOT && byte === OPEN_OBJECT) this.#inLog = this.#member === 'log'
    if (this.#depth === IN_LOG && byte === OPEN_LIST && this.#inLog && this.#member === 'entries') this.found = this.#inEntries = true
    this.#depth += 1
    this.#naming = byte === OPEN_OBJECT && this.#hasNames()
  }

  /** Whether that closed an element. */
  #close(): boolean {
    this.#depth -= 1
    this.#naming = false
    if (this.#depth < IN_ENTRIES) this.#inEntries = false
    if (this.#depth < IN_LOG) this.#inLog = false
    if (this.#depth === 0) {
      this.#closed = true
      if (!this.found) throw noHar(this.#file, 'it has no log.entries. Give a HAR 1.2 file.')
    }
    return this.#inEntries && this.#depth === IN_ENTRIES
  }

  #hasNames(): boolean {
    return this.#depth === IN_ROOT || (this.#depth === IN_LOG && this.#inLog)
  }
}

/** Most of a recording is text in which nothing happens. */
function textEnd(chunk: Buffer, from: number): number {
  let at = from
  while (at < chunk.length - 1 && chunk[at] !== QUOTE && chunk[at] !== BACKSLASH) at += 1
  return at
}

function named(bytes: readonly number[]): string {
  try {
    return JSON.parse(`"${Buffer.from(bytes).toString('utf8')}"`) as string
  } catch {
    return ''
  }
}

const noHar = (file: string, why: string) => new MockSuiteError('bad-recording', `could not read ${file}: ${why}`)

/** The one element under way. */
class Element {
  readonly #limit: number
  #parts: Buffer[] = []
  #length = 0
  /** Where it goes on in the present chunk. */
  #from: number | undefined

  constructor(limit: number) {
    this.#limit = limit
  }

  get begun(): boolean {
    return this.#from !== undefined
  }

  begin(at: number): void {
    this.#from ??= at
  }

  /** What was under way in the last chunk goes on at the start of this one. */
  resume(): void {
    if (this.begun) this.#from = 0
  }

  keep(chunk: Buffer): void {
    if (this.#from === undefined) return
    this.#length += chunk.length - this.#from
    if (this.#length <= this.#limit) this.#parts.push(chunk.subarray(this.#from))
    else this.#parts = []
  }

  end(chunk: Buffer, to: number): string | undefined {
    const last = chunk.subarray(this.#from, to)
    const text = this.#length + last.length > this.#limit ? undefined : Buffer.concat([...this.#parts, last]).toString('utf8')
    this.#parts = []
    this.#length = 0
    this.#from = undefined
    return text
  }
}
