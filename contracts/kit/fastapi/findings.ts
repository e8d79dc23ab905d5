import type * as z from 'zod'
import type { Fault } from '../problem.ts'
import type { Dialect } from './dialect.ts'
import { labelsOf } from './union.ts'
import { type Verdict, verdict, verdictIn } from './verdict.ts'
import { verdictOf } from './wording.ts'

export type Loc = readonly (string | number)[]

/** Where something is wrong, what pydantic says of it, and what it was shown. */
export interface Finding {
  loc: Loc
  said: Verdict
  input: unknown
}

/** Zod's issues, read as pydantic would have found them. */
export function findings({ place, issues, input }: Fault, dialect: Dialect): Finding[] {
  return within(issues, { loc: [place], root: input, parameters: place !== 'body', dialect })
}

/** What the paths of some issues are relative to. */
interface Scope {
  loc: Loc
  root: unknown
  /** A missing parameter shows nothing; a missing member shows the object that lacks it. */
  parameters: boolean
  dialect: Dialect
}

function within(issues: readonly z.core.$ZodIssue[], scope: Scope): Finding[] {
  return reported(issues).flatMap((issue) => found(issue, scope))
}

/** Pydantic judges a list's length or a model as a whole only when all inside is well; zod judges both. */
function reported(issues: readonly z.core.$ZodIssue[]): readonly z.core.$ZodIssue[] {
  if (issues.length < 2) return issues
  return issues.filter((issue) => !judgesTheWhole(issue) || !issues.some(({ path }) => isInside(path, issue.path)))
}

function judgesTheWhole(issue: z.core.$ZodIssue): boolean {
  return (issue.code === 'too_small' && issue.origin === 'array') || (issue.code === 'custom' && verdictIn(issue) === undefined)
}

const isInside = (path: readonly PropertyKey[], whole: readonly PropertyKey[]): boolean =>
  path.length > whole.length && whole.every((step, at) => path[at] === step)

function found(issue: z.core.$ZodIssue, scope: Scope): Finding[] {
  // Zod points at the tag that is wrong, pydantic at the object that has it.
  const path = issue.code === 'invalid_union' && issue.discriminator !== undefined ? issue.path.slice(0, -1) : issue.path
  const loc = [...scope.loc, ...path.map((step) => (typeof step === 'number' ? step : String(step)))]
  const { value, parent, present } = reach(scope.root, path)
  if (!present) return [{ loc, said: verdict('missing'), input: scope.parameters ? null : parent }]
  const here: Scope = { ...scope, loc, root: value }
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ loc: [...loc, key], said: verdict('extra_forbidden'), input: (value as Record<string, unknown>)[key] }))
    case 'invalid_key':
      return within(issue.issues, { ...here, loc: [...loc, '[key]'], root: path.at(-1) })
    case 'invalid_union':
      return issue.errors.length > 0 ? branches(issue, here) : [{ loc, said: verdictOf(issue, value, scope.dialect), input: value }]
    default:
      return [{ loc, said: verdictOf(issue, value, scope.dialect), input: value }]
  }
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

/** Each branch under its own name; a union of plain zod has no names to give. */
function branches(issue: z.core.$ZodIssueInvalidUnion, scope: Scope): Finding[] {
  const labels = labelsOf(issue)
  return issue.errors.flatMap((errors, at) => {
    const label = labels?.[at]
    return within(errors, label === undefined ? scope : { ...scope, loc: [...scope.loc, label] })
  })
}
