import { readFloat } from './float.ts'

/** What is wrong with a line; its message says it in the words of the Go parser. */
export class ParseFault extends Error {}

export const fault = (message: string): ParseFault => new ParseFault(message)

const METRIC_NAME = /[a-zA-Z_:][a-zA-Z0-9_:]*/y
const LABEL_NAME = /[a-zA-Z_][a-zA-Z0-9_]*/y
const WORD = /[^ \t]*/y
const BLANKS = /[ \t]*/y

/** Reads one line of the text format from left to right. */
export class LineReader {
  readonly #line: string
  #at = 0

  constructor(line: string) {
    this.#line = line
  }

  get done(): boolean {
    return this.#at >= this.#line.length
  }

  /** The next character; nothing at the end. */
  get peek(): string {
    return this.#line.charAt(this.#at)
  }

  get atBlank(): boolean {
    return this.peek === ' ' || this.peek === '\t'
  }

  skip(characters: number): void {
    this.#at += characters
  }

  skipBlanks(): void {
    this.#take(BLANKS)
  }

  word(): string {
    return this.#take(WORD)
  }

  metricName(): string {
    return this.#take(METRIC_NAME)
  }

  rest(): string {
    const rest = this.#line.slice(this.#at)
    this.#at = this.#line.length
    return rest
  }

  /** The rest of the line, its escapes undone. */
  unescapedRest(): string {
    let text = ''
    while (!this.done) text += this.#character()
    return text
  }

  /** Labels in braces; the one that tells points of a histogram or summary apart is read as a number. */
  labels(metric: string, pointLabel: 'le' | 'quantile' | undefined): { labels: Record<string, string>; point: number | undefined } {
    const pairs = new Map<string, string>()
    let point: number | undefined
    this.skip(1)
    for (this.skipBlanks(); this.peek !== '}'; this.skipBlanks()) {
      const name = this.#labelName(metric)
      if (pairs.has(name)) throw fault(`duplicate label names for metric ${JSON.stringify(metric)}`)
      const value = this.#labelValue()
      if (name !== pointLabel) pairs.set(name, value)
      else if ((point = readFloat(value)) === undefined) throw fault(`expected float as value for '${name}' label, got ${JSON.stringify(value)}`)
      this.skipBlanks()
      if (this.peek === ',') this.skip(1)
      else if (this.peek !== '}') throw fault(`unexpected end of label value ${JSON.stringify(value)}`)
    }
    this.skip(1)
    return { labels: Object.fromEntries(pairs), point }
  }

  #labelName(metric: string): string {
    const name = this.#take(LABEL_NAME)
    if (name === '') throw fault(`invalid label name for metric ${JSON.stringify(metric)}`)
    this.skipBlanks()
    if (this.peek !== '=') throw fault(`expected '=' after label name, found ${quoted(this.peek)}`)
    if (name === '__name__') throw fault('label name "__name__" is reserved')
    this.skip(1)
    return name
  }

  #labelValue(): string {
    this.skipBlanks()
    if (this.peek !== '"') throw fault(`expected '"' at start of label value, found ${quoted(this.peek)}`)
    this.skip(1)
    let value = ''
    while (this.peek !== '"') {
      if (this.done) throw fault(`label value ${JSON.stringify(value)} contains unescaped new-line`)
      value += this.#character()
    }
    this.skip(1)
    return value
  }

  /** One character, or the one that an escape stands for. */
  #character(): string {
    const character = this.peek
    this.skip(1)
    if (character !== '\\') return character
    const escaped = this.peek
    this.skip(1)
    if (escaped === '\\' || escaped === '"') return escaped
    if (escaped === 'n') return '\n'
    throw fault(`invalid escape sequence '\\${escaped === '' ? '\n' : escaped}'`)
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#line)?.[0] ?? ''
    this.#at += found.length
    return found
  }
}

/** As Go's `%q` shows one byte. */
function quoted(character: string): string {
  if (character === '') return "'\\n'"
  return character === "'" || character === '\\' ? `'\\${character}'` : `'${character}'`
}
