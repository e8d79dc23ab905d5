import type * as z from 'zod'
import type { Dialect } from './dialect.ts'
import { laxDate, laxDatetime } from './lax-date.ts'
import { laxEmail } from './lax-email.ts'
import { laxUuid } from './lax-uuid.ts'
import { alternatives, repr } from './python-repr.ts'
import { isVerdict, type Verdict, verdict, verdictIn } from './verdict.ts'

/** What pydantic would say where zod raised an issue about `input`. */
export function verdictOf(issue: z.core.$ZodIssue, input: unknown, dialect: Dialect): Verdict {
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(issue.expected, input)
    case 'too_small':
      return tooSmall(issue, input)
    case 'too_big':
      return tooBig(issue, input)
    case 'invalid_format':
      return wrongFormat(issue, input, dialect)
    case 'not_multiple_of':
      return verdict('multiple_of', { multiple_of: issue.divisor })
    case 'invalid_value':
      return verdict('literal_error', { expected: alternatives(issue.values) })
    case 'invalid_union':
      return wrongTag(issue, input)
    case 'custom':
      return verdictIn(issue) ?? valueError(issue.message)
    default:
      return valueError(issue.message)
  }
}

/** What a validator of the model raises: `raise ValueError(message)`. */
function valueError(message: string): Verdict {
  return { type: 'value_error', msg: `Value error, ${message}`, ctx: { error: {} } }
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'string_type',
  boolean: 'bool_type',
  object: 'model_attributes_type',
  record: 'dict_type',
  array: 'list_type',
  null: 'none_required',
}

function wrongType(expected: string, input: unknown): Verdict {
  if (expected === 'int' || expected === 'bigint')
    return verdict(typeof input === 'number' ? 'int_from_float' : typeof input === 'string' ? 'int_parsing' : 'int_type')
  if (expected === 'number') return verdict(typeof input === 'number' ? 'finite_number' : typeof input === 'string' ? 'float_parsing' : 'float_type')
  return verdict(TYPES[expected] ?? `${expected}_type`)
}

function tooSmall(issue: z.core.$ZodIssueTooSmall, input: unknown): Verdict {
  const least = Number(issue.minimum)
  if (issue.origin === 'string') return verdict('string_too_short', { min_length: least })
  if (issue.origin === 'array') return verdict('too_short', { field_type: 'List', min_length: least, actual_length: lengthOf(input) })
  return issue.inclusive === false ? verdict('greater_than', { gt: least }) : verdict('greater_than_equal', { ge: least })
}

function tooBig(issue: z.core.$ZodIssueTooBig, input: unknown): Verdict {
  const most = Number(issue.maximum)
  if (issue.origin === 'string') return verdict('string_too_long', { max_length: most })
  if (issue.origin === 'array') return verdict('too_long', { field_type: 'List', max_length: most, actual_length: lengthOf(input) })
  return issue.inclusive === false ? verdict('less_than', { lt: most }) : verdict('less_than_equal', { le: most })
}

const lengthOf = (value: unknown): number => (Array.isArray(value) ? value.length : 0)

/** Formats that pydantic has a type for: plain zod may be stricter, and then its own words have to do. */
const READINGS: Readonly<Record<string, (value: unknown, dialect: Dialect) => unknown>> = {
  email: (value) => laxEmail(value),
  uuid: laxUuid,
  guid: laxUuid,
  datetime: laxDatetime,
  date: laxDate,
}

function wrongFormat(issue: z.core.$ZodIssueInvalidStringFormat, input: unknown, dialect: Dialect): Verdict {
  const said = READINGS[issue.format]?.(input, dialect)
  if (isVerdict(said)) return said
  if (issue.format === 'regex') return verdict('string_pattern_mismatch', { pattern: sourceOf(issue.pattern ?? '') })
  return valueError(issue.message)
}

/** `/^a$/i` without its slashes and flags. */
const sourceOf = (pattern: string): string => /^\/(.*)\/[a-z]*$/s.exec(pattern)?.[1] ?? pattern

/** `input` is the object whose member should have told. */
function wrongTag(issue: z.core.$ZodIssueInvalidUnion, input: unknown): Verdict {
  const name = issue.discriminator ?? ''
  const discriminator = repr(name)
  if (typeof input !== 'object' || input === null || !(name in input)) return verdict('union_tag_not_found', { discriminator })
  const tag = (input as Record<string, unknown>)[name]
  const known = 'options' in issue ? (issue.options ?? []) : []
  return verdict('union_tag_invalid', {
    discriminator,
    tag: typeof tag === 'string' ? tag : repr(tag),
    expected_tags: known.map(repr).join(', '),
  })
}
