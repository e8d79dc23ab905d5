import { header, type WireRequest } from '../../../contracts/kit/message.ts'
import type { Clock } from '../../../scenarios/kit/clock.ts'
import type { Ids } from '../ids.ts'

/** What a handler hands over of its call. */
export interface Source {
  request: WireRequest
  clock: Clock
  ids: Ids
}

/** A request as WireMock's matchers and templates see it: nothing of the path is decoded, everything may come more than once. */
export class Asked {
  readonly clock: Clock
  readonly ids: Ids
  readonly #request: WireRequest
  #query: Map<string, string[]> | undefined
  #form: Map<string, string[]> | undefined

  constructor({ request, clock, ids }: Source) {
    this.#request = request
    this.clock = clock
    this.ids = ids
  }

  get method(): string {
    return this.#request.method
  }

  /** Path and query, as sent. */
  get url(): string {
    return this.#request.target
  }

  get path(): string {
    return this.url.replace(/\?.*$/s, '')
  }

  get query(): Map<string, string[]> {
    this.#query ??= pairsOf(this.url.slice(this.path.length + 1))
    return this.#query
  }

  get form(): Map<string, string[]> {
    this.#form ??= pairsOf(this.body)
    return this.#form
  }

  get body(): string {
    return this.bytes.toString('utf8')
  }

  get bytes(): Buffer {
    return this.#request.body
  }

  /** Every header as it was first spelt, with all its values. */
  get headers(): Map<string, string[]> {
    const spelt = new Map<string, string>()
    const all = new Map<string, string[]>()
    const raw = this.#request.rawHeaders
    for (let at = 0; at < raw.length; at += 2) {
      const name = raw[at] as string
      const known = spelt.get(name.toLowerCase()) ?? name
      spelt.set(name.toLowerCase(), known)
      all.set(known, [...(all.get(known) ?? []), raw[at + 1] as string])
    }
    return all
  }

  /** The values of one header, whatever the case of its name. */
  header(name: string): string[] {
    return [...this.headers].find(([known]) => known.toLowerCase() === name.toLowerCase())?.[1] ?? []
  }

  get cookies(): Map<string, string[]> {
    const all = new Map<string, string[]>()
    for (const pair of (header(this.#request, 'cookie') ?? '').split(';')) {
      const at = pair.indexOf('=')
      if (at === -1) continue
      const name = pair.slice(0, at).trim()
      all.set(name, [...(all.get(name) ?? []), pair.slice(at + 1).trim()])
    }
    return all
  }
}

/** A request as WireMock sees it. */
export const asked = (call: Source): Asked => new Asked(call)

function pairsOf(text: string): Map<string, string[]> {
  const all = new Map<string, string[]>()
  for (const [name, value] of new URLSearchParams(text)) all.set(name, [...(all.get(name) ?? []), value])
  return all
}
