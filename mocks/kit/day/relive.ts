import type { Act, BundledEntry, LaneBundle, WrittenScenario } from '../../../contracts/bundle.ts'
import { readJson } from '../../../contracts/kit/json.ts'
import type { WireRequest } from '../../../contracts/kit/message.ts'
import type { Outcome } from '../../../scenarios/kit/outcome.ts'
import type { ScenarioInput } from '../../../scenarios/kit/scenario.ts'
import type { Conductor } from '../acts.ts'
import type { Lane } from '../lane.ts'
import type { ScenarioSource, ScenarioText } from '../load-scenario.ts'

/** What a day is done again from. */
export interface Past extends Pick<LaneBundle, 'day' | 'options'> {
  entries: readonly BundledEntry[]
}

/** Another version has other tables, or other words for scenarios. */
export interface Undone {
  act: Act
  why: string
}

type Play = (source: ScenarioSource | ScenarioText, seed: number) => Promise<unknown>

/**
 * Does a day again in a fresh lane whose clock stands still at the instant at which the former one was born: every request and every act in the order in
 * which they came then, each at its own instant. Nobody waits, and nothing leaves: what receivers of webhooks said they say again.
 * Told are the acts that cannot be done any more.
 */
export async function relive(lane: Lane, { day, options, entries }: Past, play: Play): Promise<Undone[]> {
  const again = new Again(lane, play)
  lane.acts.conductor = again
  for (const [service, address] of Object.entries(options.addresses)) lane.addresses.set(service, address)
  lane.clock.freeze(day.start.since)
  for (const { written, seed } of day.start.playing) await play(sourceOf(written), seed)

  const asked = new Map(entries.filter(({ _mockSuite: { direction } }) => direction === 'in').map((entry) => [entry._mockSuite.arrival, entry]))
  const acts = byArrival(day.acts)
  // Numbers of webhooks are not among them: those begin by themselves.
  const numbers = new Set([...asked.keys(), ...acts.keys()])
  for (const arrival of [...numbers].sort((one, other) => one - other)) {
    const entry = asked.get(arrival)
    if (entry !== undefined) await again.ask(entry)
    for (const act of acts.get(arrival) ?? []) await again.do(act)
  }
  await turn()
  return again.undone
}

function byArrival(acts: readonly Act[]): Map<number, Act[]> {
  const sorted = new Map<number, Act[]>()
  for (const act of acts) {
    const known = sorted.get(act.after)
    if (known === undefined) sorted.set(act.after, [act])
    else known.push(act)
  }
  return sorted
}

/** All that follows from what has been done is done when the event loop comes round. */
const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

class Again implements Conductor {
  readonly #lane: Lane
  readonly #play: Play
  readonly #turns = new Gates<void>()
  readonly #calls = new Gates<Outcome>()
  readonly undone: Undone[] = []

  constructor(lane: Lane, play: Play) {
    this.#lane = lane
    this.#play = play
  }

  turn(arrival: number): Promise<void> {
    return this.#turns.wait(arrival)
  }

  heard(call: number): Promise<Outcome> {
    return this.#calls.wait(call)
  }

  async ask(entry: BundledEntry): Promise<void> {
    await turn()
    const { service, unreadable } = entry._mockSuite
    const door = this.#lane.service(service)
    this.#lane.clock.freeze(Date.parse(entry.startedDateTime))
    void (unreadable === null ? door.handle(requestOf(entry)) : door.unreadable(requestOf(entry), unreadable))
  }

  async do(act: Act): Promise<void> {
    await turn()
    try {
      await this.#do(act)
    } catch (error) {
      this.undone.push({ act, why: (error as Error).message })
    }
  }

  async #do(act: Act): Promise<void> {
    const { clock, director, store } = this.#lane
    clock.freeze(act.at)
    if (act.kind === 'due') clock.advance(0)
    if (act.kind === 'advance') clock.advance(act.by)
    if (act.kind === 'freeze') clock.freeze(act.to)
    if (act.kind === 'end') this.#lane.end()
    if (act.kind === 'answer') this.#turns.open(act.arrival)
    if (act.kind === 'heard') this.#calls.open(act.call, outcomeOf(act.status))
    if (act.kind === 'play') await this.#play(sourceOf(act.written), act.seed)
    if (act.kind === 'stop' && (act.scenario === null || director.playing.some(({ scenario }) => scenario.name === act.scenario)))
      director.stop(act.scenario ?? undefined)
    if (act.kind === 'put') store.table(act.table).put(rowOf(act.record))
    if (act.kind === 'delete') store.table(act.table).delete(act.key)
  }
}

/** Numbered gates: who comes to one that is shut waits until it opens. */
class Gates<T> {
  readonly #waiting = new Map<number, (value: T) => void>()
  readonly #open = new Map<number, T>()

  wait(number: number): Promise<T> {
    if (this.#open.has(number)) return Promise.resolve(this.#open.get(number) as T)
    return new Promise((resolve) => void this.#waiting.set(number, resolve))
  }

  open(number: number, value: T): void {
    this.#open.set(number, value)
    this.#waiting.get(number)?.(value)
  }
}

function requestOf({ request: { method, headers, postData }, _mockSuite: { target, too_large: tooLarge, gone } }: BundledEntry): WireRequest {
  const body = postData === undefined ? Buffer.alloc(0) : Buffer.from(postData.text, postData._encoding ?? 'utf8')
  return { method, target, rawHeaders: headers.flatMap(({ name, value }) => [name, value]), body, tooLarge, gone }
}

function outcomeOf(status: number | null): Outcome {
  return status === null ? { kind: 'close' } : { kind: 'reply', reply: { status, headers: [], body: '' } }
}

function sourceOf(written: WrittenScenario | null): ScenarioSource | ScenarioText {
  if (written === null) throw new TypeError('a scenario is not written down')
  return 'text' in written ? written : (written.scenario as unknown as ScenarioInput)
}

function rowOf(record: string): object {
  const read = readJson(Buffer.from(record), true)
  return ('value' in read ? read.value : {}) as object
}
