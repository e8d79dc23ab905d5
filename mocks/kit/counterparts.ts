import { readJson, writeJson } from '../../contracts/kit/json.ts'

/** A request in the fake's own terms. */
export interface Translated {
  target: string
  headers: string[]
  body: Buffer
  /** It names something that the recording has not brought about. */
  foreign: boolean
  /** So does its Authorization. */
  stranger: boolean
}

/** Members whose values name something: `id`, `alert_id`, `access_token`, `key_prefix`. */
const NAMING = /(^|_|-)(id|ids|uuid|token|key|number|code|prefix|ref|session)(_|-|$)|[a-z](Id|Key|Token)$/i

/** More than a recording of a day ever names; past it the rest stays as it is. */
const MOST = 100_000

/** What the real service called something, and what our fake calls the same thing. */
export class Counterparts {
  readonly #fakeOf = new Map<string, string | number | bigint>()

  /** Whether a header's value names something that has a counterpart. */
  knows(value: string): boolean {
    return this.#fakeOf.has(value) || this.#fakeOf.has(value.replace(/^\w+ /, ''))
  }

  /** Pairs what stands at the same place of two replies; of lists only those of one length, since nothing else says what belongs together. */
  learn(real: unknown, fake: unknown): void {
    this.#pair(real, fake, '')
  }

  #pair(real: unknown, fake: unknown, name: string): void {
    if (Array.isArray(real) && Array.isArray(fake)) {
      if (real.length === fake.length) for (const [at, item] of real.entries()) this.#pair(item, fake[at], name)
    } else if (isObject(real) && isObject(fake)) {
      for (const [key, member] of Object.entries(real)) if (Object.hasOwn(fake, key)) this.#pair(member, fake[key], key)
    } else if (isName(real) && isName(fake) && NAMING.test(name) && !this.#fakeOf.has(String(real)) && this.#fakeOf.size < MOST) {
      this.#fakeOf.set(String(real), fake)
    }
  }

  translate({ target, headers, body }: { target: string; headers: readonly string[]; body: Buffer }, lossless: boolean): Translated {
    const [path = '', query] = target.split('?', 2)
    const steps = path.split('/')
    const named = steps.filter((step) => /\d|@/.test(step) && !/^v\d+$/.test(step))
    return {
      target: steps.map((step) => this.#text(step)).join('/') + (query === undefined ? '' : `?${this.#query(query)}`),
      headers: headers.map((text, at) => (at % 2 === 0 ? text : this.#header(text))),
      body: this.#body(body, lossless),
      foreign: named.length === 0 || named.some((step) => !this.#fakeOf.has(decoded(step))),
      stranger: headers.some((text, at) => at % 2 === 1 && headers[at - 1]?.toLowerCase() === 'authorization' && !this.knows(text)),
    }
  }

  #text(step: string): string {
    const fake = this.#fakeOf.get(decoded(step))
    return fake === undefined ? step : encodeURIComponent(String(fake))
  }

  #query(query: string): string {
    return query
      .split('&')
      .map((pair) => pair.replace(/=(.*)$/, (_, value: string) => `=${this.#text(value)}`))
      .join('&')
  }

  #header(value: string): string {
    const [, scheme = '', bare = value] = /^(\w+ )?(.*)$/s.exec(value) ?? []
    const fake = this.#fakeOf.get(bare) ?? this.#fakeOf.get(value)
    return fake === undefined ? value : scheme + String(fake)
  }

  #body(body: Buffer, lossless: boolean): Buffer {
    if (body.length === 0 || this.#fakeOf.size === 0) return body
    const read = readJson(body, lossless)
    return 'value' in read ? Buffer.from(writeJson(this.#value(read.value, ''), lossless)) : body
  }

  #value(value: unknown, name: string): unknown {
    if (Array.isArray(value)) return value.map((item) => this.#value(item, name))
    if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, this.#value(member, key)]))
    if (!isName(value) || (typeof value !== 'string' && !NAMING.test(name))) return value
    return this.#fakeOf.get(String(value)) ?? value
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

const isName = (value: unknown): value is string | number | bigint => typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint'

function decoded(step: string): string {
  try {
    return decodeURIComponent(step)
  } catch {
    return step
  }
}
