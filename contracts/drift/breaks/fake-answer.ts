import type { Violation } from '../../kit/conform.ts'
import type { Problem } from '../../kit/problem.ts'

/** What our fake answers to a request that was recorded, brought as near as can be to the state in which the real service was. */
export interface FakeAnswer {
  status: number
  /** Parsed when it is JSON, text otherwise. */
  body: unknown
  /** Why it refused, when it did. */
  problem?: Problem | undefined
  /** How its reply breaks the contract. */
  violations: readonly Violation[]
  /** Why nothing follows from its status: it cannot know what the real service knew. */
  incomparable?: string | undefined
}
