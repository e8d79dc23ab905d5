import { isStanding } from '../../scenarios/kit/check.ts'
import type { Plan, PlannedMatch } from '../../scenarios/kit/plan.ts'
import { type Rule, rulesOf, type Scenario } from '../../scenarios/kit/scenario.ts'
import { tellRule } from '../../scenarios/kit/tell-scenario.ts'
import type { Terminal } from '../kit/terminal.ts'
import { columns } from './columns.ts'

/** What is going to happen, a line for each run of matches that meet the same. */
export function planText({ scenario: name, seed, lane, rules }: Plan, scenario: Scenario, { paint }: Pick<Terminal, 'paint'>): string {
  const written = rulesOf(scenario).map(({ rule }) => rule)
  return [
    `${paint('bold', name)}, seed ${seed}, lane ${lane}`,
    ...rules.flatMap(({ rule: label, matches }, at) => {
      const rule = written[at] as Rule
      return ['', `${label}  ${tellRule(rule)}`, isStanding(rule) ? '  by the clock alone: no request has to come' : columns(runsOf(matches))]
    }),
  ].join('\n')
}

function runsOf(matches: readonly PlannedMatch[]): [string, string][] {
  const runs: { from: number; to: number; told: string }[] = []
  for (const { match, faults } of matches) {
    const told = faults.length === 0 ? 'passes' : faults.map((fault) => fault.told).join(', ')
    const last = runs.at(-1)
    if (last?.told === told) last.to = match
    else runs.push({ from: match, to: match, told })
  }
  return runs.map(({ from, to, told }) => [from === to ? String(from) : `${from} to ${to}`, told])
}
