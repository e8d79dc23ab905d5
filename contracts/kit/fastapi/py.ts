import * as z from 'zod'
import type { Dialect } from './dialect.ts'
import { pythonEnum } from './enum.ts'
import { laxBoolean, laxNumber, laxText } from './lax.ts'
import { smartUnion, taggedUnion } from './union.ts'

interface Bounds {
  ge?: number
  gt?: number
  le?: number
  lt?: number
  multipleOf?: number
}

interface Lengths {
  min?: number
  max?: number
}

/** The builders of one pydantic. */
export type Pydantic = ReturnType<typeof pydantic>

/**
 * Builders of schemas that take, turn and refuse what pydantic's types do; each is a zod schema like any other.
 *
 * @example
 * import { py } from 'mock-suite/contracts'
 *
 * const Alert = py.object({
 *   user_id: py.str({ min: 1 }),
 *   priority: py.enum(['low', 'high'], 'Priority').default('low'),
 *   retries: py.int({ ge: 0, le: 5 }).default(0),
 *   expires_at: py.optional(py.datetime()),
 * })
 * Alert.parse({ user_id: 'u1', retries: '3' }) // { user_id: 'u1', priority: 'low', retries: 3, expires_at: null }
 */
export function pydantic(dialect: Dialect) {
  return {
    /** Text and nothing but text: pydantic makes no string of a number. */
    str: ({ min, max, pattern }: Lengths & { pattern?: RegExp } = {}) => {
      let schema = z.string()
      if (max !== undefined) schema = schema.max(max, { abort: true })
      if (min !== undefined) schema = schema.min(min, { abort: true })
      return pattern === undefined ? schema : schema.regex(pattern, { abort: true })
    },
    /** Also takes `"5"`, `5.0` and `true`, as pydantic does when it is not strict. */
    int: (bounds: Bounds = {}) => bounded(laxNumber('int', dialect), bounds),
    float: (bounds: Bounds = {}) => bounded(laxNumber('float', dialect), bounds),
    /** Also takes 0, 1 and words like `"yes"` and `"off"`. */
    bool: () => laxBoolean(dialect),
    /** ISO text or a Unix timestamp; handlers see it as pydantic would write it. */
    datetime: () => laxText('datetime', dialect),
    /** ISO text, or anything that is a `datetime` at midnight. */
    date: () => laxText('date', dialect),
    /** With or without hyphens; handlers see it hyphenated, in lower case. */
    uuid: () => laxText('uuid', dialect),
    /** `EmailStr`; with `reserved`, also under names kept for tests (`.test`, `.invalid`), which it refuses otherwise. */
    email: (options: { reserved?: boolean } = {}) => laxText('email', dialect, options),
    literal: <const Values extends readonly [z.core.util.Literal, ...z.core.util.Literal[]]>(values: Values) => z.literal(values),
    /** `class Status(str, Enum)`; its name shows where a union has to tell its branches apart. */
    enum: <const Values extends readonly [string, ...string[]]>(values: Values, name = 'Enum') => pythonEnum(values, { class: name, dialect }),
    list: <Item extends z.ZodType>(item: Item, { min, max }: Lengths = {}) => {
      let schema = z.array(item)
      if (max !== undefined) schema = schema.max(max, { abort: true })
      return min === undefined ? schema : schema.min(min, { abort: true })
    },
    /** A model: members that it does not name are dropped, as pydantic does unless told otherwise. */
    object: <const Shape extends z.core.$ZodLooseShape>(shape: Shape) => z.object(shape),
    dict: <Value extends z.ZodType>(value: Value) => z.record(z.string(), value),
    any: () => z.any(),
    /** `Optional[X] = None`: may be absent or null; handlers see null. */
    optional: <Inner extends z.ZodType>(inner: Inner) => inner.nullable().default(null),
    /** `Optional[X]` without a default: may be null, not absent. */
    nullable: <Inner extends z.ZodType>(inner: Inner) => inner.nullable(),
    /** `Union[X, Y]`: the branch that fits best; a model is told by the name in its `.meta({ id })`. */
    union: <const Options extends readonly [z.ZodType, ...z.ZodType[]]>(options: Options) => smartUnion(options),
    /** A union told by one member: `Field(discriminator='kind')`. */
    tagged: <const Options extends readonly [z.ZodObject, ...z.ZodObject[]], Name extends string>(discriminator: Name, options: Options) =>
      taggedUnion(discriminator, options),
  }
}

/** In the order in which pydantic looks: it reports the first bound that a number breaks. */
function bounded(schema: z.ZodNumber, { multipleOf, le, lt, ge, gt }: Bounds): z.ZodNumber {
  let made = schema
  if (multipleOf !== undefined) made = made.multipleOf(multipleOf, { abort: true })
  if (le !== undefined) made = made.lte(le, { abort: true })
  if (lt !== undefined) made = made.lt(lt, { abort: true })
  if (ge !== undefined) made = made.gte(ge, { abort: true })
  return gt === undefined ? made : made.gt(gt, { abort: true })
}

/** The types of pydantic 2.9, which goes with FastAPI 0.115. For a service on 0.104: `pydantic('2.5')`. */
export const py = pydantic('2.9')
