import type * as z from 'zod'
import { agreedOn, type JudgedReply, type Judgement, judgeReply, pointerOf } from '../../kit/conform.ts'
import type { Contract, Operation } from '../../kit/contract.ts'
import { bodyless } from '../../kit/reply.ts'
import type { Change } from '../finding.ts'
import { placeOf, readersBelow } from '../place.ts'
import { saysOf, shownValue } from '../words.ts'
import type { Break } from './break.ts'

/** A recorded reply, as far as it can be judged. */
export interface RealReply extends JudgedReply {
  /** Its end was not kept: nothing can be said of the body. */
  cut: boolean
}

/** Every way in which a real reply breaks the contract, and every member that it has besides. */
export function replyBreaks(contract: Contract, operation: Operation, reply: RealReply): Break[] {
  const agreed = agreedOn(contract, operation, reply.status)
  if (agreed === undefined) return [undeclared(contract, operation, reply.status)]
  const judgements = judgeReply(contract, operation, reply)
  const issues = reply.cut ? [] : judgements.flatMap(({ issue }) => issue ?? [])
  const head = judgements.filter(({ part }) => part !== 'body')
  // A reply without a body has nothing that a type could be of.
  const breaks = head.filter(({ part }) => part !== 'content-type' || !bodyless(reply.status)).map((judgement) => headBreak(judgement, agreed, reply))
  const body = alikeOnce(issues, reply.body).flatMap((issue) => bodyBreaks(agreed.body, reply.body, issue))
  // A page of HTML in place of an object is one break, not two.
  const otherType = breaks.some(({ part }) => part === 'content-type')
  return [...breaks, ...(otherType ? body.filter(({ at }) => at !== '') : body)]
}

/** Of a hundred thousand elements that break in one way, the first. Issues of unions are looked at one by one: their words are within. */
function alikeOnce(issues: readonly z.core.$ZodIssue[], body: unknown): z.core.$ZodIssue[] {
  const known = new Set<string>()
  return issues.filter((issue) => {
    if (issue.code === 'invalid_union') return true
    const value = valueAt(body, issue.path)
    const steps = issue.path.map((step) => (typeof step === 'number' ? '*' : JSON.stringify(step)))
    const key = [...steps, issue.code, value === null ? 'null' : typeof value, 'keys' in issue ? JSON.stringify(issue.keys) : ''].join(' ')
    return !known.has(key) && known.add(key)
  })
}

function undeclared(contract: Contract, operation: Operation, status: number): Break {
  const declared = [...new Set([...Object.keys(operation.details().responses), ...Object.keys(contract.errors.refusals())])].sort()
  return {
    ...{ direction: 'reply', part: 'status', change: 'status', pointer: '', at: '', within: '' },
    ...{ contractSays: `one of ${declared.join(', ')}`, realSays: String(status), readBy: [], read: true },
  }
}

type Agreed = NonNullable<ReturnType<typeof agreedOn>>

function headBreak({ part, pointer, message }: Judgement, agreed: Agreed, reply: RealReply): Break {
  const common = { direction: 'reply', pointer, at: pointer, within: '', readBy: [], read: true } as const
  if (part === 'content-type') {
    return { ...common, part, change: 'content-type', contractSays: agreed.contentType || 'none', realSays: reply.contentType ?? 'none' }
  }
  const value = headerIn(reply.headers, pointer)
  const schema = agreed.headers.find(([name]) => name === pointer)?.[1]
  return {
    ...common,
    part: 'header',
    change: value === undefined ? 'removed' : 'format',
    contractSays: saysOf(schema),
    realSays: value === undefined ? shownValue(value) : `${shownValue(value)}: ${message}`,
  }
}

function headerIn(headers: readonly string[], name: string): string | undefined {
  const at = headers.findIndex((key, index) => index % 2 === 0 && key.toLowerCase() === name.toLowerCase())
  return at === -1 ? undefined : headers[at + 1]
}

/** What one issue of a schema comes to: a union has one for each of its options, and a list of names is several. */
function bodyBreaks(schema: z.ZodType, body: unknown, issue: z.core.$ZodIssue): Break[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => bodyBreak(schema, body, [...issue.path, key], 'added'))
  if (issue.code === 'invalid_union') {
    const inner = nearestOption(issue)
    if (inner !== undefined) return inner.flatMap((one) => bodyBreaks(schema, body, { ...one, path: [...issue.path, ...one.path] }))
  }
  return [bodyBreak(schema, body, issue.path, changeOf(issue, valueAt(body, issue.path)), issue.message)]
}

/** The issues of the option that was probably meant: one that takes a value of this type, and has least to say against it. */
function nearestOption({ errors }: z.core.$ZodIssueInvalidUnion): readonly z.core.$ZodIssue[] | undefined {
  const fitting = errors.filter((issues) => issues.length > 0 && !issues.some(({ code, path }) => code === 'invalid_type' && path.length === 0))
  return fitting.toSorted((one, other) => one.length - other.length)[0]
}

/** It is at the member that says which form is meant, and says none of them. */
const isDiscriminator = (issue: z.core.$ZodIssueInvalidUnion): boolean => 'discriminator' in issue && issue.discriminator !== undefined

function changeOf(issue: z.core.$ZodIssue, value: unknown): Change {
  if (value === undefined) return 'removed'
  if (value === null) return 'null'
  if (issue.code === 'invalid_union' && isDiscriminator(issue)) return typeof value === 'string' ? 'value' : 'type'
  if (issue.code === 'invalid_type' || issue.code === 'invalid_union') return 'type'
  if (issue.code !== 'invalid_value') return 'format'
  return issue.values.some((agreed) => typeof agreed === typeof value) ? 'value' : 'type'
}

function bodyBreak(schema: z.ZodType, body: unknown, path: readonly PropertyKey[], change: Change, message?: string): Break {
  const place = placeOf(schema, path)
  const value = valueAt(body, path)
  const { readBy } = place
  return {
    ...{ direction: 'reply', part: 'body', change },
    pointer: place.pointer,
    at: pointerOf(path),
    within: placeOf(schema, path.slice(0, -1)).pointer,
    contractSays: change === 'added' ? 'nothing' : saysOf(place.schema),
    realSays: change === 'format' ? `${shownValue(value)}: ${message}` : shownValue(value),
    readBy,
    read: readBy.length > 0 || readersBelow(schema).length === 0,
  }
}

function valueAt(body: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, step) => (isHolder(value) && Object.hasOwn(value, step) ? value[step] : undefined), body)
}

const isHolder = (value: unknown): value is Record<PropertyKey, unknown> => typeof value === 'object' && value !== null
