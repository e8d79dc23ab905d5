import type * as z from 'zod'
import type { ResponseSpec } from './contract.ts'

/** Where in a request a value was found; FastAPI's own words, used as the first part of `loc`. */
export type Place = 'path' | 'query' | 'header' | 'body'

/** What one part of a request got wrong: the schema's issues and the value that it was shown. */
export interface Fault {
  place: Place
  issues: readonly z.core.$ZodIssue[]
  input: unknown
}

/**
 * Why a vendor refuses a request. A closed union: an envelope that forgets a case does not compile.
 * The vendor's words for each are in {@link ErrorEnvelope.render}.
 */
export type Problem =
  | { kind: 'unknown-operation' }
  | { kind: 'method-not-allowed'; allow: readonly string[] }
  | { kind: 'moved'; location: string }
  | { kind: 'unreadable'; detail: string }
  | { kind: 'too-large'; limit: number }
  | { kind: 'unsupported-media-type'; expected: string; got: string | undefined; body: string }
  | { kind: 'malformed-body'; body: string }
  | { kind: 'undecodable-body' }
  | { kind: 'unauthorized'; detail: string; challenge?: string }
  | { kind: 'forbidden'; detail: string }
  | { kind: 'invalid'; faults: readonly Fault[] }

/** A refusal in the vendor's words, before it is written out. A string body is sent as it stands. */
export interface Refusal {
  status: number
  body: unknown
  /** Flat pairs, between `server` and `content-length`; a `content-length` among them stays where it is. */
  headers?: readonly string[]
  /** @default 'application/json' */
  contentType?: string
}

/** How one vendor words its refusals, and what the rest of its replies look like on the wire. */
export interface ErrorEnvelope {
  /** The `server` header that every reply of this vendor carries. */
  server: string
  /** The body of each refusal, by status: read by the judge and by OpenAPI. */
  refusals: () => Readonly<Record<number, ResponseSpec>>
  render(problem: Problem): Refusal
  /** What the vendor's framework says with a status about which nothing more is known. */
  bare(status: number): Refusal
  /** What the vendor still makes of a body that we would refuse unseen: a value to be judged like any other, or nothing. */
  salvage?(problem: Problem): { value: unknown } | undefined
}
