import { validateHeaderName, validateHeaderValue } from 'node:http'
import type { Refusal } from '../../contracts/kit/problem.ts'

/** Headers of one's own instead of those of the same names; the type of the body is one of them. */
export function withHeaders(said: Refusal, own: Readonly<Record<string, string>>): Refusal {
  const names = new Set(Object.keys(own).map((name) => name.toLowerCase()))
  const type = Object.entries(own).find(([name]) => name.toLowerCase() === 'content-type')
  const kept = pairsOf(said.headers ?? []).filter(([name]) => !names.has(name.toLowerCase()))
  const added = Object.entries(own).filter((pair) => pair[0] !== type?.[0])
  return { ...said, ...(type === undefined ? {} : { contentType: type[1] }), headers: [...kept, ...added].flat() }
}

function pairsOf(headers: readonly string[]): [string, string][] {
  return headers.flatMap((name, at) => (at % 2 === 0 ? [[name, headers[at + 1] ?? ''] as [string, string]] : []))
}

/** Why HTTP could not carry these headers, or nothing. On the way out it would be too late to say so. */
export function unsendable(headers: Readonly<Record<string, string>>): string | undefined {
  try {
    for (const [name, value] of Object.entries(headers)) {
      validateHeaderName(name)
      validateHeaderValue(name, value)
      if (/^(content-length|transfer-encoding)$/i.test(name)) return `${name} is counted, not given: limit_data cuts a body short`
    }
    return undefined
  } catch (error) {
    return `HTTP cannot carry the headers: ${(error as Error).message}`
  }
}
