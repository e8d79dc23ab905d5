import type { DraftObject, DraftOperation, DraftSchema } from '../draft.ts'
import { withLenientEmails } from './lenient-emails.ts'
import type { Sighting } from './operation.ts'
import type { Sample } from './sample.ts'
import { fieldSchema, fieldsOf, sampledFields } from './sampled-fields.ts'
import { sampledSchema } from './sampled-schema.ts'

/** What an operation asks, as far as it is a draft's. */
export type Asked = Pick<DraftOperation, 'params' | 'query' | 'body' | 'consumes'>

/** What the requests had that a service understood; and what whoever reads the draft should know of it. */
export function askedOf(sightings: readonly Sighting[], pydantic: boolean): { asked: Asked; notes: string[] } {
  const understood = sightings.filter(({ sample }) => isUnderstood(sample.reply.status))
  const samples = understood.map(({ sample }) => sample)
  const params = paramsOf(sightings, understood)
  const query = queryOf(samples, pydantic)
  const { body, notes } = bodyOf(samples, pydantic)
  return { asked: { ...(params && { params }), ...(query && { query }), ...body }, notes }
}

/** What a service refuses says nothing of what it takes; that it finds nothing, or something in its way, comes after. */
const REFUSED: ReadonlySet<number> = new Set([400, 401, 403, 405, 406, 413, 415, 422])
const isUnderstood = (status: number): boolean => status < 500 && !REFUSED.has(status)

function paramsOf(sightings: readonly Sighting[], understood: readonly Sighting[]): DraftObject | undefined {
  const names = Object.keys(sightings[0]?.params ?? {}).filter((name) => name !== '*')
  if (names.length === 0) return undefined
  const members = names.map((name) => [name, { schema: paramSchema(understood.map(({ params }) => params[name] ?? '')) }] as const)
  return { kind: 'object', members: Object.fromEntries(members) }
}

/** Of few ids, that all are digits may be chance; and ids are no enumeration, however few. */
function paramSchema(values: readonly string[]): DraftSchema {
  const schema = new Set(values).size < 3 ? sampledSchema(values) : fieldSchema(values)
  if (schema.kind === 'number' || (schema.kind === 'text' && schema.format !== undefined && schema.format !== 'email')) return schema
  return { kind: 'text' }
}

/** A query of one or two requests may be a whim of whoever sent them. */
const CERTAIN = 3

function queryOf(samples: readonly Sample[], pydantic: boolean): DraftObject | undefined {
  const requests = samples.map(({ query }) => fieldsOf(query))
  const query = sampledFields(requests, { certain: CERTAIN })
  return query && withLenientEmails(query, requests.map(lastOf), 'fields', pydantic)
}

const lastOf = (request: Readonly<Record<string, readonly string[]>>): object =>
  Object.fromEntries(Object.entries(request).map(([name, values]) => [name, values.length > 1 ? values : values[0]]))

function bodyOf(samples: readonly Sample[], pydantic: boolean): { body?: Asked; notes: string[] } {
  const bodies = samples.flatMap(({ body }) => body ?? [])
  const [first] = bodies
  if (first === undefined) return { notes: [] }
  const consumes = bodies.every(({ as }) => as === first.as) ? first.as : 'bytes'
  const values = bodies.map(({ value }) => value)
  const schema = withLenientEmails(schemaOf(consumes, values), values, consumes === 'form' ? 'fields' : 'body', pydantic)
  const bare = samples.length - bodies.length
  const notes = [
    ...(bare > 0 ? [`${bare} of ${samples.length} requests had no body`] : []),
    ...(consumes === first.as ? [] : ['bodies of several types were sent']),
  ]
  return { body: { body: bare > 0 ? { ...schema, default: null } : schema, ...(consumes === 'json' ? {} : { consumes }) }, notes }
}

function schemaOf(consumes: DraftOperation['consumes'], values: readonly unknown[]): DraftSchema {
  const fields = () => values.map((value) => fieldsOf(Object.entries(value as Record<string, string>)))
  if (consumes === 'form') return sampledFields(fields(), { certain: 1 }) ?? { kind: 'anything' }
  if (consumes === 'text') return { kind: 'text' }
  return consumes === 'bytes' ? { kind: 'anything' } : sampledSchema(values)
}
