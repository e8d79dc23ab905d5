import { STATUS_CODES } from 'node:http'
import { plausible } from '../../kit/plausible.ts'
import type { DraftExample, DraftOperation, DraftResponse, DraftSchema } from '../draft.ts'
import type { evaluator } from '../evaluate.ts'
import type { Reading } from '../print-schema.ts'
import type { ReadOperation } from './operation.ts'

type Schema = ReturnType<typeof evaluator>
type Request = Omit<DraftExample, 'name' | 'reply'>

/** The examples of a document that keep it, or one made up where none does. Nothing where not even that can be done. */
export function examplesOf({ operation, shown }: ReadOperation, schema: Schema, note: (text: string) => void): DraftExample[] {
  const where = `${operation.method} ${operation.path}`
  const replies = operation.responses.flatMap((response) => {
    const judge = schema(response.body, 'reply')
    return Object.entries(shown.replies.get(response.status) ?? {}).flatMap(([name, value]) => {
      if (judge.safeParse(value).success) return [{ name, status: response.status, body: value }]
      note(`${where}: the example ${name} of ${response.status} is not what its schema says`)
      return []
    })
  })
  const made = replies.some(({ status }) => status < 400) ? [] : sampled(operation.responses, schema)
  const told = [...made, ...replies].flatMap(({ name, status, body }) => {
    const request = requestOf(operation, shown, name, schema)
    return request === undefined ? [] : [{ name, ...request, reply: { status, body } }]
  })
  if (told.length === 0) note(`${where} has no example: one must be written`)
  return told
}

function sampled(responses: readonly DraftResponse[], schema: Schema): { name: string; status: number; body: unknown }[] {
  for (const { status, body } of responses) {
    const value = sample(body, 'reply', schema)
    if (value !== undefined) return [{ name: status < 400 ? 'usual' : (STATUS_CODES[status] ?? 'refused'), status, body: value.value }]
  }
  return []
}

/** What strict readers take lenient ones take too, and it is easier made. */
function sample(described: DraftSchema, reading: Reading, schema: Schema): { value: unknown } | undefined {
  const judge = schema(described, reading)
  const good = [judge, schema(described, 'reply')].map((one) => plausible(one, 'text')).find((value) => value !== undefined && judge.safeParse(value).success)
  return good === undefined ? undefined : { value: JSON.parse(JSON.stringify(good)) }
}

/** A request that its schemas take; nothing where none can be made. */
function requestOf(operation: Omit<DraftOperation, 'examples'>, shown: ReadOperation['shown'], name: string, schema: Schema): Request | undefined {
  const params = fieldsOf(operation.params ?? namesIn(operation.path), shown.fields.params, schema)
  const query = fieldsOf(operation.query, shown.fields.query, schema)
  const headers = fieldsOf(operation.headers, shown.fields.headers, schema)
  const body = bodyOf(operation, shown.body, name, schema)
  if (params === undefined || query === undefined || headers === undefined || body === undefined) return undefined
  return { ...filled('params', params), ...filled('query', query), ...filled('headers', headers), ...body }
}

const filled = (part: string, fields: Record<string, string>): object => (Object.keys(fields).length === 0 ? {} : { [part]: fields })

/** What must be sent, and what the document shows, as texts. */
function fieldsOf(fields: DraftOperation['query'], shown: Readonly<Record<string, unknown>>, schema: Schema): Record<string, string> | undefined {
  if (fields === undefined) return {}
  const sent: Record<string, string> = {}
  for (const [name, { schema: member, optional = false }] of Object.entries(fields.members)) {
    const judge = schema(member, 'fields')
    const made = optional ? [] : [judge, schema(member, 'reply')].map((one) => plausible(one, 'text'))
    const text = [shown[name], ...made]
      .filter(isScalar)
      .map(String)
      .find((one) => one !== '' && judge.safeParse(one).success)
    if (text !== undefined) sent[name] = text
    else if (!optional) return undefined
  }
  return schema(fields, 'fields').safeParse(sent).success ? sent : undefined
}

const isScalar = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value)

/** Parameters that nobody describes are texts. */
function namesIn(path: string): DraftOperation['params'] {
  const names = [...path.matchAll(/:(\w+)|\*$/g)].map(([, name]) => [name ?? '*', { schema: { kind: 'text' } satisfies DraftSchema }] as const)
  return { kind: 'object', members: Object.fromEntries(names) }
}

function bodyOf(
  { body, consumes }: Omit<DraftOperation, 'examples'>,
  shown: Readonly<Record<string, unknown>>,
  name: string,
  schema: Schema,
): { body?: unknown } | undefined {
  if (body === undefined || consumes === 'bytes') return {}
  const reading = consumes === 'form' ? 'fields' : 'body'
  const judge = schema(body, reading)
  const candidates = [...(Object.hasOwn(shown, name) ? [shown[name]] : []), ...Object.values(shown)]
  const good = candidates.find((value) => judge.safeParse(value).success)
  if (good !== undefined) return { body: good }
  const made = sample(body, reading, schema)
  if (made !== undefined) return { body: brief(made.value, (value) => judge.safeParse(value).success) }
  return 'default' in body ? {} : undefined
}

/** Without the members that say nothing, where they may be left out. */
function brief(value: unknown, isGood: (value: unknown) => boolean): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const rest = Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null))
  return isGood(rest) ? rest : value
}
