import type * as z from 'zod'
import { pointerOf } from '../conform.ts'
import type { Difference } from '../explanation.ts'
import { unknownMembers } from '../extras.ts'
import { verdictIn } from '../fastapi/verdict.ts'
import { nearest } from '../nearest.ts'
import type { Fault } from '../problem.ts'
import { stepInto, unwrapped } from '../schema-step.ts'
import { asksFor } from './asks-for.ts'
import { meant, oddities } from './look-alikes.ts'
import { isSecret, masked } from './masked.ts'
import { apart, shownValue } from './shown.ts'

type Path = readonly PropertyKey[]
type Schema = z.core.$ZodType | undefined

/** What the schema of one part of a request refused in it, one difference for each place. */
export function differencesOf(schema: Schema, { issues, input }: Pick<Fault, 'issues' | 'input'>): Difference[] {
  const all = issues.flatMap((issue) => told(issue, [], schema, input))
  return [...new Map(all.toReversed().map((difference) => [difference.pointer, difference])).values()].reverse()
}

/** Members that are read over because the operation does not know them: no reason to refuse, but perhaps what was meant. */
export function readOver(schema: z.ZodType | undefined, body: Buffer, value: unknown): Difference[] {
  return unknownMembers(schema, body).map((pointer) => {
    const path = pointer
      .slice(1)
      .split('/')
      .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    const name = path.at(-1) as string
    const better = name.length > 64 ? undefined : nearest(meant(name), absentBeside(schema, path, value))
    const hint = better === undefined ? 'not known here, and read over' : `not known here, and read over; did you mean ${better}?`
    return {
      pointer,
      change: 'unexpected',
      expected: null,
      got: shownAt(schema, path, reach(value, path).value),
      hint: withOddities(hint, name),
      refused: false,
    }
  })
}

function told(issue: z.core.$ZodIssue, before: Path, schema: Schema, input: unknown): Difference[] {
  const tag = issue.code === 'invalid_union' ? issue.discriminator : undefined
  const path = [...before, ...issue.path]
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unexpected([...path, key], schema, input))
  if (issue.code === 'invalid_union' && issue.errors.length === 1) return (issue.errors[0] ?? []).flatMap((inner) => told(inner, path, schema, input))
  const at = tag !== undefined && path.at(-1) !== tag ? [...path, tag] : path
  return [reach(input, at).there ? wrong(at, schema, input, issue) : missing(at, schema, input)]
}

function missing(path: Path, schema: Schema, input: unknown): Difference {
  const beside = reach(input, path.slice(0, -1)).value
  const others = isObject(beside) ? Object.keys(beside).filter((name) => name.length <= 64 && !knows(schemaAt(schema, path.slice(0, -1)), name)) : []
  const name = String(path.at(-1) ?? '')
  const slip = others.find((other) => nearest(meant(other), [name]) !== undefined)
  const hint = slip === undefined ? null : withOddities(`${shownValue(slip)} came instead`, slip)
  return { pointer: pointerOf(path), change: 'missing', expected: asksFor(schemaAt(schema, path)), got: null, hint, refused: true }
}

function unexpected(path: Path, schema: Schema, input: unknown): Difference {
  const name = String(path.at(-1))
  const better = name.length > 64 ? undefined : nearest(meant(name), absentBeside(schema, path, input))
  const hint = withOddities(better === undefined ? 'not known here' : `did you mean ${better}?`, name)
  return { pointer: pointerOf(path), change: 'unexpected', expected: null, got: shownAt(schema, path, reach(input, path).value), hint, refused: true }
}

function wrong(path: Path, schema: Schema, input: unknown, issue: z.core.$ZodIssue): Difference {
  const here = schemaAt(schema, path)
  const { value } = reach(input, path)
  const expected = asksFor(here)
  return {
    pointer: pointerOf(path),
    change: 'wrong',
    expected,
    got: apart(shownAt(schema, path, value), expected),
    hint: advice(here, value, issue),
    refused: true,
  }
}

function advice(schema: Schema, value: unknown, issue: z.core.$ZodIssue): string | null {
  const odd = typeof value === 'string' ? oddities(value) : undefined
  if (odd !== undefined) return odd
  const choices = [...(schema === undefined ? [] : (unwrapped(schema)._zod.values ?? []))].filter((one) => typeof one === 'string')
  const better = typeof value === 'string' && value.length <= 64 ? nearest(value, choices) : undefined
  if (better !== undefined) return `did you mean "${better}"?`
  if (issue.code === 'too_small' || issue.code === 'too_big') return measured(value)
  const own = issue.code === 'custom' && verdictIn(issue) === undefined
  return own ? issue.message : null
}

function measured(value: unknown): string | null {
  if (typeof value === 'string') return `it has ${value.length} ${value.length === 1 ? 'character' : 'characters'}`
  return null
}

function withOddities(hint: string, name: string): string {
  const odd = oddities(name)
  return odd === undefined ? hint : `${hint}; the name ${odd}`
}

/** Names that the schema knows beside a place, and that did not come. */
function absentBeside(schema: Schema, path: Path, input: unknown): string[] {
  const parent = schemaAt(schema, path.slice(0, -1))
  const beside = reach(input, path.slice(0, -1)).value
  return namesOf(parent).filter((name) => !isObject(beside) || !Object.hasOwn(beside, name))
}

const knows = (schema: Schema, name: string): boolean => namesOf(schema).includes(name)

function namesOf(schema: Schema): string[] {
  const def = schema && ((unwrapped(schema) as z.core.$ZodTypes)._zod.def as z.core.$ZodTypes['_zod']['def'])
  return def?.type === 'object' ? Object.keys(def.shape) : []
}

export const schemaAt = (schema: Schema, path: Path): Schema => path.reduce<Schema>((here, step) => stepInto(here, step).schema, schema)

function shownAt(schema: Schema, path: Path, value: unknown): string {
  const secret = path.some((_, at) => isSecret(schemaAt(schema, path.slice(0, at + 1)), path[at]))
  return secret && typeof value === 'string' ? masked(value) : shownValue(value)
}

export function reach(root: unknown, path: Path): { value: unknown; there: boolean } {
  let value = root
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return { value: undefined, there: false }
    value = (value as Record<PropertyKey, unknown>)[step]
  }
  return { value, there: value !== undefined }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
