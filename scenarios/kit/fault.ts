import type * as z from 'zod'
import type { Contract, Operation } from '../../contracts/kit/contract.ts'
import type { Clock } from './clock.ts'
import type { Exchange, Middleware } from './exchange.ts'
import type { Random } from './random.ts'

/**
 * Where a fault stands around the answer, from the outside in. Faults of one exchange are put in this order, so that each takes effect
 * however they were written down: what is instead of the answer is what the layers outside of it delay, corrupt and cut.
 */
export const PLACES = ['delay', 'end', 'delivery', 'reply', 'instead'] as const
export type Place = (typeof PLACES)[number]

/** What a transport must be able to do for a fault. `socket`: end, break or hold a connection; `port`: stop listening. */
export type Need = 'socket' | 'port'

/** What other tools of the field call it. */
export type KnownAs = Readonly<Partial<Record<'toxiproxy' | 'wiremock' | 'mockserver' | 'mountebank' | 'mockttp', string>>>

/** One operation that a rule can strike, when a scenario is checked. */
export interface Target {
  contract: Contract
  name: string
  operation: Operation
}

/** One application of a fault to one exchange. */
export interface Strike<State> {
  exchange: Exchange
  /** Chance of this match alone: it does not move because another request came first. */
  random: Random
  clock: Clock
  /** What the fault keeps from strike to strike; begun anew when its scenario plays, and at every reset. */
  state: State
  /** When the scenario began, in milliseconds on the clock. */
  since: number
  /** Shuts the service's port for so many milliseconds on the clock. */
  shut(milliseconds: number): void
}

/** The options of a fault, as zod fields. */
export type Shape = Readonly<Record<string, z.ZodType>>
export type OptionsOf<Fields extends Shape> = z.output<z.ZodObject<Fields>>

/** One kind of failure: its options, its words, and what it does to an exchange. */
export interface Fault<Fields extends Shape = Shape, State = unknown> {
  summary: string
  place: Place
  /** What it can strike: requests to a fake, callbacks that a fake makes, or both. @default ['in'] */
  strikes?: readonly Exchange['direction'][]
  needs?: Need
  knownAs?: KnownAs
  /** Beside `fault` and `off_contract`; built when a scenario is first read. */
  options: () => Fields
  /** With these options it is there by the clock alone, for a whole service, and no request has to come. */
  standing?(options: OptionsOf<Fields>): boolean
  /** What is wrong with it for an operation; nothing when all is well. `excused`: the rule says why it leaves the contract. */
  check?(options: OptionsOf<Fields>, target: Target, excused: boolean): string | undefined
  /** What is wrong with the options among themselves. */
  judge?(options: OptionsOf<Fields>): string | undefined
  /** The status that it answers; nothing when it answers none of its own. */
  answers?(options: OptionsOf<Fields>): number | undefined
  /** Why it breaks the contract on purpose; nothing when it does not. */
  lie?(options: OptionsOf<Fields>): string | undefined
  /** The options with all that chance decides settled; a plan prints them. Pure. */
  draw?(options: OptionsOf<Fields>, random: Random): OptionsOf<Fields>
  /** In words: `wait 800 ms ± 200 ms`; after the draw `wait 731 ms`. */
  explain(options: OptionsOf<Fields>): string
  begin?(options: OptionsOf<Fields>): State
  /** The layer around the answer, or nothing when this exchange is spared. Called in one turn of the event loop with the choice of the rule. */
  inject(options: OptionsOf<Fields>, strike: Strike<State>): Middleware | undefined
}

/**
 * Declares a fault. Its name is the one under which `faults/index.ts` lists it.
 *
 * @example
 * import * as z from 'zod'
 * import { defineFault } from 'mock-suite'
 *
 * export const teapot = defineFault({
 *   summary: 'Answers 418, whatever was asked.',
 *   place: 'instead',
 *   options: () => ({}),
 *   lie: () => 'no vendor is a teapot',
 *   explain: () => 'answer 418',
 *   inject: () => async () => ({ kind: 'reply', reply: { status: 418, headers: ['content-length', '0'], body: '' } }),
 * })
 */
export function defineFault<const Fields extends Shape, State = undefined>(fault: Fault<Fields, State>): Fault<Fields, State> {
  return fault
}

/** A fault whose options nobody knows by now: the language has read them. */
export interface AnyFault extends Omit<Fault, 'standing' | 'check' | 'judge' | 'answers' | 'lie' | 'draw' | 'explain' | 'begin' | 'inject'> {
  standing?(options: never): boolean
  check?(options: never, target: Target, excused: boolean): string | undefined
  judge?(options: never): string | undefined
  answers?(options: never): number | undefined
  lie?(options: never): string | undefined
  draw?(options: never, random: Random): object
  explain(options: never): string
  begin?(options: never): unknown
  inject(options: never, strike: Strike<never>): Middleware | undefined
}
