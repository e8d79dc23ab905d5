import type { Operation } from '../contract.ts'
import type { Problem } from '../problem.ts'

/** A request that was refused, as a journal keeps it. */
export interface Asked {
  /** At whose door it came. */
  service: string
  method: string
  /** Path and query as they were sent. */
  target: string
  /** Flat pairs. */
  headers: readonly string[]
  body: Buffer
  /** Why it was refused. */
  problem: Problem['kind']
  /** The operation that its path led to, where one took it. */
  operation?: string | undefined
}

/** What a suite at work knows besides its contracts. Without it an explanation says no more than the contracts do. */
export interface Knowledge {
  /** Why a fake refuses a caller, by its own judgement; nothing where it does not. */
  refusesCaller?(service: string, operation: Operation, headers: readonly string[]): Problem | undefined
  /** A secret of the world. */
  secret?(name: string): string | undefined
  /** Where a fake listens: `http://127.0.0.1:8085`. */
  url?(service: string): string | undefined
  /** What the environment of the service under test holds. */
  variables?: Readonly<Record<string, string>>
}

/** The path alone, as it was sent. */
export function pathOf({ target }: Pick<Asked, 'target'>): string {
  const at = target.indexOf('?')
  return at === -1 ? target : target.slice(0, at)
}
