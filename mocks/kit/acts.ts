import { type Act, type DayStart, MOST_ACTS, type WrittenScenario } from '../../contracts/bundle.ts'
import type { Clock } from '../../scenarios/kit/clock.ts'
import type { Change } from '../../scenarios/kit/director.ts'
import type { Outcome } from '../../scenarios/kit/outcome.ts'
import type { Scenario } from '../../scenarios/kit/scenario.ts'
import { originalOf } from '../../scenarios/kit/written.ts'
import type { Life } from './life.ts'

/** What there is to tell of an act; when it was done is told by the clock. */
type Told = Act extends infer One ? (One extends Act ? Omit<One, 'at' | 'after'> : never) : never

/** Who does a day again: when a request that was held back reaches its fake, and what the receivers of webhooks say, is known already. */
export interface Conductor {
  turn(arrival: number): Promise<void>
  heard(call: number): Promise<Outcome>
}

/** How much of texts and records is kept. */
const BYTES = 16 * 1024 * 1024

/**
 * What was done to one lane since its last reset, besides asking it, and how it lies between the exchanges: with these, all of its day can be done again.
 * Bounded; what is past the bound is counted, and the day cannot be had again.
 */
export class Acts {
  /** There while a day is done again. */
  conductor: Conductor | undefined
  readonly #clock: Clock
  #log: Act[] = []
  #bytes = 0
  #dropped = 0
  #arrivals = 0
  #calls = 0
  #day = 0
  #start: DayStart
  readonly #underWay = new Map<number, Life>()

  constructor(clock: Clock) {
    this.#clock = clock
    this.#start = this.#startFrom(clock.now(), [])
  }

  /** Where the day began: when its lane started, or with the last reset. */
  get start(): DayStart {
    return this.#start
  }

  /** A day begins, in a world of that instant. */
  begin(born: number, playing: readonly Playing[]): void {
    this.#start = this.#startFrom(born, playing)
  }

  /** How many exchanges have begun. */
  get arrivals(): number {
    return this.#arrivals
  }

  get log(): readonly Act[] {
    return this.#log
  }

  get dropped(): number {
    return this.#dropped
  }

  /** Exchanges that wait for something, by their arrival. */
  get underWay(): ReadonlyMap<number, Life> {
    return this.#underWay
  }

  /** An exchange begins; told is the how manieth it is. */
  arrive(): number {
    this.#arrivals += 1
    return this.#arrivals
  }

  /** One that is not over at once. */
  wait(life: Life): void {
    this.#underWay.set(life.arrival, life)
  }

  settle(life: Life): void {
    if (this.#underWay.get(life.arrival) === life) this.#underWay.delete(life.arrival)
  }

  /** A request goes on to its fake. Where it had to wait, others may have come between; of an earlier day it is nobody's any more. */
  reach(life: Life): void {
    if (this.#underWay.get(life.arrival) === life) this.add({ kind: 'answer', arrival: life.arrival })
  }

  /** Asks somebody outside. What they say, and when, is not ours to foresee. */
  async hear(ask: () => Promise<Outcome>): Promise<Outcome> {
    this.#calls += 1
    const [call, day] = [this.#calls, this.#day]
    const outcome = await (this.conductor === undefined ? ask() : this.conductor.heard(call))
    this.#clock.linger()
    if (day === this.#day) this.add({ kind: 'heard', call, status: outcome.kind === 'reply' ? outcome.reply.status : null })
    return outcome
  }

  add(told: Told): void {
    const weight = weigh(told)
    if (this.#log.length >= MOST_ACTS || this.#bytes + weight > BYTES) {
      this.#dropped += 1
      return
    }
    this.#bytes += weight
    this.#log.push({ ...told, at: this.#clock.now(), after: this.#arrivals } as Act)
  }

  /** Something comes on, or goes. */
  cast(change: Change): void {
    this.#clock.linger()
    if (change.kind === 'stop') this.add(change)
    else this.add({ kind: 'play', ...toldPlaying({ scenario: change.scenario, root: change }) })
  }

  #startFrom(born: number, playing: readonly Playing[]): DayStart {
    return { born, since: this.#clock.now(), frozen: this.#clock.frozen, playing: playing.map(toldPlaying) }
  }

  /** All that begins with a reset begins in one instant. */
  reset(): void {
    this.#clock.linger()
    this.#log = []
    this.#bytes = 0
    this.#dropped = 0
    this.#arrivals = 0
    this.#calls = 0
    this.#day += 1
    this.#underWay.clear()
  }
}

type Playing = Parameters<typeof toldPlaying>[0]

/** Nothing is known of how one is written that was not read by us: it cannot be written down. */
function toldPlaying({ scenario, root: { seed } }: { scenario: Scenario; root: { seed: number } }): DayStart['playing'][number] {
  return { scenario: scenario.name, written: (originalOf(scenario) as WrittenScenario | undefined) ?? null, seed }
}

function weigh(told: Told): number {
  if (told.kind === 'put') return told.record.length
  if (told.kind !== 'play' || told.written === null) return 0
  return 'text' in told.written ? told.written.text.length : JSON.stringify(told.written).length
}
