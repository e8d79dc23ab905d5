import type { Clock } from '../../scenarios/kit/clock.ts'
import type { Director } from '../../scenarios/kit/director.ts'
import type { Acts } from './acts.ts'
import type { Fence } from './fence.ts'
import type { Journal } from './journal.ts'

/** What a service needs of its lane. */
export interface ServiceContext {
  clock: Clock
  director: Pick<Director, 'select'>
  /** A setup that retires has another put here. */
  journal: Pick<Journal, 'add'>
  fence: Fence
  /** @default one of its own */
  acts?: Acts
  /** Tells a person about a failure of ours. */
  complain(message: string): void
}
