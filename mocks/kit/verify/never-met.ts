import type { Contract } from '../../../contracts/kit/contract.ts'
import { fold, type PlayedRule } from '../../../scenarios/kit/played-rules.ts'
import { tellRule } from '../../../scenarios/kit/tell-scenario.ts'
import type { Lane } from '../lane.ts'
import { aboutOf } from './about-rule.ts'
import type { Found } from './allowance.ts'
import type { Since } from './docket.ts'

/** A rule that was met in none of some lanes. */
export interface NeverMet extends Omit<PlayedRule, 'matches' | 'rule'>, Pick<Found, 'services' | 'operations'> {
  /** The first in which it played. */
  lane: number
  /** In words. */
  told: string
}

/** Rules that matched nothing, whatever became of their scenarios since. */
export function neverMet(lanes: readonly Lane[], contracts: readonly Contract[], since: Since): NeverMet[] {
  const rules = new Map<string, PlayedRule & { lane: number }>()
  for (const { index: lane, director } of lanes) {
    for (const played of director.played(since)) fold(rules, { ...played, lane })
  }
  return [...rules.values()]
    .filter(({ matches }) => matches === 0)
    .map(({ rule, ...played }) => ({ ...played, told: tellRule(rule), ...aboutOf(rule, contracts) }))
}
