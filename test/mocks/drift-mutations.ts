import { Ajv2020 } from 'ajv/dist/2020.js'
import type { Contract } from '../../contracts/kit/contract.ts'
import { openapi } from '../../contracts/kit/openapi.ts'
import type { RecordedExchange } from '../../contracts/kit/recording/exchange.ts'
import type { Random } from '../../scenarios/kit/random.ts'

/** Something that a provider did to one of its replies, and where. */
export interface Mutation {
  kind: Kind
  /** With `*` for elements of lists and keys of maps. */
  pointer: string
  mutated: RecordedExchange
}

export type Kind = 'drop' | 'add' | 'rename' | 'retype' | 'null' | 'enum' | 'format' | 'reorder' | 'status' | 'content-type' | 'header' | 'envelope'

/** What a report should call each, at its pointer. */
export const CHANGES: Readonly<Record<Kind, string>> = {
  ...{ drop: 'removed', add: 'added', rename: 'removed', retype: 'type', null: 'null', enum: 'value', format: 'format', reorder: '' },
  ...{ status: 'status', 'content-type': 'content-type', header: 'removed', envelope: 'removed' },
}

type Json = Record<string, unknown>
type Path = (string | number)[]

/** The replies of a contract as JSON Schema, which knows nothing of zod: who says whether a mutation breaks anything. */
export class Oracle {
  readonly #document: Json
  readonly #ajv = new Ajv2020({ strict: false, formats: FORMATS, logger: false })

  constructor(contract: Contract) {
    this.#document = openapi([contract], { version: '0' }) as unknown as Json
    this.#ajv.addSchema(this.#document, 'document')
  }

  keeps(contract: Contract, { operation, reply }: RecordedExchange, body: unknown): boolean {
    const { path, method } = contract.operations[operation as string] as { path: string; method: string }
    const templated = path.replace(/:(\w+)/g, '{$1}').replace(/\*$/, '{rest}')
    const steps = ['paths', templated, method.toLowerCase(), 'responses', String(reply?.status), 'content']
    const content = at(this.#document, steps) as Json | undefined
    const media = Object.keys(content ?? {})[0]
    if (media === undefined) return false
    const reference = `document#${[...steps, media, 'schema'].map((step) => `/${encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('')}`
    return this.#ajv.getSchema(reference)?.(body) as boolean
  }

  /** The schemas that may hold at a place of a body. */
  at({ path, method }: { path: string; method: string }, status: number, steps: Path): Json[] {
    const templated = path.replace(/:(\w+)/g, '{$1}').replace(/\*$/, '{rest}')
    const content = at(this.#document, ['paths', templated, method.toLowerCase(), 'responses', String(status), 'content']) as Json | undefined
    const media = Object.values(content ?? {})[0] as { schema: Json } | undefined
    return steps.reduce<Json[]>(
      (schemas, step) => this.#alternatives(schemas).flatMap((schema) => into(schema, step)),
      media === undefined ? [] : [media.schema],
    )
  }

  #alternatives(schemas: readonly Json[]): Json[] {
    return schemas.flatMap((schema): Json[] => {
      if (typeof schema.$ref === 'string') return this.#alternatives([at(this.#document, schema.$ref.split('/').slice(1)) as Json])
      const inner = [schema.anyOf, schema.oneOf, schema.allOf].flatMap((some) => (some as Json[] | undefined) ?? [])
      return [schema, ...this.#alternatives(inner)]
    })
  }

  alternatives(contract: Contract, { operation, reply }: RecordedExchange, steps: Path): Json[] {
    return this.#alternatives(this.at(contract.operations[operation as string] as { path: string; method: string }, reply?.status as number, steps))
  }
}

const FORMATS = {
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d/,
  date: /^\d{4}-\d\d-\d\d$/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  email: /^[^@\s]+@[^@\s]+$/,
}

function into(schema: Json, step: string | number): Json[] {
  if (typeof step === 'number') return schema.items === undefined ? [] : [schema.items as Json]
  const named = (schema.properties as Json | undefined)?.[step]
  if (named !== undefined) return [named as Json]
  return typeof schema.additionalProperties === 'object' ? [schema.additionalProperties as Json] : []
}

const at = (value: unknown, steps: Path): unknown => steps.reduce<unknown>((here, step) => (here as Json | undefined)?.[step], value)

/** One mutation of this kind, at a place that chance picks; nothing where there is no such place. */
export function mutate(kind: Kind, contract: Contract, exchange: RecordedExchange, oracle: Oracle, chance: Random): Mutation | undefined {
  const reply = exchange.reply as NonNullable<RecordedExchange['reply']>
  if (kind === 'status') return { kind, pointer: '', mutated: { ...exchange, reply: { ...reply, status: reply.status < 300 ? 299 : 418 } } }
  if (kind === 'content-type') return { kind, pointer: 'content-type', mutated: withHeader(exchange, 'content-type', 'text/csv') }
  if (kind === 'header') return headerDropped(contract, exchange)
  const body = jsonOf(reply.body)
  if (typeof body !== 'object' || body === null) return undefined
  const mutated = MUTATIONS[kind](body, (steps) => oracle.alternatives(contract, exchange, steps), chance)
  if (mutated === undefined) return undefined
  const pointer = starred(mutated.steps, (steps) => oracle.alternatives(contract, exchange, steps))
  return { kind, pointer, mutated: { ...exchange, reply: { ...reply, body: Buffer.from(JSON.stringify(mutated.body)) } } }
}

function headerDropped(contract: Contract, exchange: RecordedExchange): Mutation | undefined {
  const reply = exchange.reply as NonNullable<RecordedExchange['reply']>
  const spec = contract.operations[exchange.operation as string]?.details().responses[reply.status]
  const wanted = Object.entries(spec !== undefined && 'headers' in spec ? (spec.headers ?? {}) : {})
  const [name] = wanted.flatMap(([name, schema]) => (schema.safeParse(undefined).success ? [] : [name]))
  return name === undefined ? undefined : { kind: 'header', pointer: name, mutated: withHeader(exchange, name, undefined) }
}

function withHeader(exchange: RecordedExchange, name: string, value: string | undefined): RecordedExchange {
  const reply = exchange.reply as NonNullable<RecordedExchange['reply']>
  const headers = reply.headers.flatMap((key, index) => (index % 2 === 1 || key.toLowerCase() === name ? [] : [key, reply.headers[index + 1] as string]))
  return { ...exchange, reply: { ...reply, headers: value === undefined ? headers : [...headers, name, value] } }
}

interface Mutated {
  steps: Path
  body: unknown
}

type Schemas = (steps: Path) => Json[]
type Mutate = (body: object, schemas: Schemas, chance: Random) => Mutated | undefined

const MUTATIONS: Readonly<Record<Exclude<Kind, 'status' | 'content-type' | 'header'>, Mutate>> = {
  drop: (body, _, chance) => changed(body, picked(members(body), chance), () => undefined),
  add(body, schemas, chance) {
    const named = objects(body).filter((steps) => !schemas(steps).some(({ additionalProperties }) => typeof additionalProperties === 'object'))
    const steps = picked(named, chance)
    return steps && changed(body, [...steps, 'brand_new'], () => 'hello')
  },
  rename(body, _, chance) {
    const steps = picked(members(body), chance)
    if (steps === undefined) return undefined
    const added = changed(body, [...steps.slice(0, -1), `${steps.at(-1)}_v2`], () => at(body, steps))
    return changed(added.body as object, steps, () => undefined)
  },
  retype: (body, _, chance) => changed(body, picked(places(body), chance), (value) => (Array.isArray(value) ? { items: value } : [value])),
  null: (body, _, chance) => changed(body, picked(places(body), chance), () => null),
  enum(body, schemas, chance) {
    const limited = places(body).filter(
      (steps) => typeof at(body, steps) === 'string' && schemas(steps).some((schema) => 'enum' in schema || 'const' in schema),
    )
    return changed(body, picked(limited, chance), () => 'never_heard_of')
  },
  format(body, schemas, chance) {
    const formed = places(body).filter(
      (steps) => typeof at(body, steps) === 'string' && schemas(steps).some((schema) => 'format' in schema || 'pattern' in schema),
    )
    return changed(body, picked(formed, chance), () => 'Sat, 17 Jan, or so')
  },
  reorder: (body) => ({ steps: [], body: reversed(body) }),
  envelope(body, schemas) {
    const { detail, ...rest } = body as Json
    if (detail === undefined || schemas(['detail']).length === 0) return undefined
    return { steps: ['detail'], body: { ...rest, error: { message: detail } } }
  },
}

function picked(all: readonly Path[], chance: Random): Path | undefined {
  return all.length === 0 ? undefined : chance.pick(all)
}

function changed(body: object, steps: Path, change: (value: unknown) => unknown): Mutated
function changed(body: object, steps: Path | undefined, change: (value: unknown) => unknown): Mutated | undefined
function changed(body: object, steps: Path | undefined, change: (value: unknown) => unknown): Mutated | undefined {
  if (steps === undefined) return undefined
  const copy = structuredClone(body)
  const parent = at(copy, steps.slice(0, -1)) as Json
  const [last, value] = [steps.at(-1) as string, change(at(copy, steps))]
  if (value === undefined) delete parent[last]
  else parent[last] = value
  return { steps, body: copy }
}

/** Every place but the root. */
function places(value: unknown, steps: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) => {
    const here = [...steps, Array.isArray(value) ? Number(name) : name]
    return [here, ...places(member, here)]
  })
}

const members = (body: object): Path[] => places(body).filter((steps) => typeof steps.at(-1) === 'string')

const objects = (body: object): Path[] =>
  [[], ...places(body)].filter((steps) => {
    const value = at(body, steps)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  })

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, reversed(member)]),
  )
}

function starred(steps: Path, schemas: Schemas): string {
  return steps
    .map((step, index) => {
      const known = schemas(steps.slice(0, index)).some(({ properties }) => Object.hasOwn(Object(properties), step))
      const map = schemas(steps.slice(0, index)).some(({ additionalProperties }) => typeof additionalProperties === 'object')
      return `/${typeof step === 'number' || (!known && map) ? '*' : step.replaceAll('~', '~0').replaceAll('/', '~1')}`
    })
    .join('')
}

export function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}
