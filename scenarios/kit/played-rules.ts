import type { Playing } from './playing.ts'
import type { Rule } from './scenario.ts'

/** A rule that plays or has played, and how often it matched. */
export interface PlayedRule {
  scenario: string
  /** The rule's name in its scenario. */
  label: string
  rule: Rule
  matches: number
  /** What is said of it where it need not have been met, in any generation in which it was not. */
  pardon: string | undefined
}

/** Says why a rule need not be met in this generation; nothing where it must. */
export type Pardon = (rule: Pick<PlayedRule, 'scenario' | 'label' | 'rule'>) => string | undefined

type Rules = Map<string, PlayedRule>

/** How often each rule that ever played was met, whatever became of its scenario since. */
export class PlayedRules {
  /** Of the generations before this one. */
  readonly #past: Rules = new Map()
  /** What ended in this one; and of that what was put to play in it. */
  #ended: Rules = new Map()
  #own: Rules = new Map()
  /** What has played on from before. */
  #carried: ReadonlySet<Playing> = new Set()

  /** A scenario ends. */
  keep(playing: Playing): void {
    count(this.#ended, playing)
    if (!this.#carried.has(playing)) count(this.#own, playing)
  }

  /** A reset: what plays is about to begin anew. */
  renew(playing: readonly Playing[], pardon: Pardon): void {
    for (const rule of judged(this.#ended, playing, pardon)) fold(this.#past, rule)
    this.#ended = new Map()
    this.#own = new Map()
    this.#carried = new Set(playing)
  }

  /** Of all generations; or of this one what was put to play in it: nobody can say of what goes on playing that this is the time to meet it. */
  all(since: 'start' | 'reset', playing: readonly Playing[], pardon: Pardon): PlayedRule[] {
    if (since === 'reset') {
      const own = playing.filter((one) => !this.#carried.has(one))
      return judged(this.#own, own, pardon)
    }
    const rules: Rules = new Map()
    for (const rule of [...this.#past.values(), ...judged(this.#ended, playing, pardon)]) fold(rules, rule)
    return [...rules.values()]
  }
}

/** With those that play now. */
function judged(ended: Rules, playing: readonly Playing[], pardon: Pardon): PlayedRule[] {
  const rules: Rules = new Map([...ended].map(([key, rule]) => [key, { ...rule }]))
  for (const one of playing) count(rules, one)
  return [...rules.values()].map((rule) => ({ ...rule, pardon: pardon(rule) }))
}

function count(rules: Rules, { scenario: { name: scenario }, rules: live }: Playing): void {
  for (const { label, rule, matches } of live) fold(rules, { scenario, label, rule, matches, pardon: undefined })
}

/** What was not met twice is pardoned only if it was so both times. */
export function fold<Played extends PlayedRule>(rules: Map<string, Played>, played: Played): void {
  const { scenario, label, rule, matches, pardon } = played
  // By what it says too: a scenario that was replaced may have other rules under the old names.
  const key = JSON.stringify([scenario, label, rule])
  const known = rules.get(key)
  if (known === undefined) {
    rules.set(key, { ...played })
    return
  }
  known.matches += matches
  if (pardon === undefined) known.pardon = undefined
}
