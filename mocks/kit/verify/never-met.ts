import type { Contract } from '../../../contracts/kit/contract.ts'
import { listed } from '../../../scenarios/kit/asked.ts'
import type { PlayedRule } from '../../../scenarios/kit/played-rules.ts'
import type { Rule } from '../../../scenarios/kit/scenario.ts'
import { tellRule } from '../../../scenarios/kit/tell-scenario.ts'
import type { Lane } from '../lane.ts'
import type { Since } from './ledger.ts'

/** A rule that was met in none of some lanes. */
export interface NeverMet extends Omit<PlayedRule, 'matches' | 'rule'> {
  /** The first in which it played. */
  lane: number
  /** In words. */
  told: string
  /** Those that it is about; none when it is about all. */
  services: readonly string[]
  operations: readonly string[]
}

/** Rules that matched nothing, whatever became of their scenarios since. */
export function neverMet(lanes: readonly Lane[], contracts: readonly Contract[], since: Since): NeverMet[] {
  const rules = new Map<string, NeverMet & { matches: number }>()
  for (const { index, director } of lanes) {
    for (const { scenario, label, rule, matches } of director.played(since)) {
      const key = JSON.stringify([scenario, label, rule])
      const known = rules.get(key)
      if (known !== undefined) known.matches += matches
      else rules.set(key, { scenario, label, lane: index, told: tellRule(rule), ...aboutOf(rule, contracts), matches })
    }
  }
  return [...rules.values()].filter(({ matches }) => matches === 0).map(({ matches: _, ...rule }) => rule)
}

/** Whom a rule is about. One that names an operation alone is about the services that have it. */
function aboutOf({ when: { service, operation = [] } }: Rule, contracts: readonly Contract[]): Pick<NeverMet, 'services' | 'operations'> {
  const operations = listed(operation)
  const having = contracts.filter((contract) => operations.some((name) => Object.hasOwn(contract.operations, name)))
  return { services: service === undefined ? having.map((contract) => contract.service) : listed(service), operations }
}
