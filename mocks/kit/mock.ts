import type { AuthWords } from '../../contracts/kit/auth.ts'
import type { Address, Contract } from '../../contracts/kit/contract.ts'
import type { BodyOf, HeadersOf, ParamsOf, QueryOf, ReplyOf } from '../../contracts/kit/infer.ts'
import type { WireRequest } from '../../contracts/kit/message.ts'
import type { Clock } from '../../scenarios/kit/clock.ts'
import type { Ids } from './ids.ts'
import type { TableSpecs, TablesOf } from './store.ts'
import type { TableSpec } from './table.ts'
import type { WorldSpec } from './world.ts'

/** What every handler of a service may use, apart from the request. */
export interface Surroundings<World, Tables> {
  /** The service's own tables. */
  tables: Tables
  /** The tables that all fakes of the lane share. */
  world: World
  clock: Clock
  ids: Ids
  lane: number
  /** Where a fake of this lane is for whoever asks, by this Host header unless it is a handler who wants to know; none for a service that is not running. */
  address(service: string, host?: string): Address | undefined
  /** Calls a client back on the clock, with retry; journalled like any exchange. */
  callback(delivery: Callback): void
}

/** A webhook on its way out. */
export interface Callback {
  url: string
  body: unknown
  headers?: Readonly<Record<string, string>>
  /** How long after now, on the clock. @default '0s' */
  after?: string
}

/** What one handler is given. */
export interface Call<World, Tables, O> extends Surroundings<World, Tables> {
  params: ParamsOf<O>
  query: QueryOf<O>
  headers: HeadersOf<O>
  body: BodyOf<O>
  request: WireRequest
  /** One request header, whatever its case. */
  header(name: string): string | undefined
}

/** What a handler says where the real service has nothing at this address; the vendor's refusal follows. */
export interface Unserved {
  kind: 'unknown-operation'
}

/** A handler answers at once: nothing can come between its reading and its writing. */
export type Handler<World, Tables, O> = (call: Call<World, Tables, O>) => ReplyOf<O> | Unserved

export interface Behaviour<C extends Contract, World, Specs extends TableSpecs> {
  tables?: Specs
  /** The records that the service's own tables begin with. */
  seed?: (surroundings: Pick<Surroundings<World, TablesOf<Specs>>, 'world' | 'clock' | 'lane'>) => {
    [Name in keyof Specs]?: Specs[Name] extends TableSpec<infer Row> ? readonly Row[] : never
  }
  /** Why a bearer token that the contract calls a `signedToken` is refused, or nothing. */
  verify?: (token: string, needs: string | undefined, surroundings: Surroundings<World, TablesOf<Specs>>) => AuthWords | undefined
  /** A bearer token that `verify` takes, of somebody who may: for whoever must be let in without having logged in. */
  letIn?: (needs: string | undefined, surroundings: Surroundings<World, TablesOf<Specs>>) => string
  operations: { [Name in keyof C['operations']]: Handler<World, TablesOf<Specs>, C['operations'][Name]> }
}

/** A contract and how our stand-in behaves under it. */
export interface Mock<C extends Contract = Contract> {
  contract: C
  behaviour: Behaviour<C, never, TableSpecs>
}

/**
 * A `defineMock` whose handlers see the given world. Two calls on purpose: in one, TypeScript widens `status: 201` to `number`.
 *
 * @example
 * import { defineMock } from 'mock-suite'
 * import { defineContract, fastapi, get } from 'mock-suite/contracts'
 * import * as z from 'zod'
 *
 * const clock = defineContract({
 *   service: 'clock',
 *   title: 'Clock service',
 *   port: 8123,
 *   host: 'clock-service',
 *   env: { CLOCK_SERVICE_URL: ({ url }) => url },
 *   errors: fastapi({ version: '0.115.0' }),
 *   operations: {
 *     now: get('/now', () => ({
 *       summary: 'Tells the time.',
 *       responses: { 200: z.strictObject({ now: z.iso.datetime() }) },
 *       evidence: 'document',
 *       source: 'docs/adding-a-service.md',
 *       examples: { noon: { reply: { status: 200, body: { now: '2026-01-17T12:00:00Z' } } } },
 *     })),
 *   },
 * })
 *
 * export const clockMock = defineMock(clock)({
 *   operations: { now: ({ clock }) => ({ status: 200, body: { now: clock.iso() } }) },
 * })
 */
export function mocksIn<Specs extends TableSpecs>(_world: WorldSpec<Specs>) {
  return function defineMock<C extends Contract>(contract: C) {
    return <const Own extends TableSpecs = Record<never, never>>(behaviour: Behaviour<C, TablesOf<Specs>, Own>): Mock<C> => ({
      contract,
      behaviour: behaviour as unknown as Behaviour<C, never, TableSpecs>,
    })
  }
}
