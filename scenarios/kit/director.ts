import type { Contract } from '../../contracts/kit/contract.ts'
import { MockSuiteError } from '../../contracts/kit/error.ts'
import { didYouMean } from '../../contracts/kit/nearest.ts'
import { Asked } from './asked.ts'
import { Doors, type DoorsContext } from './doors.ts'
import type { Exchange } from './exchange.ts'
import { type Injection, inPlace } from './injection.ts'
import { type Pardon, type PlayedRule, PlayedRules } from './played-rules.ts'
import { concerns, type LiveRule, Playing } from './playing.ts'
import type { Scenario } from './scenario.ts'
import { type Scripted, scriptedBy } from './scripted.ts'

export interface DirectorContext extends DoorsContext {
  /** The suite's; a scenario may pin its own. */
  seed: number
  lane: number
  /** Told of what is to play, and of what is to end (all, where no name is given), before it does. */
  cast?(change: Change): void
  /** @default every rule is to be met */
  pardon?: Pardon
}

/** What was asked of a director. */
export type Change = { kind: 'play'; scenario: Scenario; seed: number } | { kind: 'stop'; scenario: string | null }

const NOTHING: readonly Injection[] = []
const UNPARDONED: Pardon = () => undefined

/** Rules that may be about one operation, with the scenarios that they are of. */
type Candidates = readonly (readonly [Playing, readonly LiveRule[]])[]

/**
 * Decides what goes wrong with each exchange of one lane. The choice is made in one turn of the event loop: of sixteen simultaneous
 * requests exactly one is the first.
 */
export class Director {
  readonly #context: DirectorContext
  readonly #doors: Doors
  readonly #scripted = new Map<string, Scripted>()
  readonly #played = new PlayedRules()
  #playing: readonly Playing[] = []
  /** Filled as operations are asked for. */
  #candidates = new Map<Contract, Map<string, Candidates>>()

  constructor(context: DirectorContext) {
    this.#context = context
    this.#doors = new Doors(context, () => this.#playing)
  }

  /** What plays, in the order in which rules are asked. */
  get playing(): readonly Playing[] {
    return this.#playing
  }

  /** @throws MockSuiteError `unknown-scenario` when none of that name plays. */
  one(name: string): Playing {
    const found = this.#playing.find(({ scenario }) => scenario.name === name)
    if (found === undefined) throw this.#notPlaying('find', name)
    return found
  }

  /** Every failure that anything held ready that has played by now. */
  get scripted(): Scripted[] {
    return [...this.#scripted.values()]
  }

  /** Every rule that plays or has played, in all generations, or that was put to play in this one; and how often it matched. */
  played(since: 'start' | 'reset'): PlayedRule[] {
    return this.#played.all(since, this.#playing, this.#context.pardon ?? UNPARDONED)
  }

  /** What an exchange meets, the outermost first. */
  select(exchange: Exchange): readonly Injection[] {
    if (this.#playing.length === 0) return NOTHING
    this.#doors.catchUp()
    const shut = exchange.direction === 'in' ? this.#doors.shutting(exchange.contract.service) : undefined
    if (shut !== undefined) return [shut]
    const candidates = this.#about(exchange)
    return candidates.length === 0 ? NOTHING : choose(candidates, exchange)
  }

  /** Plays a scenario from now on; one of the same name is replaced where it stands, and begins anew. */
  play(scenario: Scenario, seed = scenario.seed ?? this.#context.seed): Playing {
    const { clock, lane } = this.#context
    this.#context.cast?.({ kind: 'play', scenario, seed })
    this.#enter(scenario)
    const root = { seed, lane, scenario: scenario.name }
    const playing = new Playing(scenario, root, clock.now(), {
      shut: (service, milliseconds, injection) => this.#doors.shut(service, milliseconds, injection),
      turned: () => this.#doors.turnSoon(),
    })
    const at = this.#playing.findIndex((other) => other.scenario.name === scenario.name)
    this.#cast(at === -1 ? [...this.#playing, playing] : this.#playing.with(at, playing), scenario.name)
    return playing
  }

  /**
   * Ends one scenario, or all; tells how many.
   *
   * @throws MockSuiteError `unknown-scenario` when none of that name plays.
   */
  stop(name?: string): number {
    const left = name === undefined ? [] : this.#playing.filter(({ scenario }) => scenario.name !== name)
    const stopped = this.#playing.length - left.length
    if (name !== undefined && stopped === 0) throw this.#notPlaying('stop', name)
    this.#context.cast?.({ kind: 'stop', scenario: name ?? null })
    this.#cast(left, name)
    return stopped
  }

  /** Counters back to nought, windows and phases from now on; what plays goes on playing. */
  reset(): void {
    const now = this.#context.clock.now()
    this.#played.renew(this.#playing, this.#context.pardon ?? UNPARDONED)
    for (const playing of this.#playing) playing.restart(now)
    this.#doors.renew()
  }

  /** A reset after which other contracts hold. */
  renew(): void {
    this.#candidates = new Map()
    for (const { scenario } of this.#playing) this.#enter(scenario)
    this.reset()
  }

  #enter(scenario: Scenario): void {
    for (const scripted of scriptedBy(scenario, this.#context.contracts)) this.#scripted.set(JSON.stringify(Object.values(scripted)), scripted)
  }

  /** @param changed The one that came or went; all when left out. */
  #cast(playing: readonly Playing[], changed?: string): void {
    for (const gone of this.#playing) if (!playing.includes(gone)) this.#played.keep(gone)
    this.#playing = playing
    this.#candidates = new Map()
    this.#doors.renew(changed)
  }

  #about(exchange: Exchange): Candidates {
    const { contract, operation = '', direction } = exchange
    let ofService = this.#candidates.get(contract)
    if (ofService === undefined) this.#candidates.set(contract, (ofService = new Map()))
    const key = direction === 'in' ? operation : '(callback)'
    let found = ofService.get(key)
    if (found === undefined) ofService.set(key, (found = this.#search(exchange)))
    return found
  }

  #search(exchange: Exchange): Candidates {
    return this.#playing.flatMap((playing) => {
      const rules = playing.rules.filter((live) => !live.standing && concerns(live, exchange))
      return rules.length === 0 ? [] : [[playing, rules] as const]
    })
  }

  #notPlaying(verb: 'find' | 'stop', name: string): MockSuiteError {
    const names = this.#playing.map(({ scenario }) => scenario.name)
    const hint = names.length === 0 ? ' Nothing plays.' : didYouMean(name, names) || ` What plays: ${names.join(', ')}.`
    return new MockSuiteError('unknown-scenario', `could not ${verb} ${name}: it does not play.${hint}`)
  }
}

function choose(candidates: Candidates, exchange: Exchange): readonly Injection[] {
  const asked = new Asked(exchange)
  const now = exchange.clock.now()
  let injections = NOTHING
  for (const [playing, rules] of candidates) {
    const met = playing.select(rules, asked, now)
    if (met.length > 0) injections = injections.length === 0 ? met : [...injections, ...met]
  }
  return injections.length === 0 ? NOTHING : inPlace(injections)
}
