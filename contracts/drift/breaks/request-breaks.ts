import type * as z from 'zod'
import { pointerOf } from '../../kit/conform.ts'
import type { Operation } from '../../kit/contract.ts'
import type { Place as Part, Problem } from '../../kit/problem.ts'
import type { Finding } from '../finding.ts'
import { placeOf } from '../place.ts'
import { saysOf, shownValue } from '../words.ts'
import type { Break } from './break.ts'
import type { FakeAnswer } from './fake-answer.ts'
import type { RealReply } from './reply-breaks.ts'

/** Statuses with which a service says that a request itself is wrong, whatever it knows or remembers. */
const REFUSALS: ReadonlySet<number> = new Set([400, 415, 422])

/**
 * Where the real service asks more of a request than the contract does, or less. The fake reads requests by the contract alone,
 * so what it made of the same one says what the contract allows.
 */
export function requestBreaks(operation: Operation, real: RealReply, { status, problem }: FakeAnswer): Break[] {
  const refused = problem !== undefined && ABOUT_REQUESTS.has(problem.kind)
  if (REFUSALS.has(real.status) && !refused && (status < 400 || wasRead(real, status, problem))) return insisted(operation, real)
  if (real.status < 400 && refused) return accepted(operation, problem, real)
  return []
}

/** What the fake refused for what it knows, it had read before; the real service says that it could not. */
function wasRead(real: RealReply, status: number, problem: Problem | undefined): boolean {
  return problem === undefined && status !== real.status && itemsOf(real.body).length > 0
}

const ABOUT_REQUESTS: ReadonlySet<Problem['kind']> = new Set(['invalid', 'malformed-body', 'undecodable-body', 'unsupported-media-type'])

/** FastAPI says where it looked and what it missed; others say only that they refuse. */
function insisted(operation: Operation, { status, body }: RealReply): Break[] {
  const items = itemsOf(body)
  if (items.length === 0) return [requestBreak(operation, 'body', [], 'insists', `${status}: ${told(body)}`)]
  return items.map(({ loc, msg }) => {
    const [first, ...path] = loc
    return requestBreak(operation, PARTS[String(first)] ?? 'body', path, 'insists', `${status}: ${msg}`)
  })
}

function told(body: unknown): string {
  const detail = typeof body === 'object' && body !== null && 'detail' in body ? body.detail : body
  return shownValue(detail)
}

interface Item {
  loc: (string | number)[]
  msg: string
}

function itemsOf(body: unknown): Item[] {
  const detail = typeof body === 'object' && body !== null && 'detail' in body ? body.detail : undefined
  if (!Array.isArray(detail)) return []
  return detail.filter((item): item is Item => Array.isArray(item?.loc) && typeof item?.msg === 'string')
}

function accepted(operation: Operation, problem: Problem, { status }: RealReply): Break[] {
  if (problem.kind !== 'invalid') return [requestBreak(operation, 'body', [], 'accepts', `${status}`)]
  return problem.faults.flatMap(({ place, issues }) =>
    issues.map((issue) => requestBreak(operation, PARTS[place] ?? 'body', issue.path, 'accepts', `${status}, where the contract says: ${issue.message}`)),
  )
}

const PARTS: Readonly<Record<string, Finding['part']>> = { body: 'body', path: 'path', query: 'query', header: 'header' } satisfies Record<
  Part,
  Finding['part']
>

function requestBreak(operation: Operation, part: Finding['part'], path: readonly PropertyKey[], change: 'insists' | 'accepts', realSays: string): Break {
  const schema = schemaOf(operation, part)
  const place = placeOf(schema, path)
  const known = part !== 'body' || schema !== undefined
  return {
    ...{ direction: 'request', part, change, realSays, readBy: [], read: true, within: '' },
    pointer: place.pointer,
    at: pointerOf(path),
    contractSays: known && place.schema !== undefined ? saysOf(place.schema) : 'nothing',
  }
}

function schemaOf(operation: Operation, part: Finding['part']): z.ZodType | undefined {
  const { body, params, query, headers } = operation.details()
  return { body, path: params, query, header: headers }[part as Part]
}
