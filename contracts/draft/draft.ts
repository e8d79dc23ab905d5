/** A contract on its way: what an import found, before it is written as TypeScript. */
export interface DraftContract {
  /** `alert`: one word, lower case. */
  service: string
  title: string
  port: number
  host: string
  /** Words the refusals; `fastapi` where they have FastAPI's form, `wiremock` where they have WireMock's. */
  errors: 'fastapi' | 'plain' | 'wiremock'
  /** Shapes that operations refer to by name. */
  shapes: DraftShapes
  operations: readonly DraftOperation[]
  /** What could not be carried over, for whoever reads the draft. */
  notes: readonly string[]
}

export interface DraftOperation {
  /** `createAlert`. */
  name: string
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** As our contracts write it: `/alerts/:alert_id`. */
  path: `/${string}`
  summary: string
  params?: DraftObject
  query?: DraftObject
  headers?: DraftObject
  body?: DraftSchema
  consumes?: 'json' | 'text' | 'form' | 'bytes'
  /** Whole numbers past 2^53 were seen: they are kept to the digit. */
  lossless?: boolean
  responses: readonly DraftResponse[]
  /** A credential that it asks for. */
  auth?: DraftAuth
  evidence: 'client' | 'test' | 'document' | 'provider'
  /** Where it was found: a file and a place in it. */
  source: string
  examples: readonly DraftExample[]
}

export type DraftAuth =
  | { kind: 'key'; header: string }
  | { kind: 'bearer' }
  | { kind: 'any'; of: readonly DraftAuth[] }
  | { kind: 'all'; of: readonly DraftAuth[] }
  /** Does without, but refuses a wrong one. */
  | { kind: 'lenient'; of: DraftAuth }

export interface DraftResponse {
  status: number
  body: DraftSchema
  /** @default 'application/json' */
  contentType?: string
  /** One that is nullable may be left out. */
  headers?: Readonly<Record<string, DraftSchema>>
}

export interface DraftExample {
  name: string
  params?: Record<string, string>
  query?: Record<string, string>
  headers?: Record<string, string>
  body?: unknown
  reply: { status: number; body: unknown }
}

/** What becomes a zod schema. */
export type DraftSchema = (
  | DraftObject
  | { kind: 'list'; of: DraftSchema; least?: number; most?: number }
  | { kind: 'map'; of: DraftSchema }
  | { kind: 'text'; format?: DraftFormat; pattern?: string; least?: number; most?: number }
  /** `long` ones may be past 2^53. */
  | { kind: 'number'; whole: boolean; long?: boolean; least?: number; most?: number; above?: number; below?: number }
  | { kind: 'boolean' }
  | { kind: 'null' }
  | { kind: 'anything' }
  | { kind: 'one-of'; values: readonly (string | number | boolean | null)[] }
  | { kind: 'either'; options: readonly DraftSchema[]; discriminator?: string }
  /** A shape with a name of its own, used in several places or within itself. */
  | { kind: 'named'; name: string }
) & {
  nullable?: boolean
  /** Evidence or a wish, written above it as a comment. */
  note?: string
  default?: unknown
}

export type DraftFormat = 'uuid' | 'datetime' | 'date' | 'time' | 'email' | 'url' | 'ipv4' | 'ipv6'

export interface DraftObject {
  kind: 'object'
  members: Readonly<Record<string, { schema: DraftSchema; optional?: boolean; note?: string }>>
  /** Members besides are let through. */
  open?: boolean
  nullable?: boolean
  note?: string
  default?: unknown
}

/** Shapes that others refer to by name. */
export type DraftShapes = Readonly<Record<string, DraftSchema>>
