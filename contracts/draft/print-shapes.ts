import { arrow, type Code, call } from './code.ts'
import type { DraftContract, DraftOperation, DraftSchema } from './draft.ts'
import { identifier } from './identifier.ts'
import { spoken } from './literal.ts'
import { type Reading, type SchemaOptions, schemaCode } from './print-schema.ts'
import { namesWithin, reachesIn, shapeOf } from './shapes.ts'

/** One line, or several, on the top level of a module. */
export interface Statement {
  comment?: string | undefined
  before: string
  code: Code
}

type Refer = NonNullable<SchemaOptions['refer']>

interface PrintedShapes {
  /** Each before it is used, as far as one can be. */
  statements: readonly Statement[]
  refer: Refer
}

/** The shapes that operations name, each in every way in which it is read. */
export function printShapes(draft: DraftContract, name: (wanted: string) => string): PrintedShapes {
  const { shapes, operations, errors } = draft
  const pydantic = errors === 'fastapi'
  const readings = new Map<string, { name: string; reading: Reading }>()
  const order: { shape: string; reading: Reading }[] = []
  const reaches = reachesIn(shapes)
  const codeOf = (shape: string, reading: Reading, refer: Refer) => {
    const schema = shapeOf(shapes, shape)
    return schemaCode(schema, { shapes, pydantic, reading, refer, ...(schema.kind === 'one-of' ? { title: shape } : {}) })
  }
  const plainly = remembered((shape, reading) => JSON.stringify(codeOf(shape, reading, (name) => ({ name, lazy: false }))))
  /** The first way that reads a shape, and all that it leads to, as the wanted one does. */
  const canonical = remembered(
    (shape, reading): Reading => READINGS.find((other) => [shape, ...reaches(shape)].every((one) => plainly(one, other) === plainly(one, reading))) ?? reading,
  )

  const visit = (schema: DraftSchema | undefined, reading: Reading): void => {
    for (const shape of schema === undefined ? [] : namesWithin(schema)) {
      const as = canonical(shape, reading)
      const key = `${as} ${shape}`
      if (readings.has(key)) continue
      readings.set(key, { name: '', reading: as })
      visit(shapeOf(shapes, shape), as)
      order.push({ shape, reading: as })
    }
  }
  for (const operation of operations) for (const [schema, reading] of schemasOf(operation)) visit(schema, reading)
  for (const { shape, reading } of order)
    readings.set(`${reading} ${shape}`, { name: name(nameOf(shape, draft) + suffixOf(shape, reading, readings)), reading })

  const refer =
    (within: string | undefined): Refer =>
    (shape, reading) => {
      const as = canonical(shape, reading)
      return { name: readings.get(`${as} ${shape}`)?.name ?? 'undefined', lazy: within !== undefined && reaches(shape).has(within) }
    }
  const statements = order.map(({ shape, reading }) => {
    const code = codeOf(shape, reading, refer(shape))
    const { note } = shapeOf(shapes, shape)
    const type = reaches(shape).has(shape) ? ': () => z.ZodType' : ''
    return {
      comment: note === undefined ? undefined : spoken(note),
      before: `const ${readings.get(`${reading} ${shape}`)?.name}${type} = `,
      code: call('once', arrow(code)),
    }
  })
  return { statements, refer: refer(undefined) }
}

/** The service's own name is the contract's. */
function nameOf(shape: string, { service }: DraftContract): string {
  const name = identifier(shape, 'shape')
  return name === identifier(service, 'drafted') ? `${name}Shape` : name
}

/** Every schema of an operation, and how what it describes is read. */
function schemasOf({ params, query, headers, body, consumes, responses }: DraftOperation): [DraftSchema | undefined, Reading][] {
  return [
    [params, 'fields'],
    [query, 'fields'],
    [headers, 'fields'],
    [body, consumes === 'form' ? 'fields' : 'body'],
    ...responses.flatMap(({ body, headers = {} }): [DraftSchema, Reading][] => [
      [body, 'reply'],
      ...Object.values(headers).map((header): [DraftSchema, Reading] => [header, 'fields']),
    ]),
  ]
}

const READINGS = ['reply', 'body', 'fields'] as const
const SUFFIX: Readonly<Record<Reading, string>> = { reply: '', body: 'Input', fields: 'Fields' }

/** Read in one way only, a shape keeps its name. */
function suffixOf(shape: string, reading: Reading, readings: ReadonlyMap<string, unknown>): string {
  const others = READINGS.filter((other) => other !== reading && readings.has(`${other} ${shape}`))
  return others.length === 0 ? '' : SUFFIX[reading]
}

function remembered<T>(make: (shape: string, reading: Reading) => T): (shape: string, reading: Reading) => T {
  const known = new Map<string, T>()
  return (shape, reading) => {
    const key = `${reading} ${shape}`
    if (!known.has(key)) known.set(key, make(shape, reading))
    return known.get(key) as T
  }
}
