import { header } from '../../contracts/kit/message.ts'
import type { Exchange } from './exchange.ts'
import type { Expected, When } from './when.ts'

/** What an exchange asks, taken apart only as far as a rule looks. */
export class Asked {
  readonly exchange: Exchange
  #body: { value: unknown } | undefined
  #query: URLSearchParams | undefined

  constructor(exchange: Exchange) {
    this.exchange = exchange
  }

  get path(): string {
    const { target } = this.exchange.request
    // A callback has a whole address for its target.
    if (!target.startsWith('/')) return URL.canParse(target) ? new URL(target).pathname : target
    const at = target.indexOf('?')
    return at === -1 ? target : target.slice(0, at)
  }

  /** A member of the query; several of one name are several values. */
  query(name: string): readonly string[] {
    const { target } = this.exchange.request
    const at = target.indexOf('?')
    this.#query ??= new URLSearchParams(at === -1 ? '' : target.slice(at))
    return this.#query.getAll(name)
  }

  header(name: string): string | undefined {
    return header(this.exchange.request, name)
  }

  /** A member of the JSON body; a dot leads into an object. */
  member(path: string): unknown {
    this.#body ??= { value: parsed(this.exchange.request.body) }
    let value = this.#body.value
    for (const step of path.split('.')) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
      value = (value as Record<string, unknown>)[step]
    }
    return value
  }
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}

type Test = (asked: Asked) => boolean

/** Whether an exchange is one that a rule is about; service and operation have been looked at before. */
export function matcherOf({ method, path, query = {}, headers = {}, body = {} }: When): Test {
  const tests: Test[] = [
    ...(method === undefined ? [] : [(asked: Asked) => listed(method).includes(asked.exchange.request.method as never)]),
    ...(path === undefined ? [] : [pathTest(path)]),
    ...valueTests(query, (asked, name) => asked.query(name)),
    ...valueTests(headers, (asked, name) => [asked.header(name)]),
    ...valueTests(body, (asked, name) => [asked.member(name)]),
  ]
  return (asked) => tests.every((test) => test(asked))
}

function pathTest(pattern: string): Test {
  const expression = pathPattern(pattern)
  return (asked) => expression.test(asked.path)
}

/** A path in which `*` stands for any text. */
export function pathPattern(pattern: string): RegExp {
  return new RegExp(`^${pattern.split('*').map(escaped).join('.*')}$`)
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')

/** One test for each name; of several values any may be the one that is wanted. */
function valueTests(wanted: Readonly<Record<string, Expected>>, valuesOf: (asked: Asked, name: string) => readonly unknown[]): Test[] {
  return Object.entries(wanted).map(([name, expected]) => {
    const meets = expectation(expected)
    return (asked) => {
      const values = valuesOf(asked, name)
      return values.length === 0 ? meets(undefined) : values.some(meets)
    }
  })
}

/** Made once for a rule: a pattern is not to be compiled for every request. */
function expectation(wanted: Expected): (value: unknown) => boolean {
  if (typeof wanted !== 'object' || wanted === null) return (value) => same(value, wanted)
  const { matches, one_of: choices, exists } = wanted
  const pattern = matches === undefined ? undefined : new RegExp(matches)
  return (value) => {
    if (exists !== undefined && (value !== undefined) !== exists) return false
    if (choices !== undefined && !choices.some((choice) => same(value, choice))) return false
    return pattern === undefined || (value !== undefined && value !== null && pattern.test(String(value)))
  }
}

/** Headers and queries hold only text: a number that is wanted there is wanted as text. */
function same(value: unknown, wanted: string | number | boolean | null): boolean {
  return value === wanted || (typeof value === 'string' && typeof wanted !== 'string' && value === String(wanted))
}

/** One or several, as a list. */
export function listed<T>(some: T | readonly T[]): readonly T[] {
  return Array.isArray(some) ? some : [some as T]
}
