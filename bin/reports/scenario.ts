import type { PlayingInfo } from '../../contracts/control.ts'
import { rulesOf, type Scenario } from '../../scenarios/kit/scenario.ts'
import { type ToldScenario, tellRule, tellScenario, toldFaults } from '../../scenarios/kit/tell-scenario.ts'
import type { Terminal } from '../kit/terminal.ts'
import { columns } from './columns.ts'

type Paint = Pick<Terminal, 'paint'>

/** The library, a line each. */
export function libraryText(scenarios: readonly ToldScenario[], { paint }: Paint): string {
  const rows = scenarios.map(({ name, services, faults, story }) => [name, services.join(', ') || 'any', faults.join(', '), firstSentence(story)])
  const [head = '', ...lines] = columns([['scenario', 'service', 'faults', 'story'], ...rows]).split('\n')
  return [paint('bold', head), ...lines].join('\n')
}

const firstSentence = (story: string): string => /^.*?[.!?](?=\s|$)/s.exec(story)?.[0].replace(/\s+/g, ' ') ?? story

/** One scenario as a person reads it. */
export function scenarioText(scenario: Scenario, file: string, { paint }: Paint): string {
  const { name, story, services, faults } = tellScenario(scenario)
  return [
    paint('bold', name),
    ...story.split('\n').map((line) => `  ${line}`),
    '',
    columns([
      ['service', services.join(', ') || 'any'],
      ['faults', faults.join(', ')],
      ['seed', scenario.seed === undefined ? 'the suite’s' : String(scenario.seed)],
      ['file', file],
    ]),
    '',
    columns(rulesOf(scenario).map(({ label, rule }) => [label, tellRule(rule)])),
  ].join('\n')
}

/** The same for a program. */
export function scenarioData(scenario: Scenario) {
  const rules = rulesOf(scenario).map(({ label, rule }) => ({ rule: label, told: tellRule(rule), faults: toldFaults(rule) }))
  return { ...tellScenario(scenario), seed: scenario.seed ?? null, rules }
}

/** What plays, and how far it has come. */
export function playingText(playing: readonly PlayingInfo[], { paint }: Paint): string {
  return playing
    .map(({ scenario, lane, seed, since, phase, rules }) =>
      [
        `${paint('bold', scenario)}, lane ${lane}, seed ${seed}, since ${since}${phase === null ? '' : `, ${phase === 'over' ? 'all phases over' : `in ${phase}`}`}`,
        columns(rules.map(({ rule, told, matches, strikes }) => [rule, `${matches} matched`, `${strikes} struck`, told])),
      ].join('\n'),
    )
    .join('\n')
}
