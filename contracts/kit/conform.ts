import type * as z from 'zod'
import type { Contract, Operation, OperationDetails, ResponseSpec } from './contract.ts'
import { header } from './message.ts'
import { quick } from './quick.ts'

/** One way in which a reply breaks its contract. */
export interface Violation {
  part: 'status' | 'content-type' | 'header' | 'body'
  /** Into the body, as a JSON pointer; the name, for a header. */
  pointer: string
  message: string
}

/** A violation and what the schema said in full, where it was the schema that said it. */
export interface Judgement extends Violation {
  issue?: z.core.$ZodIssue
}

/** A reply as the judge sees it, whether a fake just made it or somebody recorded it. */
export interface JudgedReply {
  status: number
  contentType: string | undefined
  /** Flat pairs. */
  headers: readonly string[]
  /** Parsed when it is JSON, text otherwise. */
  body: unknown
}

interface Agreed {
  body: z.ZodType
  contentType: string
  headers: [string, z.ZodType][]
}

/**
 * The one judge of replies: our examples, our fakes and recorded reality all stand before it.
 * No violation means that the reply keeps the contract.
 */
export function conformReply(contract: Contract, operation: Operation, reply: JudgedReply): Violation[] {
  const judgements = judgeReply(contract, operation, reply)
  return judgements.length === 0 ? judgements : judgements.map(({ part, pointer, message }) => ({ part, pointer, message }))
}

/** The same judge, who tells all that is known of each violation: for whoever explains them. */
export function judgeReply(contract: Contract, operation: Operation, reply: JudgedReply): Judgement[] {
  const agreed = agreedOn(contract, operation, reply.status)
  if (agreed === undefined) return [{ part: 'status', pointer: '', message: `status ${reply.status} is not declared` }]
  if (agreed.headers.length === 0 && quick(agreed.body)?.test(reply.body) === true && sameType(reply.contentType, agreed.contentType)) return NONE
  return [...contentTypeViolations(agreed, reply), ...headerViolations(agreed, reply), ...bodyViolations(agreed.body.safeParse(reply.body).error)]
}

const NONE: Judgement[] = []
const cache = new WeakMap<OperationDetails, Map<number, Agreed | undefined>>()

/** What the contract agrees on for one status: the operation's word first, then the envelope's. */
export function agreedOn(contract: Contract, operation: Operation, status: number): Agreed | undefined {
  const details = operation.details()
  let known = cache.get(details)
  if (known === undefined) cache.set(details, (known = new Map()))
  if (!known.has(status)) known.set(status, resolve(details.responses[status] ?? contract.errors.refusals()[status]))
  return known.get(status)
}

function resolve(spec: ResponseSpec | undefined): Agreed | undefined {
  if (spec === undefined) return undefined
  if ('_zod' in spec) return { body: spec, contentType: 'application/json', headers: [] }
  return { body: spec.body, contentType: spec.contentType ?? 'application/json', headers: Object.entries(spec.headers ?? {}) }
}

function contentTypeViolations(agreed: Agreed, reply: JudgedReply): Judgement[] {
  if (sameType(reply.contentType, agreed.contentType)) return []
  return [{ part: 'content-type', pointer: 'content-type', message: `expected ${agreed.contentType}, got ${reply.contentType ?? 'none'}` }]
}

/** An empty type is agreed by replies that have no body at all. */
function sameType(got: string | undefined, agreed: string): boolean {
  return got === agreed || bare(got) === bare(agreed)
}

const bare = (type: string | undefined): string => (type ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''

function headerViolations(agreed: Agreed, reply: JudgedReply): Judgement[] {
  return agreed.headers.flatMap(([name, schema]) => {
    const outcome = schema.safeParse(header({ rawHeaders: reply.headers }, name))
    return outcome.success ? [] : [{ part: 'header' as const, pointer: name, message: outcome.error.issues[0]?.message ?? 'invalid' }]
  })
}

function bodyViolations(error: z.ZodError | undefined): Judgement[] {
  return (error?.issues ?? []).map((issue) => ({ part: 'body', pointer: pointerOf(issue.path), message: issue.message, issue }))
}

/** A JSON pointer (RFC 6901): `['results', 0, 'a/b']` gives `/results/0/a~1b`. */
export function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
