import { type CallCode, type Code, call, list, object, upon } from './code.ts'
import type { DraftFormat, DraftObject, DraftSchema, DraftShapes } from './draft.ts'
import { evaluate } from './evaluate.ts'
import { identifier } from './identifier.ts'
import { layout } from './layout.ts'
import { literal, regex, spoken } from './literal.ts'
import { shapeOf } from './shapes.ts'

/**
 * How a value arrives: in a `reply` it is judged strictly; a `body` is read as leniently as the service reads it; `fields` of a path,
 * a query, a header or a form are texts that stand for something.
 */
export type Reading = 'reply' | 'body' | 'fields'

export interface SchemaOptions {
  /** @default 'reply' */
  reading?: Reading
  /** Requests are read as pydantic reads them. @default false */
  pydantic?: boolean
  /** What `named` schemas stand for. */
  shapes?: DraftShapes
  /** The class that pydantic knows a choice of words by. */
  title?: string
  /** How to ask for one of them, `lazy` within itself. @default by its name: `order()` */
  refer?: (name: string, reading: Reading) => { name: string; lazy: boolean }
}

/** A schema as the zod expression that takes what it takes. */
export function printSchema(schema: DraftSchema, options: SchemaOptions & { indent?: number } = {}): string {
  const indent = options.indent ?? 0
  return layout(schemaCode(schema, options), { indent, column: indent, behind: 0 })
}

/** The same, not yet broken into lines. */
export function schemaCode(schema: DraftSchema, options: SchemaOptions): CallCode {
  const bare = bareCode(schema, options)
  if (!schema.nullable) return bare
  return readsAsPython(options) ? call('py.nullable', bare) : upon(bare, 'nullable')
}

/** A member, a parameter or a body: what may be left out says so, or what stands for it then. */
export function memberCode(schema: DraftSchema, optional: boolean, options: SchemaOptions): CallCode {
  const code = schemaCode(schema, options)
  if (options.reading === undefined || options.reading === 'reply') return optional ? upon(code, 'optional') : code
  const { default: initial } = schema
  if (initial === null || (optional && initial === undefined && readsAsPython(options))) return nullByDefault(schema, options)
  if (initial !== undefined && takes(schema, initial, options)) return upon(code, isPlain(initial) ? 'default' : 'prefault', literal(initial))
  return optional || initial !== undefined ? upon(code, 'optional') : code
}

function nullByDefault(schema: DraftSchema, options: SchemaOptions): CallCode {
  const bare = bareCode(schema, options)
  return readsAsPython(options) ? call('py.optional', bare) : upon(upon(bare, 'nullable'), 'default', literal(null))
}

/** A document's default need not be a value of its schema. */
function takes(schema: DraftSchema, value: unknown, { shapes = {}, pydantic = false }: SchemaOptions): boolean {
  return evaluate(schema, { shapes, pydantic, reading: 'reply' }).safeParse(value).success
}

const isPlain = (value: unknown): boolean => typeof value !== 'object' || value === null
const readsAsPython = ({ pydantic, reading = 'reply' }: SchemaOptions): boolean => pydantic === true && reading !== 'reply'

function bareCode(schema: DraftSchema, options: SchemaOptions): CallCode {
  const python = readsAsPython(options)
  switch (schema.kind) {
    case 'object':
      return objectCode(schema, options)
    case 'list':
      return listCode(schema, options)
    case 'map':
      return python ? call('py.dict', schemaCode(schema.of, options)) : call('z.record', call('z.string'), schemaCode(schema.of, options))
    case 'text':
      return textCode(schema, python)
    case 'number':
      return numberCode(schema, options)
    case 'boolean':
      return call(python || options.reading === 'fields' ? 'py.bool' : 'z.boolean')
    case 'null':
      return call('z.null')
    case 'anything':
      return call(python ? 'py.any' : 'z.unknown')
    case 'one-of':
      return oneOfCode(schema.values, options)
    case 'either':
      return eitherCode(schema, options)
    case 'named':
      return namedCode(schema.name, options)
  }
}

/** A reply has the members that it names; a request may have more. */
function objectCode({ members, open }: DraftObject, options: SchemaOptions): CallCode {
  const inner = { ...options, reading: options.reading ?? 'reply' }
  const callee = open ? 'z.looseObject' : readsAsPython(options) ? 'py.object' : inner.reading === 'reply' ? 'z.strictObject' : 'z.object'
  const written = Object.entries(members).map(([name, { schema, optional = false, note }]) => {
    const comment = [note, schema.note].filter((one) => one !== undefined && spoken(one) !== '').map((one) => spoken(one as string))
    return { name, value: memberCode(schema, optional, inner), comment: comment.length === 0 ? undefined : `/** ${comment.join(' ')} */` }
  })
  return call(callee, object(written))
}

function listCode({ of, least, most }: DraftSchema & { kind: 'list' }, options: SchemaOptions): CallCode {
  const item = schemaCode(of, options)
  if (readsAsPython(options)) return call('py.list', item, ...bounds({ min: least, max: most }))
  return chained(call('z.array', item), { min: least, max: most })
}

const FORMATS: Readonly<Record<DraftFormat, CallCode>> = {
  // A Python UUID is any 128 bits, not only one that RFC 9562 knows.
  uuid: call('z.guid'),
  // Python's `isoformat()` has no zone where the value has none.
  datetime: call('z.iso.datetime', literal({ offset: true, local: true })),
  date: call('z.iso.date'),
  time: call('z.iso.time'),
  email: call('z.email'),
  url: call('z.url'),
  ipv4: call('z.ipv4'),
  ipv6: call('z.ipv6'),
}

const PYTHON_FORMATS: Partial<Record<DraftFormat, string>> = { uuid: 'py.uuid', datetime: 'py.datetime', date: 'py.date', email: 'py.email' }

function textCode({ format, pattern, least, most }: DraftSchema & { kind: 'text' }, python: boolean): CallCode {
  const expression = pattern === undefined ? undefined : regex(pattern)
  const lengths = { min: least, max: most }
  const lax = format === undefined ? undefined : PYTHON_FORMATS[format]
  if (python && lax !== undefined) return chained(call(lax), lengths)
  if (python && format === undefined) return call('py.str', ...bounds(lengths, expression))
  const text = chained(format === undefined ? call('z.string') : FORMATS[format], lengths)
  return expression === undefined ? text : upon(text, 'regex', expression)
}

function numberCode({ whole, long, least, most, above, below }: DraftSchema & { kind: 'number' }, options: SchemaOptions): CallCode {
  if (readsAsPython(options) || options.reading === 'fields') {
    return call(whole ? 'py.int' : 'py.float', ...bounds({ ge: least, gt: above, le: most, lt: below }))
  }
  const code = chained(call(whole ? 'z.int' : 'z.number'), { min: least, gt: above, max: most, lt: below })
  return long ? call('z.union', list([code, call('z.bigint')])) : code
}

function chained(code: CallCode, limits: Record<string, number | undefined>): CallCode {
  return Object.entries(limits).reduce((made, [name, limit]) => (limit === undefined ? made : upon(made, name, literal(limit))), code)
}

function bounds(limits: Record<string, number | undefined>, pattern?: Code): Code[] {
  const members = Object.entries(limits).flatMap(([name, limit]) => (limit === undefined ? [] : [{ name, value: literal(limit) }]))
  if (pattern !== undefined) members.push({ name: 'pattern', value: pattern })
  return members.length === 0 ? [] : [object(members)]
}

function oneOfCode(values: readonly unknown[], options: SchemaOptions): CallCode {
  const distinct = [...new Set(values)]
  const [first] = distinct
  if (first === undefined) return call('z.never')
  const texts = distinct.every((value) => typeof value === 'string')
  // The texts of a path or a query may stand for numbers.
  if (!texts && options.reading === 'fields') return fieldChoice(distinct)
  if (readsAsPython(options))
    return texts && options.title !== undefined ? call('py.enum', literal(distinct), literal(options.title)) : call('py.literal', literal(distinct))
  if (distinct.length === 1) return call('z.literal', literal(first))
  return call(texts ? 'z.enum' : 'z.literal', literal(distinct))
}

function fieldChoice(values: readonly unknown[]): CallCode {
  return call('z.enum', literal([...new Set(values.map(String))]))
}

function eitherCode(schema: DraftSchema & { kind: 'either' }, options: SchemaOptions): CallCode {
  const [only] = schema.options
  if (only === undefined) return call('z.never')
  if (schema.options.length === 1) return schemaCode(only, options)
  const branches = list(schema.options.map((option) => schemaCode(option, options)))
  const tag = isTagged(schema, options) ? schema.discriminator : undefined
  if (readsAsPython(options)) return tag === undefined ? call('py.union', branches) : call('py.tagged', literal(tag), branches)
  return tag === undefined ? call('z.union', branches) : call('z.discriminatedUnion', literal(tag), branches)
}

/** Every branch is an object, and no two of them have the same word in the member that is to tell them apart. */
function isTagged({ options: branches, discriminator: tag }: DraftSchema & { kind: 'either' }, { shapes = {}, refer }: SchemaOptions): boolean {
  if (tag === undefined) return false
  const words = branches.flatMap((branch): readonly unknown[] => {
    if (branch.nullable || (branch.kind === 'named' && refer?.(branch.name, 'reply').lazy)) return [undefined]
    const shape = branch.kind === 'named' ? shapeOf(shapes, branch.name) : branch
    const member = shape.kind === 'object' && !shape.nullable && Object.hasOwn(shape.members, tag) ? shape.members[tag] : undefined
    const fixed = member?.optional || member?.schema.nullable || member?.schema.default !== undefined ? undefined : member?.schema
    return fixed?.kind === 'one-of' && fixed.values.length > 0 ? fixed.values : [undefined]
  })
  return !words.includes(undefined) && new Set(words).size === words.length
}

function namedCode(name: string, { refer, reading = 'reply' }: SchemaOptions): CallCode {
  const asked = refer?.(name, reading) ?? { name: identifier(name, 'shape'), lazy: false }
  return asked.lazy ? call('z.lazy', asked.name) : call(asked.name)
}
