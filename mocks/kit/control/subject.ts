import type { control } from '../../../contracts/control.ts'
import type { BodyOf, HeadersOf, ParamsOf, QueryOf, ReplyOf } from '../../../contracts/kit/infer.ts'
import type { Inbox } from '../neighbourhood.ts'
import type { Suite } from '../suite.ts'

/** What the control API tells of, and acts on. */
export interface Subject {
  suite: Suite
  strictAuth: boolean
  startedAt: string
  instance: string | undefined
  /** The present one: a renewal may bring another. */
  readonly inbox: Inbox | undefined
  /** Ready from the moment every port is open until the suite begins to stop. */
  ready(): boolean
  /** Ends the streams of events; called when the suite begins to stop. */
  readonly readers: Set<{ end(reason: string): void }>
  complain(message: string): void
}

export type Operations = (typeof control)['operations']

/** What a handler of the control API is given. */
export interface ControlCall<O> {
  params: ParamsOf<O>
  query: QueryOf<O>
  headers: HeadersOf<O>
  body: BodyOf<O>
}

export type Handlers<Name extends keyof Operations> = {
  [N in Name]: (call: ControlCall<Operations[N]>) => ReplyOf<Operations[N]> | Promise<ReplyOf<Operations[N]>>
}
