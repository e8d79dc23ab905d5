import type { Violation } from '../../contracts/kit/conform.ts'
import type { Contract, OperationDetails } from '../../contracts/kit/contract.ts'
import type { Match } from '../../contracts/kit/match.ts'
import type { WireReply, WireRequest } from '../../contracts/kit/message.ts'
import type { Problem } from '../../contracts/kit/problem.ts'
import type { Clock } from '../../scenarios/kit/clock.ts'

export interface Answer {
  reply: WireReply
  /** Why the vendor refused, when it did. */
  problem?: Problem
  /** How the reply breaks the contract; a defect of ours when a fake made it. */
  violations: readonly Violation[]
  /** Why it could not be answered as it should, where the reply says so for us: nobody was there behind a relay. */
  failure?: Error
}

/** Who answers behind a service's door: a fake, or a relay to the real service. */
export interface Backend {
  readonly contract: Contract
  /** The largest request body it is shown. @default 1 MiB */
  readonly bodyLimit?: number
  /** Whether it may answer a request to go on as a WebSocket. @default false: such a request is one like any other */
  readonly upgrades?: boolean
  /** Why it refuses a caller of an operation, if it does: for whoever explains a refusal. */
  authenticate?(details: OperationDetails, request: Pick<WireRequest, 'rawHeaders'>): Problem | undefined
  answer(request: WireRequest, match: Match | Problem): Answer | Promise<Answer>
  /** As it was at the start: told at every reset of its lane. */
  reset?(): void
  /** Lets go of all that it holds open; told when done. */
  close?(): Promise<void>
}

/** What a backend is told of its lane. */
export interface BackendContext {
  index: number
  clock: Clock
  /** Tells a person what went wrong. */
  complain(message: string): void
}

/** Makes one for each lane. */
export type BackendOf = (lane: BackendContext) => Backend
