import type * as z from 'zod'
import type { AuthScheme } from './auth.ts'
import type { ErrorEnvelope } from './problem.ts'
import { ofZod4 } from './zod4.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Who says that an operation exists: a client that calls it, a test, a document, or the provider's own code. */
export type Evidence = 'client' | 'test' | 'document' | 'provider'

/** What an example asks, apart from credentials, which follow from the operation. */
export interface ExampleRequest {
  params?: Record<string, string>
  query?: Record<string, string>
  headers?: Record<string, string>
  body?: unknown
}

/**
 * One request and the reply it gets from a fresh suite. A test sends every one of them, docs and OpenAPI show them.
 * An ellipsis at the end of a text stands for the rest of it, and a list may show its first entries alone.
 */
export interface Example extends ExampleRequest {
  /** What must have been asked before, of operations of the same contract. */
  after?: readonly (ExampleRequest & { operation: string })[]
  reply: { status: number; body: unknown }
}

/** What an operation answers with one status: a JSON body, or anything else spelt out. */
export type ResponseSpec = z.ZodType | { body: z.ZodType; headers?: Record<string, z.ZodType>; contentType?: string }

/** How a request body is read before its schema sees it. */
export type Consumes = 'json' | 'text' | 'form' | 'bytes'

/** All that is agreed about one operation, apart from its address. */
export interface OperationDetails {
  summary: string
  params?: z.ZodType
  query?: z.ZodType
  headers?: z.ZodType
  body?: z.ZodType
  /** @default 'json' */
  consumes?: Consumes
  /** Integers past 2^53 arrive as `bigint` and leave to the digit. @default false */
  lossless?: boolean
  /** Every status that the handler may answer; refusals come from the envelope. */
  responses: Readonly<Record<number, ResponseSpec>>
  /** Overrides the contract's; `false` for none. */
  auth?: false | AuthScheme
  evidence: Evidence
  /** A section of the facts, or a document of the user's. */
  source: string
  examples: Readonly<Record<string, Example>>
}

export interface Operation<Details extends OperationDetails = OperationDetails, Path extends string = string> {
  readonly method: Method
  readonly path: Path
  /** Built once, when first asked for: a suite of many operations starts without building any schema. */
  readonly details: () => Details
}

/** The address at which a fake really listens. */
export interface Address {
  /** `0.0.0.0` and `::` are every address of the machine. */
  host: string
  port: number
  /** Where whoever is on that machine reaches it: `http://127.0.0.1:8085`, no slash at the end. */
  url: string
}

export interface Contract {
  /** The short name, in the plural of nothing: `alert`, not `alerts`. */
  service: string
  title: string
  port: number
  /** The DNS name by which its clients know it. */
  host: string
  /** The environment variables that a client of it reads. */
  env: Readonly<Record<string, (at: Address) => string>>
  auth?: AuthScheme
  errors: ErrorEnvelope
  operations: Readonly<Record<string, Operation>>
}

/**
 * States what is agreed about a service. Types, refusals, examples, OpenAPI and drift are all read from it.
 *
 * @example
 * import { defineContract, fastapi, get } from 'mock-suite/contracts'
 * import * as z from 'zod'
 *
 * export const clock = defineContract({
 *   service: 'clock',
 *   title: 'Clock service',
 *   port: 8123,
 *   host: 'clock-service',
 *   env: { CLOCK_SERVICE_URL: ({ url }) => url },
 *   errors: fastapi({ version: '0.115.0' }),
 *   operations: {
 *     health: get('/health', () => ({
 *       summary: 'Tells whether the service is up.',
 *       responses: { 200: z.strictObject({ status: z.string() }) },
 *       evidence: 'client',
 *       source: 'docs/adding-a-service.md',
 *       examples: { healthy: { reply: { status: 200, body: { status: 'healthy' } } } },
 *     })),
 *   },
 * })
 */
export function defineContract<const C extends Contract>(contract: C): C {
  return contract
}

type Define = <const Path extends `/${string}`, const Details extends OperationDetails>(path: Path, details: () => Details) => Operation<Details, Path>

export const get: Define = (path, details) => operation('GET', path, details)
export const post: Define = (path, details) => operation('POST', path, details)
export const put: Define = (path, details) => operation('PUT', path, details)
export const patch: Define = (path, details) => operation('PATCH', path, details)
export const del: Define = (path, details) => operation('DELETE', path, details)

function operation<Path extends string, Details extends OperationDetails>(method: Method, path: Path, details: () => Details): Operation<Details, Path> {
  return { method, path, details: once(() => ofZod4(`${method} ${path}`, details())) }
}

/** Calls `make` when first asked and keeps the answer: how schemas shared by several operations are declared. */
export function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
