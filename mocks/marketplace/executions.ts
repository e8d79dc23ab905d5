import { allowanceOf } from '../world/tiers.ts'
import type { User } from '../world/users.ts'
import type { Around } from './tables.ts'
import { zulu } from './zulu.ts'

const DAY = 86_400_000

/** Keeps that something ran, and answers with its receipt. */
export function record({ tables, ids, clock }: Around, what: { strategy_id: string | null; user_id: string | null; quantity: number }) {
  const { execution_id, at } = tables.executions.insert({ execution_id: ids.next('exec'), at: clock.now(), ...what })
  return { recorded: true as const, execution_id, recorded_at: zulu(at) }
}

export function executionsOf({ tables }: Pick<Around, 'tables'>, strategy_id: string): number {
  return total(tables.executions.where('strategy_id', strategy_id))
}

/** What is left of a user's day, which begins at midnight UTC. */
export function quotaOf({ tables, clock }: Pick<Around, 'tables' | 'clock'>, user: User) {
  const midnight = Math.floor(clock.now() / DAY) * DAY
  const used = total(tables.executions.where('user_id', user.user_id).filter(({ at }) => at >= midnight))
  const limit = allowanceOf(user.tier).signals_per_day
  return { tier: user.tier, limit, used, remaining: Math.max(limit - used, 0), resets_at: zulu(midnight + DAY) }
}

const total = (executions: readonly { quantity: number }[]): number => executions.reduce((sum, { quantity }) => sum + quantity, 0)
