import type { Playing } from './playing.ts'
import type { Rule } from './scenario.ts'

/** A rule that plays or has played, and how often it matched. */
export interface PlayedRule {
  scenario: string
  /** The rule's name in its scenario. */
  label: string
  rule: Rule
  matches: number
}

type Rules = Map<string, PlayedRule>

/** How often each rule that ever played was met, whatever became of its scenario since. */
export class PlayedRules {
  /** Of all generations, and of this one: what no longer plays, or began anew. */
  readonly #start: Rules = new Map()
  #reset: Rules = new Map()

  /** A scenario ends. */
  keep(playing: Playing): void {
    count(this.#start, playing)
    count(this.#reset, playing)
  }

  /** A reset: what plays is about to begin anew. */
  renew(playing: readonly Playing[]): void {
    for (const one of playing) count(this.#start, one)
    this.#reset = new Map()
  }

  /** With those that play now. */
  all(since: 'start' | 'reset', playing: readonly Playing[]): PlayedRule[] {
    const rules: Rules = new Map([...(since === 'start' ? this.#start : this.#reset)].map(([key, rule]) => [key, { ...rule }]))
    for (const one of playing) count(rules, one)
    return [...rules.values()]
  }
}

function count(rules: Rules, { scenario: { name }, rules: live }: Playing): void {
  for (const { label, rule, matches } of live) {
    // By what it says too: a scenario that was replaced may have other rules under the old names.
    const key = JSON.stringify([name, label, rule])
    const known = rules.get(key)
    if (known === undefined) rules.set(key, { scenario: name, label, rule, matches })
    else known.matches += matches
  }
}
