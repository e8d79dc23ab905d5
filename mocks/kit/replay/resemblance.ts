import { readJson } from '../../../contracts/kit/json.ts'
import { headersOf } from '../../../contracts/kit/message.ts'

/** A request as it is compared: asked now, or recorded. */
export interface Asked {
  query: URLSearchParams
  headers: Readonly<Record<string, string>>
  body: Buffer
  /** Parsed when first needed. */
  json?: { value: unknown } | undefined
}

/** What a target, flat headers and a body say, to be compared with others. */
export function asked(target: string, rawHeaders: readonly string[], body: Buffer): Asked {
  const [, query = ''] = target.split(/\?(.*)/s)
  return { query: new URLSearchParams(query), headers: headersOf({ rawHeaders }), body }
}

/** How much two requests for one path are alike: the more, the greater. Headers decide only where all else is even. */
export function resemblance(one: Asked, other: Asked): number {
  return alike(grouped(one.query), grouped(other.query)) + bodies(one, other) + headers(one, other) / 100
}

function grouped(query: URLSearchParams): Record<string, string[]> {
  return Object.fromEntries([...new Set(query.keys())].map((name) => [name, query.getAll(name)]))
}

function bodies(one: Asked, other: Asked): number {
  if (one.body.equals(other.body)) return 1
  const [mine, theirs] = [jsonOf(one), jsonOf(other)]
  if (mine !== undefined && theirs !== undefined) return alike(mine.value, theirs.value)
  if (isForm(one) && isForm(other)) return alike(grouped(new URLSearchParams(one.body.toString())), grouped(new URLSearchParams(other.body.toString())))
  return 0
}

function jsonOf(request: Asked): { value: unknown } | undefined {
  if (!('json' in request)) {
    const read = readJson(request.body, true)
    request.json = 'value' in read ? read : undefined
  }
  return request.json
}

const isForm = ({ headers: { 'content-type': type = '' } }: Asked): boolean => type.startsWith('application/x-www-form-urlencoded')

/** Headers that say something about what is wanted; others differ from client to client and from run to run. */
const TELLING = ['accept', 'accept-language', 'content-type', 'if-match', 'if-modified-since', 'if-none-match', 'range', 'x-requested-with']

function headers(one: Asked, other: Asked): number {
  return TELLING.filter((name) => one.headers[name] === other.headers[name]).length / TELLING.length
}

/** From 0 for nothing in common to 1 for the same. */
function alike(one: unknown, other: unknown): number {
  if (one === other) return 1
  if (!isObject(one) || !isObject(other) || Array.isArray(one) !== Array.isArray(other)) return 0
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  if (names.size === 0) return 1
  let sum = 0
  for (const name of names) if (Object.hasOwn(one, name) && Object.hasOwn(other, name)) sum += alike(one[name], other[name])
  return sum / names.size
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
