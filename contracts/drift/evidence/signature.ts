import type { RecordedExchange } from '../../kit/recording/exchange.ts'

/**
 * What kind of request it was, apart from its values: which query names, which credentials, which members of its body.
 * Two of one kind should fare alike, so that another fate of the same kind is news.
 */
export function signatureOf({ request }: RecordedExchange): string {
  const query = [...new URL(request.url, 'http://recorded.invalid').searchParams.keys()].sort()
  const names = request.headers.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase())
  const credentials = names.filter((name) => name === 'authorization' || name === 'cookie' || /key|token|secret/.test(name)).sort()
  return [query.join(','), credentials.join(','), membersOf(request.body)].join(' | ')
}

/** Larger bodies are of one kind. */
const LARGE = 64 * 1024

function membersOf(body: Buffer): string {
  if (body.length === 0) return ''
  if (body.length > LARGE) return 'large'
  try {
    return shapeOf(JSON.parse(body.toString('utf8')), 0)
  } catch {
    return 'text'
  }
}

function shapeOf(value: unknown, depth: number): string {
  if (Array.isArray(value)) return value.length === 0 || depth > 2 ? '[]' : `[${shapeOf(value[0], depth + 1)}]`
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value
  if (depth > 2) return '{}'
  const members = Object.entries(value).slice(0, 50)
  return `{${members
    .map(([name, member]) => `${name}:${shapeOf(member, depth + 1)}`)
    .sort()
    .join(',')}}`
}
