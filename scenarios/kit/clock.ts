import { MockSuiteError } from '../../contracts/kit/error.ts'
import { span } from './duration.ts'
import { instant, LATEST } from './instant.ts'

/** A task on the clock. Cancelling it twice, or after it ran, does nothing. */
export interface Timer {
  cancel(): void
}

/** How a clock is moved by hand, or, `due`, by itself to what has fallen due. Durations and instants in milliseconds. */
export type Move = { kind: 'advance'; by: number } | { kind: 'freeze'; to: number } | { kind: 'resume' } | { kind: 'due' }

interface Due {
  at: number
  task: () => void
  /** Called instead of the task when a reset drops it; what has this is no work of its own, and is not counted. */
  dropped?: () => void
  /** Somebody in this process waits for it, perhaps nobody else: it keeps the process alive. */
  awaited?: boolean
}

/**
 * The clock of one lane: real time plus an offset, or frozen. Everything that the suite dates, waits for or lets expire asks it.
 * The service under test keeps its own clock.
 *
 * @example
 * import { Clock } from 'mock-suite'
 *
 * const clock = new Clock('2026-01-17T09:15:30Z')
 * clock.after('60s', () => console.log('the breaker half-opens'))
 * clock.advance('61s') // prints at once
 * clock.iso() // '2026-01-17T09:16:31.000Z'
 */
export class Clock {
  #offset = 0
  #frozenAt: number | undefined
  #due: Due[] = []
  #alarm: NodeJS.Timeout | undefined
  #stopped = false
  /** The instant that lasts, of a clock that runs. */
  #held: number | undefined
  #watcher: ((move: Move) => void) | undefined
  readonly #real: () => number
  readonly #start: number | undefined

  /** @param start An instant to stand still at; real time when left out. */
  constructor(start?: string | number, real: () => number = () => performance.timeOrigin + performance.now()) {
    this.#real = real
    this.#start = start === undefined ? undefined : instant(start)
    this.#frozenAt = this.#start
  }

  /** Milliseconds since 1970, whole. */
  now(): number {
    return this.#frozenAt ?? this.#held ?? Math.floor(this.#real() + this.#offset)
  }

  /** The instant as ISO 8601 in UTC. */
  iso(): string {
    return new Date(this.now()).toISOString()
  }

  get frozen(): boolean {
    return this.#frozenAt !== undefined
  }

  /** Tells each move before it is made. What follows from it is done in one instant, so that whoever makes the same moves again has the same day again. */
  watch(watcher: (move: Move) => void): void {
    this.#watcher = watcher
  }

  /** Lets the instant last, where time runs, until {@link release}. @returns Whether it did not last already: then it is the caller's to release. */
  hold(): boolean {
    if (this.#frozenAt !== undefined || this.#held !== undefined) return false
    this.#held = this.now()
    return true
  }

  release(): void {
    this.#held = undefined
  }

  /** Releases once all that follows from this turn of the event loop is done. */
  linger(): void {
    setImmediate(() => this.release())
  }

  /** Stands still, at the given instant or where it is. */
  freeze(at: string | number = this.now()): void {
    const to = instant(at)
    this.#watcher?.({ kind: 'freeze', to })
    this.#jump(to)
    this.#frozenAt = this.now()
    this.#held = undefined
    this.#arm()
  }

  /** Runs on from where it stands. */
  resume(): void {
    if (this.#frozenAt === undefined) return
    this.#watcher?.({ kind: 'resume' })
    this.#offset = this.#frozenAt - this.#real()
    this.#frozenAt = undefined
    this.#arm()
  }

  /**
   * Moves on by a duration; what falls due on the way happens in its order, each at its own instant.
   *
   * @returns How many tasks ran.
   * @throws MockSuiteError `bad-duration` when it is no duration, leads past the year 9999, or makes more tasks run than anybody can have meant.
   */
  advance(by: string | number): number {
    const distance = Math.round(span(by, 'advance by'))
    if (this.now() + distance > LATEST)
      throw new MockSuiteError('bad-duration', `could not advance by ${by} from ${this.iso()}: Python knows no year after 9999. Advance by less.`)
    return this.#move({ kind: 'advance', by: distance }, distance)
  }

  #move(move: Move, distance: number): number {
    const mine = this.#watcher !== undefined && this.hold()
    try {
      this.#watcher?.(move)
      return this.#run(this.now() + distance)
    } finally {
      if (mine) this.linger()
    }
  }

  #run(target: number): number {
    const due = this.#due
    let ran = 0
    try {
      for (let next = due[0]; next !== undefined && next.at <= target; next = due[0]) {
        if (ran === PATIENCE) throw runaway(this.iso())
        due.shift()
        this.#reach(next.at)
        ran += 1
        next.task()
        // The task reset the clock: the way that was to be gone is no more.
        if (this.#due !== due) return ran
      }
      this.#reach(target)
    } finally {
      this.#arm()
    }
    return ran
  }

  /**
   * Runs a task once when so much time has passed on this clock.
   *
   * @throws MockSuiteError `bad-duration`
   */
  after(delay: string | number, task: () => void): Timer {
    const due = { at: this.now() + Math.ceil(span(delay, 'wait')), task }
    if (!this.#stopped) this.#insert(due)
    this.#arm()
    return { cancel: () => this.#remove(due) }
  }

  /** Like {@link after}, at an instant in milliseconds, for what merely follows the clock: it is not counted as waiting, nor as dropped. */
  at(instant: number, task: () => void, dropped: () => void = () => {}): Timer {
    return this.#follow({ at: Math.ceil(instant), task, dropped })
  }

  /** Waits until an instant, in milliseconds. @returns Whether it came: a reset drops what waits. */
  until(instant: number): Promise<boolean> {
    if (instant <= this.now()) return Promise.resolve(true)
    return new Promise((resolve) => {
      this.#follow({ at: Math.ceil(instant), task: () => resolve(true), dropped: () => resolve(false), awaited: true })
    })
  }

  /** How many tasks wait. */
  get pending(): number {
    return this.#due.filter(({ dropped }) => dropped === undefined).length
  }

  /** Back to how it started, with nothing left to do; returns how many tasks were dropped. */
  reset(): number {
    const before = this.#due
    this.#due = []
    this.#offset = 0
    this.#held = undefined
    this.#frozenAt = this.#start
    this.#arm()
    for (const { dropped } of before) dropped?.()
    return before.filter(({ dropped }) => dropped === undefined).length
  }

  /** Drops what is to be done, and stays where it is; who only follows the clock, as one who waits does, goes on. @returns how many tasks were dropped. */
  forget(): number {
    const before = this.#due.length
    // In place: somebody may be moving the clock on.
    this.#due.splice(0, before, ...this.#due.filter(({ dropped }) => dropped !== undefined))
    this.#arm()
    return before - this.#due.length
  }

  /** Like a reset, but for good: from here on nothing is taken on. */
  stop(): void {
    this.#stopped = true
    this.reset()
  }

  /** A task may have taken its time, or have moved the clock on by itself: what it has passed it does not go back to. */
  #reach(at: number): void {
    this.#jump(Math.max(at, this.now()))
  }

  #jump(to: number): void {
    if (this.#frozenAt !== undefined) {
      this.#frozenAt = to
      return
    }
    this.#offset += to - this.now()
    if (this.#held !== undefined) this.#held = to
  }

  #follow(due: Due & Pick<Required<Due>, 'dropped'>): Timer {
    if (this.#stopped) due.dropped()
    else this.#insert(due)
    this.#arm()
    return { cancel: () => this.#remove(due) }
  }

  #tick(): void {
    const next = this.#due[0]
    if (next !== undefined && next.at <= this.now()) this.#move({ kind: 'due' }, 0)
    else this.#arm()
  }

  /** Behind all that is due no later: most of it is, so the search begins at the end. */
  #insert(due: Due): void {
    const at = this.#due.findLastIndex((other) => other.at <= due.at)
    this.#due.splice(at + 1, 0, due)
  }

  #remove(due: Due): void {
    const at = this.#due.indexOf(due)
    if (at !== -1) this.#due.splice(at, 1)
    this.#arm()
  }

  /** One real timer, for the task due first; it keeps no process alive but for somebody who waits. */
  #arm(): void {
    clearTimeout(this.#alarm)
    const next = this.#due[0]
    if (next === undefined || this.#frozenAt !== undefined) return
    this.#alarm = setTimeout(() => this.#tick(), Math.min(Math.max(next.at - this.now(), 0), 2 ** 31 - 1))
    if (!this.#due.some(({ awaited }) => awaited)) this.#alarm.unref()
  }
}

/** How many tasks one advance may run: a task that puts itself back on the clock must not hold the process for ever. */
const PATIENCE = 1_000_000

function runaway(at: string): MockSuiteError {
  return new MockSuiteError('bad-duration', `could not advance any further: at ${at} a million tasks had run, and more were due. Advance in smaller steps.`)
}
