import type * as z from 'zod'
import type { ExampleRequest, OperationDetails } from '../contract.ts'
import { readJson, writeJson } from '../json.ts'
import { headersOf } from '../message.ts'
import { queryOf } from '../query.ts'
import { visibleJson, visibleLines } from '../visible.ts'
import type { Asked, Knowledge } from './asked.ts'
import { exampleOf } from './example-of.ts'
import { jsonForForm } from './json-for-form.ts'
import type { Found } from './nearest-operations.ts'
import { INSTEAD, repair } from './repair.ts'
import { meantAsJson } from './why-not-json.ts'
import { withoutSecrets } from './without-secrets.ts'

/** A value that is not written out: a variable of `mock-suite env`, or the access token that a login gives. */
export type HeaderValue = { text: string } | { before: string; variable: string } | { before: string; login: Suggestion }

/** A request that would have been answered. */
export interface Suggestion {
  method: string
  url: string
  headers: readonly (readonly [name: string, value: HeaderValue])[]
  body: string | undefined
}

/** A body that is longer is not for reading. */
const LONG = 8000

const MEDIA = { json: 'application/json', text: 'text/plain', form: 'application/x-www-form-urlencoded', bytes: 'application/octet-stream' } as const

/** The client's own request with as little changed as the operation asks; nothing where none can be made. */
export function suggestion(
  { contract, operation, params, judged }: Pick<Found, 'contract' | 'operation' | 'params' | 'judged'>,
  asked: Asked,
  knowledge: Knowledge,
  credentials: Suggestion['headers'] | undefined,
  example: ExampleRequest = exampleOf(operation.details()),
): Suggestion | undefined {
  if (credentials === undefined) return undefined
  const details = operation.details()
  const path = pathWith(operation.path, details, params, example)
  const query = queryFor(details, asked, example)
  const headers = headersFor(details, asked, example)
  const body = bodyFor(details, asked, judged.reading.body, example)
  if (path === undefined || query === undefined || headers === undefined || body === undefined) return undefined
  const origin = knowledge.url?.(contract.service) ?? `http://127.0.0.1:${contract.port}`
  const type: Suggestion['headers'] = body.text === undefined ? [] : [['content-type', { text: MEDIA[details.consumes ?? 'json'] }]]
  return {
    method: operation.method,
    url: `${origin}${path}${query.replaceAll(/[^!-~]/gu, encodeURIComponent)}`,
    headers: [...type, ...headers, ...credentials],
    body: body.text,
  }
}

function pathWith(template: string, details: OperationDetails, params: Readonly<Record<string, string>>, example: ExampleRequest): string | undefined {
  const names = [...template.matchAll(/:(\w+)|\*/g)].map(([all, name]) => name ?? all)
  const given = Object.fromEntries(names.map((name) => [name, fits(name, params[name]) ?? example.params?.[name] ?? name]))
  const fit = details.params === undefined ? { value: given } : repair(details.params, given, example.params)
  if (fit === undefined) return undefined
  const values = fit.value as Record<string, string>
  return template.replace(/:(\w+)|\*/g, (all, name?: string) =>
    name === undefined ? String(values['*']).split('/').map(encodeURIComponent).join('/') : encodeURIComponent(values[name] ?? all),
  )
}

/** A slash ends a segment, also an escaped one; and a client's secret is not written out. */
function fits(name: string, value: string | undefined): string | undefined {
  return value === undefined || (name !== '*' && value.includes('/')) || withoutSecrets(value) !== value ? undefined : value
}

function queryFor({ query: schema }: OperationDetails, { target }: Asked, example: ExampleRequest): string | undefined {
  const at = target.indexOf('?')
  const own = at === -1 ? '' : target.slice(at)
  if (schema === undefined) return ''
  const value = queryOf(target, schema)
  if (schema.safeParse(value).success) return withoutSecrets(own, INSTEAD)
  const fit = repair(schema, value, example.query)?.value as Record<string, string | string[]> | undefined
  if (fit === undefined) return undefined
  const pairs = Object.entries(fit).flatMap(([name, values]) => [values].flat().map((one): [string, string] => [name, String(one)]))
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`
}

/** Those that the operation names; all others are the client's own affair. */
function headersFor({ headers: schema }: OperationDetails, asked: Asked, example: ExampleRequest): Suggestion['headers'] | undefined {
  if (schema === undefined) return []
  const names = 'shape' in schema ? Object.keys(schema.shape as object) : []
  const came = headersOf({ rawHeaders: asked.headers })
  const fit = repair(schema, Object.fromEntries(names.flatMap((name) => (came[name] === undefined ? [] : [[name, came[name]]]))), example.headers)
  return fit && Object.entries(fit.value as Record<string, string>).map(([name, text]) => [name, { text }] as const)
}

function bodyFor(details: OperationDetails, asked: Asked, read: unknown, example: ExampleRequest): { text: string | undefined } | undefined {
  const { body: schema, consumes = 'json', lossless = false } = details
  if (schema === undefined) return { text: undefined }
  const value = asked.body.length > LONG && example.body !== undefined ? example.body : meantBody(schema, consumes, lossless, asked, read)
  const fit = repair(schema, value, example.body)
  if (fit === undefined) return undefined
  if (fit.value === undefined) return { text: undefined }
  const text = WRITE[consumes](fit.value, lossless)
  const readable = text.length <= LONG && visibleLines(text) === text
  return { text: readable || example.body === undefined ? text : WRITE[consumes](example.body, lossless) }
}

function meantBody(schema: z.ZodType, consumes: keyof typeof WRITE, lossless: boolean, asked: Asked, read: unknown): unknown {
  if (consumes === 'json') return jsonOf(schema, asked, read, lossless)
  if (consumes === 'form') return jsonForForm(asked.body) ?? read
  return consumes === 'bytes' ? asked.body.toString('utf8') : read
}

/** The body as JSON, or what was meant for it. */
function jsonOf(schema: z.ZodType, { body }: Asked, read: unknown, lossless: boolean): unknown {
  if (typeof read === 'object' && read !== null) return read
  const json = body.length === 0 ? { value: read } : readJson(body, lossless)
  if (!('value' in json)) return meantAsJson(body.toString('utf8'))
  const isText = typeof json.value === 'string' && !schema.safeParse(json.value).success
  return isText ? (meantAsJson(json.value as string) ?? json.value) : json.value
}

const WRITE = {
  json: (value: unknown, lossless: boolean) => visibleJson(writeJson(value, lossless)),
  text: String,
  bytes: String,
  form: (value: unknown) => new URLSearchParams(Object.entries(value as object).map(([name, one]): [string, string] => [name, String(one ?? '')])).toString(),
}
