import type { Violation } from '../../contracts/kit/conform.ts'
import type { Contract } from '../../contracts/kit/contract.ts'
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
}

/** Who answers behind a service's door: a fake, or a relay to the real service. */
export interface Backend {
  readonly contract: Contract
  answer(request: WireRequest, match: Match | Problem): Answer | Promise<Answer>
}

/** Makes one for each lane. */
export type BackendOf = (lane: { index: number; clock: Clock }) => Backend
