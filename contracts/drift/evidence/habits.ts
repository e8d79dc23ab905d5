import { differences, type ShapeDifference } from '../shape/differences.ts'
import type { TextFormat } from '../shape/text-format.ts'
import { Shape } from '../shape.ts'
import type { Session } from './sightings.ts'

/** A change that the contract leaves room for, and that clients may still trip over: times without their zone, a member that never comes any more. */
export interface HabitChange {
  pointer: string
  change: 'type' | 'format' | 'removed'
  was: string
  is: string
  seen: { times: number; of: number }
  before: Era
  after: Era
}

interface Era {
  session: Session
  firstAt: number
  lastAt: number
  /** Counted from 0. */
  entry: number
}

/** What a few values do not prove: that a member which may be left out never comes. */
const ENOUGH = 5

/** Formats that no text has by chance. Digits and hexadecimal ones look alike until one of them does not. */
const TELLING: ReadonlySet<string> = new Set<TextFormat>(['uuid', 'datetime', 'zoned-datetime', 'naive-datetime', 'date', 'time', 'email', 'url', 'jwt'])

/** What replies of one status were like in the session that is read, beside all that were read before: two shapes, however many sessions there are. */
export class Habits {
  readonly #changes: HabitChange[] = []
  #earlier: { shape: Shape; era: Era } | undefined
  #latest: { shape: Shape; era: Era } | undefined

  learn(session: Session, at: number, entry: number, body: object): void {
    if (this.#latest?.era.session !== session) this.#turn({ shape: new Shape(), era: { session, firstAt: at, lastAt: at, entry } })
    const latest = this.#latest as { shape: Shape; era: Era }
    latest.era.lastAt = Math.max(latest.era.lastAt, at)
    latest.shape.learn(body)
  }

  /** What the replies of all sessions have in common. */
  get all(): Shape {
    const all = new Shape()
    for (const learned of [this.#earlier, this.#latest]) if (learned !== undefined) all.absorb(learned.shape)
    return all
  }

  /** Every change from the sessions before to one that came later; a session that is older than what was read tells of none. */
  get changes(): readonly HabitChange[] {
    return [...this.#changes, ...this.#sinceEarlier()]
  }

  #turn(next: { shape: Shape; era: Era }): void {
    this.#changes.push(...this.#sinceEarlier())
    if (this.#latest !== undefined) {
      if (this.#earlier === undefined) this.#earlier = this.#latest
      else {
        this.#earlier.shape.absorb(this.#latest.shape)
        if (this.#latest.era.lastAt > this.#earlier.era.lastAt) this.#earlier.era = this.#latest.era
      }
    }
    this.#latest = next
  }

  #sinceEarlier(): HabitChange[] {
    const [before, after] = [this.#earlier, this.#latest]
    if (before === undefined || after === undefined || after.era.firstAt < before.era.lastAt) return []
    return differences(after.shape, before.shape).flatMap((difference) => {
      const change = changeOf(difference)
      if (change === undefined) return []
      const { pointer, realSays: is, fakeSays: was, of } = difference
      return [{ pointer, change, was, is, seen: { times: of.real, of: of.real }, before: before.era, after: after.era }]
    })
  }
}

function changeOf({ kind, realSays, fakeSays, counts, of }: ShapeDifference): HabitChange['change'] | undefined {
  switch (kind) {
    case 'type':
      return 'type'
    case 'format':
      return TELLING.has(realSays) || TELLING.has(fakeSays) ? 'format' : undefined
    case 'extra':
      return counts.fake === of.fake && Math.min(of.fake, of.real) >= ENOUGH ? 'removed' : undefined
    default:
      return undefined
  }
}
