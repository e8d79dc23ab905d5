import type * as z from 'zod'
import { agreedOn } from '../conform.ts'
import type { Consumes, Contract, Example, Operation, OperationDetails } from '../contract.ts'
import type { SchemaWriter } from './schema.ts'
import { describeSecurity, refusalStatuses } from './security.ts'

export interface OperationObject {
  operationId: string
  summary: string
  tags: string[]
  security: Record<string, string[]>[]
  parameters: object[]
  requestBody?: object
  responses: Record<string, object>
  'x-evidence': string
  'x-source': string
}

/** One operation of a contract as OpenAPI tells it, with its examples. */
export function describeOperation(contract: Contract, name: string, operation: Operation, schemas: SchemaWriter): OperationObject {
  const details = operation.details()
  return {
    operationId: `${contract.service}.${name}`,
    summary: details.summary,
    tags: [contract.service],
    security: describeSecurity(contract, details),
    parameters: [...pathParameters(operation, details, schemas), ...named('query', details.query, schemas), ...named('header', details.headers, schemas)],
    ...(details.body === undefined ? {} : { requestBody: requestBody(details, details.body, schemas) }),
    responses: responses(contract, operation, details, schemas),
    'x-evidence': details.evidence,
    'x-source': details.source,
  }
}

interface JsonObject {
  properties?: Record<string, object>
  required?: string[]
}

function pathParameters({ path }: Operation, { params }: OperationDetails, writer: SchemaWriter): object[] {
  const schemas = params === undefined ? {} : ((writer.describe(params, 'input') as JsonObject).properties ?? {})
  return [...path.matchAll(/:(\w+)|\*$/g)].map(([, name]) => {
    return { name: name ?? 'rest', in: 'path', required: true, schema: schemas[name ?? '*'] ?? { type: 'string' } }
  })
}

function named(place: 'query' | 'header', schema: z.ZodType | undefined, writer: SchemaWriter): object[] {
  if (schema === undefined) return []
  const { properties = {}, required = [] } = writer.describe(schema, 'input') as JsonObject
  return Object.entries(properties).map(([name, property]) => ({ name, in: place, required: required.includes(name), schema: property }))
}

const MEDIA: Readonly<Record<Consumes, string>> = {
  json: 'application/json',
  text: 'text/plain',
  form: 'application/x-www-form-urlencoded',
  bytes: 'application/octet-stream',
}

function requestBody({ consumes = 'json', examples }: OperationDetails, body: z.ZodType, writer: SchemaWriter): object {
  const shown = Object.entries(examples).filter(([, { body }]) => body !== undefined)
  return {
    required: !body.safeParse(undefined).success,
    content: { [MEDIA[consumes]]: { schema: writer.describe(body, 'input'), ...examplesOf(shown, ({ body }) => body) } },
  }
}

function responses(contract: Contract, operation: Operation, details: OperationDetails, writer: SchemaWriter): Record<string, object> {
  const refusals = [...refusalStatuses(contract, details), ...(takesInput(details) ? [422] : []), ...(details.body === undefined ? [] : [413])]
  const statuses = [...new Set([...Object.keys(details.responses).map(Number), ...refusals])].filter((status) => agreedOn(contract, operation, status))
  return Object.fromEntries(statuses.sort().map((status) => [String(status), response(contract, operation, details, status, writer)]))
}

const takesInput = ({ params, query, headers, body }: OperationDetails): boolean => [params, query, headers, body].some((schema) => schema !== undefined)

function response(contract: Contract, operation: Operation, details: OperationDetails, status: number, writer: SchemaWriter): object {
  const agreed = agreedOn(contract, operation, status)
  if (agreed === undefined) return { description: 'Not declared' }
  const shown = Object.entries(details.examples).filter(([, { reply }]) => reply.status === status)
  const headers = Object.fromEntries(agreed.headers.map(([name, schema]) => [name, { schema: writer.describe(schema, 'output') }]))
  return {
    description: shown[0]?.[0] ?? (status < 400 ? 'Answered' : 'Refused'),
    ...(agreed.headers.length === 0 ? {} : { headers }),
    content: { [agreed.contentType || 'text/plain']: { schema: writer.describe(agreed.body, 'output'), ...examplesOf(shown, ({ reply }) => reply.body) } },
  }
}

function examplesOf(shown: [string, Example][], value: (example: Example) => unknown): object {
  if (shown.length === 0) return {}
  return { examples: Object.fromEntries(shown.map(([title, example]) => [title.replaceAll(/[^\w.-]+/g, '_'), { value: plain(value(example)) }])) }
}

/** JSON has no bigint: in a document the nearest number stands for it. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null, (_, member) => (typeof member === 'bigint' ? Number(member) : member)))
}
