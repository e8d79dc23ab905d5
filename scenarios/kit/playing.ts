import { type Asked, listed, matcherOf } from './asked.ts'
import { chanceOf, isStruck, type Root, settled } from './chance.ts'
import type { Exchange } from './exchange.ts'
import type { AnyFault } from './fault.ts'
import { faults } from './faults/index.ts'
import type { Injection } from './injection.ts'
import { type Injected, type Rule, rulesOf, type Scenario } from './scenario.ts'
import { apertureAt } from './window.ts'

/** One rule at work: its counters, and what its faults keep. */
export interface LiveRule {
  readonly label: string
  readonly rule: Rule
  readonly phase: number | undefined
  /** There by the clock alone; no request has to come. */
  readonly standing: boolean
  readonly test: (asked: Asked) => boolean
  matches: number
  strikes: number
  states: unknown[]
}

/** What a scenario does to more than one exchange. */
interface Hands {
  /** Shuts a service's port for so many milliseconds on the clock. */
  shut(service: string, milliseconds: number, injection: Injection): void
  /** A request has ended a phase: what stands in the next one begins without waiting for the clock. */
  turned(): void
}

const NOTHING: readonly Injection[] = []

/** One scenario at play in one lane. */
export class Playing {
  readonly scenario: Scenario
  readonly root: Root
  readonly rules: readonly LiveRule[]
  /** When it began, in milliseconds on the clock. */
  since = 0
  /** Counted from 0; past the last one when all are over. */
  phase = 0
  #phaseSince = 0
  #phaseMatches = 0
  readonly #hands: Hands

  constructor(scenario: Scenario, root: Root, now: number, hands: Hands) {
    this.scenario = scenario
    this.root = root
    this.#hands = hands
    this.rules = rulesOf(scenario).map(({ label, rule, phase }) => ({
      label,
      rule,
      phase,
      standing: rule.inject.some((injected) => faultOf(injected).standing?.(injected as never) ?? false),
      test: matcherOf(rule.when),
      matches: 0,
      strikes: 0,
      states: [],
    }))
    this.restart(now)
  }

  /** From the beginning: counters at nought, windows and phases from now on. */
  restart(now: number): void {
    this.since = now
    this.phase = 0
    this.#phaseSince = now
    this.#phaseMatches = 0
    for (const live of this.rules) {
      live.matches = 0
      live.strikes = 0
      live.states = live.rule.inject.map((injected) => faultOf(injected).begin?.(injected as never))
    }
  }

  /** The name of the phase that is on; `over` after the last one, and nothing where there are none. */
  phaseAt(now: number): string | undefined {
    this.#turn(now)
    const { phases } = this.scenario
    const current = phases?.[this.phase]
    return phases === undefined ? undefined : current === undefined ? 'over' : (current.name ?? `phase ${this.phase + 1}`)
  }

  /** What these rules of its own inject into an exchange, in the order in which they were written. */
  select(rules: readonly LiveRule[], asked: Asked, now: number): readonly Injection[] {
    if (this.scenario.phases !== undefined) this.#turn(now)
    // A loop, and nothing made before a rule is met: this stands in the path of every request that some rule may be about.
    let injections = NOTHING
    let phased = false
    for (const live of rules) {
      if (this.#strength(live, now) === 0 || !live.test(asked)) continue
      const met = this.#meet(live, asked.exchange, now)
      if (met.length > 0) injections = injections.length === 0 ? met : [...injections, ...met]
      phased ||= live.phase !== undefined
    }
    if (phased) this.#count(now)
    return injections
  }

  /** Its standing rules that are in force now. */
  standing(now: number): LiveRule[] {
    this.#turn(now)
    return this.rules.filter((live) => live.standing && this.#strength(live, now) > 0)
  }

  /** A standing rule came into force. */
  stand(live: LiveRule, exchange: Exchange): Injection {
    live.matches += 1
    live.strikes += 1
    return this.#inject(live, exchange)[0] as Injection
  }

  /** When a standing rule next comes into force or ceases, or a phase ends; none when only requests can change anything. */
  next(now: number): number | undefined {
    this.#turn(now)
    const phaseEnd = this.scenario.phases?.[this.phase]?.for
    const edges = this.rules.filter(({ standing }) => standing).map((live) => this.#aperture(live, now).next)
    const instants = [...edges, phaseEnd === undefined ? undefined : this.#phaseSince + phaseEnd].filter((at) => at !== undefined)
    return instants.length === 0 ? undefined : Math.min(...instants)
  }

  #meet(live: LiveRule, exchange: Exchange, now: number): readonly Injection[] {
    live.matches += 1
    if (!isStruck(this.root, live.label, live.rule, live.matches, live.strikes, this.#strength(live, now))) return NOTHING
    const injections = this.#inject(live, exchange)
    // One that every fault has spared, as a limit does that is not reached, was no strike.
    if (injections.length > 0) live.strikes += 1
    return injections
  }

  #inject(live: LiveRule, exchange: Exchange): Injection[] {
    const { label: rule, matches: match } = live
    return live.rule.inject.flatMap((written, at) => {
      const fault = faultOf(written)
      const random = chanceOf(this.root, rule, match, at)
      const options = settled(fault, written, random)
      let shutFor: number | undefined
      const shut = (milliseconds: number) => {
        shutFor = milliseconds
      }
      const strike = { exchange, random, clock: exchange.clock, state: live.states[at] as never, since: this.since, shut }
      const layer = fault.inject(options as never, strike)
      if (layer === undefined) return []
      const injection = { scenario: this.scenario.name, rule, match, fault: written.fault, options, place: fault.place, layer }
      if (shutFor !== undefined) this.#hands.shut(exchange.contract.service, shutFor, injection)
      return [injection]
    })
  }

  /** How far a rule is in force: 0 when its phase is not on, or its window is shut. */
  #strength(live: LiveRule, now: number): number {
    if (live.phase !== undefined && live.phase !== this.phase) return 0
    return live.rule.during === undefined ? 1 : this.#aperture(live, now).strength
  }

  #aperture({ rule, phase }: LiveRule, now: number): { strength: number; next: number | undefined } {
    if (phase !== undefined && phase !== this.phase) return { strength: 0, next: undefined }
    const start = phase === undefined ? this.since : this.#phaseSince
    const { strength, next } = apertureAt(rule.during, now - start)
    return { strength, next: next === undefined ? undefined : start + next }
  }

  /** Ends the phases whose time has passed, each at its own instant. */
  #turn(now: number): void {
    for (;;) {
      const lasts = this.scenario.phases?.[this.phase]?.for
      if (lasts === undefined || now < this.#phaseSince + lasts) return
      this.#begin(this.#phaseSince + lasts)
    }
  }

  #count(now: number): void {
    this.#phaseMatches += 1
    const until = this.scenario.phases?.[this.phase]?.until
    if (until === undefined || this.#phaseMatches < until.requests) return
    this.#begin(now)
    this.#hands.turned()
  }

  #begin(at: number): void {
    this.phase += 1
    this.#phaseSince = at
    this.#phaseMatches = 0
  }
}

/** The fault that an injection names. */
export function faultOf({ fault }: Pick<Injected, 'fault'>): AnyFault {
  return faults[fault] as AnyFault
}

/** Whether a rule may be about an operation of a service at all, whatever is asked of it. */
export function concerns(
  { rule: { when } }: Pick<LiveRule, 'rule'>,
  { contract, operation, direction }: Pick<Exchange, 'contract' | 'operation' | 'direction'>,
): boolean {
  if ((when.callback === true) !== (direction === 'out')) return false
  if (when.service !== undefined && !listed(when.service).includes(contract.service)) return false
  return when.operation === undefined || (operation !== undefined && listed(when.operation).includes(operation))
}
