import type * as z from 'zod'
import type { Fault } from '../problem.ts'
import type { Dialect } from './dialect.ts'
import { labelsOf } from './union.ts'
import { sentence, type Verdict, verdict, verdictIn } from './verdict.ts'
import { verdictOf } from './wording.ts'

/** One member of `detail`, as pydantic lays it out. */
export interface Item {
  type: string
  loc: Loc
  msg: string
  input: unknown
  ctx?: Readonly<Record<string, unknown>>
  url?: string
}

/** Everything one part of a request got wrong, in pydantic's words and order. */
export function items(fault: Fault, dialect: Dialect): Item[] {
  if (fault.place === 'body' && absent(fault.input)) return [item(['body'], verdict('missing'), null, dialect)]
  return firstOfEach(findings(fault)).map(({ loc, said, input }) => item(loc, said, input, dialect))
}

const absent = (value: unknown): boolean => value === undefined || value === null

type Loc = readonly (string | number)[]

interface Finding {
  loc: Loc
  said: Verdict
  input: unknown
}

function findings({ place, issues, input }: Fault): Finding[] {
  return reported(issues).flatMap((issue) => found(issue, [place], input, place === 'body'))
}

/** Pydantic judges a list's length or a model as a whole only when all inside is well; zod judges both. */
function reported(issues: readonly z.core.$ZodIssue[]): readonly z.core.$ZodIssue[] {
  if (issues.length < 2) return issues
  return issues.filter((issue) => !judgesTheWhole(issue) || !issues.some((other) => isInside(other.path, issue.path)))
}

function judgesTheWhole(issue: z.core.$ZodIssue): boolean {
  return (issue.code === 'too_small' && issue.origin === 'array') || (issue.code === 'custom' && verdictIn(issue) === undefined)
}

const isInside = (path: readonly PropertyKey[], whole: readonly PropertyKey[]): boolean =>
  path.length > whole.length && whole.every((step, at) => path[at] === step)

/** `whole` tells whether a missing member shows the object that lacks it (a body) or nothing (a parameter). */
function found(issue: z.core.$ZodIssue, before: Loc, root: unknown, whole: boolean): Finding[] {
  const path = issue.code === 'invalid_union' && issue.discriminator !== undefined ? issue.path.slice(0, -1) : issue.path
  const loc = [...before, ...path.map((step) => (typeof step === 'number' ? step : String(step)))]
  const { value, parent, present } = reach(root, path)
  if (!present) return [{ loc, said: verdict('missing'), input: whole ? parent : null }]
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ loc: [...loc, key], said: verdict('extra_forbidden'), input: (value as Record<string, unknown>)[key] }))
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) return branches(issue, loc, value, whole)
  return [{ loc, said: verdictOf(issue, value), input: value }]
}

/** Each branch under its own name; a union of plain zod has no names to give. */
function branches(issue: z.core.$ZodIssueInvalidUnion, loc: Loc, value: unknown, whole: boolean): Finding[] {
  const labels = labelsOf(issue)
  return issue.errors.flatMap((errors, at) => {
    const here = labels === undefined ? loc : [...loc, labels[at] as string]
    return errors.flatMap((inner) => found(inner, here, value, whole))
  })
}

/** What the path leads to; a member that is not there is told from one that is `undefined`. */
function reach(root: unknown, path: readonly PropertyKey[]): { value: unknown; parent: unknown; present: boolean } {
  let value = root
  let parent: unknown
  for (const step of path) {
    parent = value
    if (typeof parent !== 'object' || parent === null || !(step in parent)) return { value: undefined, parent, present: false }
    value = (parent as Record<PropertyKey, unknown>)[step]
  }
  return { value, parent, present: true }
}

/** Pydantic stops at the first complaint about a value, where zod goes on to the next check. */
function firstOfEach(all: readonly Finding[]): Finding[] {
  const seen = new Set<string>()
  return all.filter(({ loc }) => {
    const key = JSON.stringify(loc)
    return !seen.has(key) && seen.add(key)
  })
}

function item(loc: Loc, said: Verdict, input: unknown, dialect: Dialect): Item {
  const made: Item = { type: said.type, loc, msg: sentence(said), input }
  if (said.ctx !== undefined) made.ctx = said.ctx
  if (dialect === '2.5' && said.custom !== true) made.url = `https://errors.pydantic.dev/${dialect}/v/${said.type}`
  return made
}
