import { arrow, type Code, call, type ObjectCode, object, upon } from './code.ts'
import type { DraftExample, DraftOperation, DraftResponse, DraftSchema } from './draft.ts'
import { identifier, namer } from './identifier.ts'
import { literal } from './literal.ts'
import { memberCode, type SchemaOptions, schemaCode } from './print-schema.ts'

type Members = ObjectCode['members']

const DEFINE: Readonly<Record<DraftOperation['method'], string>> = { GET: 'get', POST: 'post', PUT: 'put', PATCH: 'patch', DELETE: 'del' }

/** `get('/orders/:id', () => ({ … }))`. */
export function operationCode(operation: DraftOperation, { auth, ...options }: SchemaOptions & { auth: Code | undefined }): Code {
  const { method, path, summary, body, consumes, lossless, responses, evidence, source, examples } = operation
  const details = object([
    { name: 'summary', value: literal(summary) },
    ...(['params', 'query', 'headers'] as const).flatMap((part) => fields(part, operation[part], options)),
    ...(body === undefined ? [] : [{ name: 'body', value: bodyCode(body, consumes, options) }]),
    ...(consumes === undefined || consumes === 'json' ? [] : [{ name: 'consumes', value: literal(consumes) }]),
    ...(lossless ? [{ name: 'lossless', value: literal(true) }] : []),
    { name: 'responses', value: responsesCode(responses, options) },
    ...(auth === undefined ? [] : [{ name: 'auth', value: auth }]),
    { name: 'evidence', value: literal(evidence) },
    { name: 'source', value: literal(source) },
    { name: 'examples', value: examplesCode(examples) },
  ])
  return call(DEFINE[method], literal(path), arrow(details))
}

function fields(name: string, schema: DraftSchema | undefined, options: SchemaOptions): Members {
  return schema === undefined ? [] : [{ name, value: schemaCode(schema, { ...options, reading: 'fields' }) }]
}

/** A body with a default need not be sent. */
function bodyCode(body: DraftSchema, consumes: DraftOperation['consumes'], options: SchemaOptions): Code {
  return memberCode(body, false, { ...options, reading: consumes === 'form' ? 'fields' : 'body' })
}

function responsesCode(responses: readonly DraftResponse[], options: SchemaOptions): Code {
  const first = new Map<number, DraftResponse>()
  for (const response of responses) if (!first.has(response.status)) first.set(response.status, response)
  return object([...first.values()].map((response) => ({ name: String(response.status), value: responseCode(response, { ...options, reading: 'reply' }) })))
}

function responseCode({ body, headers, contentType }: DraftResponse, options: SchemaOptions): Code {
  const code = schemaCode(body, options)
  if (headers === undefined && contentType === undefined) return code
  const named = Object.entries(headers ?? {}).map(([name, schema]) => ({ name: name.toLowerCase(), value: headerCode(schema, options) }))
  return object([
    { name: 'body', value: code },
    ...(named.length === 0 ? [] : [{ name: 'headers', value: object(named) }]),
    ...(contentType === undefined ? [] : [{ name: 'contentType', value: literal(contentType) }]),
  ])
}

/** Headers are texts, and have no null: one that could be null may be left out. */
function headerCode({ nullable = false, ...schema }: DraftSchema, options: SchemaOptions): Code {
  const code = schemaCode(schema, { ...options, pydantic: false, reading: 'fields' })
  return nullable ? upon(code, 'optional') : code
}

function examplesCode(examples: readonly DraftExample[]): Code {
  const name = namer(new Set(['__proto__']))
  return object(examples.map(({ name: wanted, ...example }) => ({ name: name(identifier(wanted, 'example')), value: literal(example) })))
}
