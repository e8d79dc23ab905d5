import type * as z from 'zod'
import type { Operation, ResponseSpec } from './contract.ts'

/** The names in a path: `/users/:id/files/*` gives `id` and `*`. */
export type PathNames<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | PathNames<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Name
    : Path extends `${string}*`
      ? '*'
      : never

type Details<O> = O extends Operation<infer D, string> ? D : never
type PathOf<O> = O extends Operation<infer _D, infer P> ? P : never
type Parsed<D, Key extends string, Otherwise> = D extends { [K in Key]: infer S extends z.ZodType } ? z.output<S> : Otherwise

export type ParamsOf<O> = Parsed<Details<O>, 'params', { [Name in PathNames<PathOf<O>>]: string }>
export type QueryOf<O> = Parsed<Details<O>, 'query', Record<string, never>>
export type HeadersOf<O> = Parsed<Details<O>, 'headers', Record<string, never>>
export type BodyOf<O> = Parsed<Details<O>, 'body', undefined>

type BodySchema<R> = R extends z.ZodType ? R : R extends { body: infer S extends z.ZodType } ? S : never

/** What a handler may answer: one member for each status that the operation declares. */
export type ReplyOf<O> =
  Details<O> extends { responses: infer Responses extends Readonly<Record<number, ResponseSpec>> }
    ? {
        [Status in keyof Responses & number]: {
          status: Status
          body: z.input<BodySchema<Responses[Status]>>
          /** A list is sent as several headers of one name. */
          headers?: Readonly<Record<string, string | readonly string[]>>
        }
      }[keyof Responses & number]
    : never
