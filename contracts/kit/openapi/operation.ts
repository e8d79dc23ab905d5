import type * as z from 'zod'
import { agreedOn } from '../conform.ts'
import type { Consumes, Contract, Example, Operation, OperationDetails } from '../contract.ts'
import { describeSchema } from './schema.ts'
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
export function describeOperation(contract: Contract, name: string, operation: Operation): OperationObject {
  const details = operation.details()
  return {
    operationId: `${contract.service}.${name}`,
    summary: details.summary,
    tags: [contract.service],
    security: describeSecurity(contract, details),
    parameters: [...pathParameters(operation, details), ...named('query', details.query), ...named('header', details.headers)],
    ...(details.body === undefined ? {} : { requestBody: requestBody(details, details.body) }),
    responses: responses(contract, operation, details),
    'x-evidence': details.evidence,
    'x-source': details.source,
  }
}

interface JsonObject {
  properties?: Record<string, object>
  required?: string[]
}

function pathParameters({ path }: Operation, { params }: OperationDetails): object[] {
  const schemas = params === undefined ? {} : ((describeSchema(params, 'input') as JsonObject).properties ?? {})
  return [...path.matchAll(/:(\w+)|\*$/g)].map(([, name]) => {
    return { name: name ?? 'rest', in: 'path', required: true, schema: schemas[name ?? '*'] ?? { type: 'string' } }
  })
}

function named(place: 'query' | 'header', schema: z.ZodType | undefined): object[] {
  if (schema === undefined) return []
  const { properties = {}, required = [] } = describeSchema(schema, 'input') as JsonObject
  return Object.entries(properties).map(([name, property]) => ({ name, in: place, required: required.includes(name), schema: property }))
}

const MEDIA: Readonly<Record<Consumes, string>> = {
  json: 'application/json',
  text: 'text/plain',
  form: 'application/x-www-form-urlencoded',
  bytes: 'application/octet-stream',
}

function requestBody({ consumes = 'json', examples }: OperationDetails, body: z.ZodType): object {
  const shown = Object.entries(examples).filter(([, { body }]) => body !== undefined)
  return {
    required: !body.safeParse(undefined).success,
    content: { [MEDIA[consumes]]: { schema: describeSchema(body, 'input'), ...examplesOf(shown, ({ body }) => body) } },
  }
}

function responses(contract: Contract, operation: Operation, details: OperationDetails): Record<string, object> {
  const refusals = [...refusalStatuses(contract, details), ...(takesInput(details) ? [422] : []), ...(details.body === undefined ? [] : [413])]
  const statuses = [...new Set([...Object.keys(details.responses).map(Number), ...refusals])].filter((status) => agreedOn(contract, operation, status))
  return Object.fromEntries(statuses.sort().map((status) => [String(status), response(contract, operation, details, status)]))
}

const takesInput = ({ params, query, headers, body }: OperationDetails): boolean => [params, query, headers, body].some((schema) => schema !== undefined)

function response(contract: Contract, operation: Operation, details: OperationDetails, status: number): object {
  const agreed = agreedOn(contract, operation, status)
  if (agreed === undefined) return { description: 'Not declared' }
  const shown = Object.entries(details.examples).filter(([, { reply }]) => reply.status === status)
  const headers = Object.fromEntries(agreed.headers.map(([name, schema]) => [name, { schema: describeSchema(schema, 'output') }]))
  return {
    description: shown[0]?.[0] ?? (status < 400 ? 'Answered' : 'Refused'),
    ...(agreed.headers.length === 0 ? {} : { headers }),
    content: { [agreed.contentType || 'text/plain']: { schema: describeSchema(agreed.body, 'output'), ...examplesOf(shown, ({ reply }) => reply.body) } },
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
