import { availableParallelism } from 'node:os'

/** What a runner tells a global setup of itself: Vitest's project, Jest's and Playwright's configuration. */
export interface Runner {
  /** Jest's. */
  maxWorkers?: number
  /** Playwright's. */
  workers?: number
  /** Vitest's, of the one project. */
  config?: { maxWorkers?: number | string }
  /** Vitest's, of all of them. */
  vitest?: { config?: { maxWorkers?: number | string } }
  /** Vitest's, where it watches. */
  onTestsRerun?(rerun: () => void | Promise<void>): void
}

/** A suite has 64 lanes at most. */
const MOST = 64

/** How many parallel workers a runner will have at most; 1 where it does not say. */
export function workersOf({ maxWorkers, workers, config, vitest }: Runner): number {
  const told = [maxWorkers, workers, config?.maxWorkers, vitest?.config?.maxWorkers].filter((count) => typeof count === 'number')
  // Vitest takes as many as there are processors, less one, where nobody has said anything.
  const unsaid = vitest === undefined ? 1 : Math.max(availableParallelism() - 1, 1)
  return Math.min(told.length === 0 ? unsaid : Math.max(...told), MOST)
}
