/** Where and why Python's `json` gives up on a text. */
export interface JsonError {
  msg: string
  pos: number
}

/** What Python's `json.loads` makes of a text: it takes `NaN` and `Infinity`, and words its complaints in its own way. */
export function readAsPython(text: string): { value: unknown } | { error: JsonError } {
  try {
    return { value: new Scanner(text).document() }
  } catch (error) {
    if (error instanceof Complaint) return { error: { msg: error.message, pos: [...text.slice(0, error.at)].length } }
    throw error
  }
}

class Complaint extends Error {
  readonly at: number

  constructor(message: string, at: number) {
    super(message)
    this.at = at
  }
}

const SPACE = /[ \t\n\r]*/y
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
/** Anything from the blank on, save for quote and backslash. */
const PLAIN = /[ !#-[\]-\uffff]*/y
const CONSTANTS: readonly [string, unknown][] = [
  ['null', null],
  ['true', true],
  ['false', false],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]
const ESCAPES: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

/** Follows `json/decoder.py` and `json/scanner.py` step by step, so that messages and positions come out alike. */
class Scanner {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  document(): unknown {
    this.#take(SPACE)
    const value = this.#value()
    this.#take(SPACE)
    if (this.#at < this.#text.length) throw new Complaint('Extra data', this.#at)
    return value
  }

  #value(): unknown {
    const start = this.#text[this.#at]
    if (start === '"') return this.#string()
    if (start === '{') return this.#object()
    if (start === '[') return this.#array()
    const constant = CONSTANTS.find(([name]) => this.#text.startsWith(name, this.#at))
    if (constant !== undefined) {
      this.#at += constant[0].length
      return constant[1]
    }
    const digits = this.#take(NUMBER)
    if (digits === '') throw new Complaint('Expecting value', this.#at)
    return Number(digits)
  }

  #object(): Record<string, unknown> {
    const made: Record<string, unknown> = {}
    this.#at += 1
    this.#take(SPACE)
    if (this.#text[this.#at] === '}') {
      this.#at += 1
      return made
    }
    for (;;) {
      if (this.#text[this.#at] !== '"') throw new Complaint('Expecting property name enclosed in double quotes', this.#at)
      const name = this.#string()
      this.#take(SPACE)
      if (this.#text[this.#at] !== ':') throw new Complaint("Expecting ':' delimiter", this.#at)
      this.#at += 1
      this.#take(SPACE)
      Object.defineProperty(made, name, { value: this.#value(), enumerable: true, writable: true, configurable: true })
      if (this.#ends('}')) return made
    }
  }

  #array(): unknown[] {
    const made: unknown[] = []
    this.#at += 1
    this.#take(SPACE)
    if (this.#text[this.#at] === ']') {
      this.#at += 1
      return made
    }
    for (;;) {
      made.push(this.#value())
      if (this.#ends(']')) return made
    }
  }

  /** Past the comma, or past the bracket that closes. */
  #ends(bracket: string): boolean {
    this.#take(SPACE)
    const next = this.#text[this.#at]
    if (next !== bracket && next !== ',') throw new Complaint("Expecting ',' delimiter", this.#at)
    this.#at += 1
    if (next === bracket) return true
    this.#take(SPACE)
    return false
  }

  #string(): string {
    const opened = this.#at
    let made = ''
    this.#at += 1
    for (;;) {
      made += this.#take(PLAIN)
      const next = this.#text[this.#at]
      if (next === undefined) throw new Complaint('Unterminated string starting at', opened)
      if (next !== '"' && next !== '\\') throw new Complaint('Invalid control character at', this.#at)
      this.#at += 1
      if (next === '"') return made
      made += this.#escape(opened)
    }
  }

  #escape(opened: number): string {
    const letter = this.#text[this.#at]
    if (letter === undefined) throw new Complaint('Unterminated string starting at', opened)
    if (letter === 'u') return this.#unicode()
    const meant = ESCAPES[letter]
    if (meant === undefined) throw new Complaint('Invalid \\escape', this.#at - 1)
    this.#at += 1
    return meant
  }

  #unicode(): string {
    const digits = this.#text.slice(this.#at + 1, this.#at + 5)
    // Like Python's scanner, wants something to follow the digits: it has not seen the end of the string yet.
    if (!/^[0-9a-fA-F]{4}$/.test(digits) || this.#at + 5 >= this.#text.length) throw new Complaint('Invalid \\uXXXX escape', this.#at)
    this.#at += 5
    return String.fromCharCode(Number.parseInt(digits, 16))
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at
    const taken = pattern.exec(this.#text)?.[0] ?? ''
    this.#at += taken.length
    return taken
  }
}
