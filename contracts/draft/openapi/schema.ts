import type { DraftFormat, DraftObject, DraftSchema, DraftShapes } from '../draft.ts'
import { type Document, isJson, type Json, jsonOf, listOf, own, textOf } from './document.ts'
import { merged } from './merged.ts'
import { patternJudge } from './pattern.ts'

export interface SchemaReader {
  /** A JSON Schema as a draft has it; `where` is for notes. */
  read(schema: unknown, where: string): DraftSchema
  /** The shapes that were named so far. */
  readonly shapes: DraftShapes
}

/** Below this a schema is taken to be anything: nobody reads it, and it may be meant to end us. */
const DEEPEST = 60

/** More schemas than any document has that a person could read: or one that unfolds without end. */
const MOST = 500_000

/** Reads the schemas of a document; what several places refer to keeps its name. */
export function schemaReader(document: Document): SchemaReader {
  const shapes: Record<string, DraftSchema> = Object.create(null) as Record<string, DraftSchema>
  const names = new Map<string, string>()
  const judge = patternJudge()
  let reads = 0
  return { read: (schema, where) => read(schema, where, 0), shapes }

  function read(schema: unknown, where: string, depth: number): DraftSchema {
    if (!isJson(schema)) return schema === false ? { kind: 'one-of', values: [] } : { kind: 'anything' }
    reads += 1
    if (reads > MOST) return noted(`has more than ${MOST} schemas: those behind may be anything`, 'the document')
    if (depth > DEEPEST) return noted('is nested too deeply to be read', where)
    if (typeof schema.$ref === 'string') return referred(schema, schema.$ref, where, depth)
    return annotated(bare(schema, where, depth), schema)
  }

  /** What stands beside a reference counts as well, as 3.1 has it; those who write it in 3.0 mean the same. */
  function referred({ $ref: _, ...beside }: Json, ref: string, where: string, depth: number): DraftSchema {
    if (Object.keys(beside).length === 0) return refer(ref, depth)
    return read({ ...beside, allOf: [{ $ref: ref }, ...listOf(beside.allOf)] }, where, depth + 1)
  }

  function refer(ref: string, depth: number): DraftSchema {
    const known = names.get(ref)
    if (known !== undefined) return { kind: 'named', name: known }
    const target = document.resolve({ $ref: ref })
    if (target === undefined) return { kind: 'anything' }
    const name = free(ref.split('/').at(-1) ?? 'shape')
    names.set(ref, name)
    shapes[name] = { kind: 'anything' }
    shapes[name] = read(target, ref, depth + 1)
    return { kind: 'named', name }
  }

  function free(wanted: string): string {
    let name = wanted
    for (let number = 2; name in shapes; number += 1) name = `${wanted}${number}`
    return name
  }

  function bare(schema: Json, where: string, depth: number): DraftSchema {
    tellUnread(schema, where)
    const alternatives = schema.oneOf ?? schema.anyOf
    if (Array.isArray(schema.allOf)) return all(schema, where, depth)
    if (Array.isArray(alternatives)) return either(schema, alternatives, where, depth)
    if (schema.const !== undefined) return oneOf([schema.const], where)
    if (Array.isArray(schema.enum)) return oneOf(schema.enum, where)
    const types = typesOf(schema)
    if (types.length > 1) return { kind: 'either', options: types.map((type) => typed(type, schema, where, depth)) }
    return typed(types[0], schema, where, depth)
  }

  /** One part alone, as pydantic writes a reference with a description, stays a reference. */
  function all(schema: Json, where: string, depth: number): DraftSchema {
    const parts = listOf(schema.allOf)
    const [only] = parts
    if (parts.length === 1 && !CONSTRAINTS.some((keyword) => keyword !== 'allOf' && schema[keyword] !== undefined))
      return read(only, `${where}/allOf/0`, depth + 1)
    return read(merged(schema, document, where), where, depth + 1)
  }

  function either(schema: Json, alternatives: readonly unknown[], where: string, depth: number): DraftSchema {
    const { oneOf: _, anyOf: __, discriminator, nullable: ___, default: ____, description: _____, title: ______, ...base } = schema
    const shared = CONSTRAINTS.some((keyword) => base[keyword] !== undefined && keyword !== 'type')
    const isNull = (one: unknown) => isJson(one) && (one.type === 'null' || (Array.isArray(one.enum) && one.enum.length === 1 && one.enum[0] === null))
    const options = alternatives.filter((one) => !isNull(one)).map((one, at) => read(shared ? { allOf: [base, one] } : one, `${where}/${at}`, depth + 1))
    const [only] = options
    const tag = textOf(own(discriminator, 'propertyName'))
    const made: DraftSchema =
      options.length === 1 && only !== undefined
        ? { ...only }
        : options.length === 0
          ? { kind: 'null' }
          : { kind: 'either', options, ...(tag === undefined ? {} : { discriminator: tag }) }
    return options.length < alternatives.length && options.length > 0 ? { ...made, nullable: true } : made
  }

  function oneOf(values: readonly unknown[], where: string): DraftSchema {
    if (values.some((value) => typeof value === 'object' && value !== null)) return noted('allows values that are no plain words: any are taken', where)
    const words = values.filter((value) => value !== null) as (string | number | boolean)[]
    if (words.length === 0) return { kind: 'null' }
    return { kind: 'one-of', values: words, ...(words.length < values.length ? { nullable: true } : {}) }
  }

  function typed(type: unknown, schema: Json, where: string, depth: number): DraftSchema {
    switch (type) {
      case 'string':
        return text(schema, where)
      case 'integer':
      case 'number':
        // Past 2^53 JSON has no whole numbers that arrive as such.
        return { kind: 'number', whole: type === 'integer' && schema.format !== 'int64', ...numberBounds(schema) }
      case 'boolean':
      case 'null':
        return { kind: type }
      case 'array':
        return list(schema, where, depth)
      case 'object':
        return object(schema, where, depth)
      case 'file':
        return noted('is a file: its content is not judged', where)
      default:
        return { kind: 'anything' }
    }
  }

  function text(schema: Json, where: string): DraftSchema {
    if (schema.format === 'binary' || schema.contentMediaType === 'application/octet-stream') return noted('is a file: its content is not judged', where)
    const format = FORMATS[String(schema.format)]
    const pattern = textOf(schema.pattern)
    const verdict = pattern === undefined ? undefined : judge(pattern)
    if (verdict === 'foreign') document.note(`${where}: the pattern ${pattern} is none of JavaScript's`)
    if (verdict === 'endless') document.note(`${where}: the pattern ${pattern} is left out, for there are texts that it would take hours to refuse`)
    return {
      kind: 'text',
      ...(format === undefined ? {} : { format }),
      ...(pattern !== undefined && verdict === 'usable' ? { pattern } : {}),
      ...limits(schema, { least: 'minLength', most: 'maxLength' }),
    }
  }

  function list(schema: Json, where: string, depth: number): DraftSchema {
    const places = listOf(schema.prefixItems ?? schema.items)
    const bounds = limits(schema, { least: 'minItems', most: 'maxItems' })
    if (places.length === 0) return { kind: 'list', of: read(schema.items ?? {}, `${where}/items`, depth + 1), ...bounds }
    document.note(`${where}: what stands in which place of the list is not told`)
    const options = [...new Map(places.map((one, at) => read(one, `${where}/${at}`, depth + 1)).map((one) => [JSON.stringify(one), one])).values()]
    return { kind: 'list', of: { kind: 'either', options }, ...bounds }
  }

  function object(schema: Json, where: string, depth: number): DraftSchema {
    const { additionalProperties: rest } = schema
    const required = new Set(listOf(schema.required).filter((name) => typeof name === 'string'))
    const names = [...new Set([...Object.keys(jsonOf(schema.properties)), ...required])]
    if (names.length === 0 && rest !== false) return { kind: 'map', of: read(rest ?? {}, `${where}/additionalProperties`, depth + 1) }
    if (isJson(rest) && Object.keys(rest).length > 0) document.note(`${where}: members besides those that it names may be anything`)
    const members = names.map((name) => [name, member(own(schema.properties, name), required.has(name), `${where}/properties/${name}`, depth)] as const)
    return { kind: 'object', members: Object.fromEntries(members), ...(rest === true || isJson(rest) ? { open: true } : {}) }
  }

  function member(schema: unknown, required: boolean, where: string, depth: number): DraftObject['members'][string] {
    const read_ = read(schema ?? {}, where, depth + 1)
    const oneWay = own(schema, 'readOnly') === true || own(schema, 'writeOnly') === true
    if (required && !oneWay) return { schema: read_ }
    const silent = document.fastapi && document.version === '3.0' && read_.default === undefined && read_.kind !== 'anything'
    return { schema: silent ? { ...read_, nullable: true } : read_, optional: true }
  }

  function annotated(made: DraftSchema, schema: Json): DraftSchema {
    const note = firstWords(schema.description)
    const types = listOf(schema.type)
    return {
      ...made,
      ...(schema.nullable === true || (types.includes('null') && types.length > 1) ? { nullable: true } : {}),
      ...(note === undefined ? {} : { note }),
      ...(schema.default === undefined ? {} : { default: schema.default }),
    }
  }

  function noted(what: string, where: string): DraftSchema {
    document.note(`${where} ${what}`)
    return { kind: 'anything' }
  }

  function tellUnread(schema: Json, where: string): void {
    for (const keyword of UNREAD) {
      if (says(schema[keyword])) document.note(`${where}: \`${keyword}\` is not checked`)
    }
  }
}

const CONSTRAINTS = [
  'type',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'enum',
  'const',
  'allOf',
  'oneOf',
  'anyOf',
  'prefixItems',
  'pattern',
  'format',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
]

const UNREAD = [
  'not',
  'if',
  'patternProperties',
  'propertyNames',
  'dependentRequired',
  'dependentSchemas',
  'contains',
  'multipleOf',
  'uniqueItems',
  'minProperties',
  'maxProperties',
]

const FORMATS: Readonly<Record<string, DraftFormat>> = {
  uuid: 'uuid',
  'date-time': 'datetime',
  date: 'date',
  time: 'time',
  email: 'email',
  uri: 'url',
  url: 'url',
  ipv4: 'ipv4',
  ipv6: 'ipv6',
}

/** Every name of a member is a text anyway. */
const says = (word: unknown): boolean => word !== undefined && word !== false && JSON.stringify(word) !== '{"type":"string"}'

/** The types that a schema says, or that its other words let one guess. */
function typesOf(schema: Json): readonly unknown[] {
  if (Array.isArray(schema.type)) {
    const types = schema.type.filter((type) => type !== 'null')
    return types.length === 0 ? schema.type : types
  }
  if (schema.type !== undefined) return [schema.type]
  const has = (...keywords: string[]) => keywords.some((keyword) => schema[keyword] !== undefined)
  if (has('properties', 'additionalProperties', 'required')) return ['object']
  if (has('items', 'prefixItems', 'minItems', 'maxItems')) return ['array']
  if (has('pattern', 'minLength', 'maxLength')) return ['string']
  return has('minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum') ? ['number'] : [undefined]
}

/** Those that every whole number of JSON keeps are none. In 3.0 `exclusiveMinimum` says of `minimum` what it is; in 3.1, and in what FastAPI calls 3.0, it is a number itself. */
function numberBounds(schema: Json): { least?: number; most?: number; above?: number; below?: number } {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema
  return {
    ...(isNumber(minimum) && minimum !== Number.MIN_SAFE_INTEGER ? { [exclusiveMinimum === true ? 'above' : 'least']: minimum } : {}),
    ...(isNumber(exclusiveMinimum) ? { above: exclusiveMinimum } : {}),
    ...(isNumber(maximum) && maximum !== Number.MAX_SAFE_INTEGER ? { [exclusiveMaximum === true ? 'below' : 'most']: maximum } : {}),
    ...(isNumber(exclusiveMaximum) ? { below: exclusiveMaximum } : {}),
  }
}

function limits(schema: Json, names: { least: string; most: string }): { least?: number; most?: number } {
  const [least, most] = [schema[names.least], schema[names.most]]
  return { ...(isLength(least) && least > 0 ? { least } : {}), ...(isLength(most) ? { most } : {}) }
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)
const isLength = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0

/** The first paragraph, as far as one line has room. */
function firstWords(description: unknown): string | undefined {
  const paragraph = textOf(description)
    ?.trim()
    .split(/\n\s*\n/, 1)[0]
    ?.replace(/\s+/g, ' ')
  // What pydantic 1 says of every `Enum` that says nothing of itself.
  if (paragraph === undefined || paragraph === 'An enumeration.') return undefined
  return paragraph.length <= 120 ? paragraph : `${paragraph.slice(0, 119)}…`
}
