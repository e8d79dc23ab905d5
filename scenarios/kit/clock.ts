import { MockSuiteError } from '../../contracts/kit/error.ts'
import { Agenda, type Due } from './agenda.ts'
import { span } from './duration.ts'
import { instant, LATEST } from './instant.ts'
import { TimeOfDay } from './time-of-day.ts'

/** A task on the clock. Cancelling it twice, or after it ran, does nothing. */
export interface Timer {
  cancel(): void
}

/** How a clock is moved by hand, or, `due`, by itself to what has fallen due. Durations and instants in milliseconds. */
export type Move = { kind: 'advance'; by: number } | { kind: 'freeze'; to: number } | { kind: 'resume' } | { kind: 'due' }

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
export class Clock extends TimeOfDay {
  #agenda = new Agenda()
  #alarm: NodeJS.Timeout | undefined
  #stopped = false
  #watcher: ((move: Move) => void) | undefined

  /** @param start An instant to stand still at; real time when left out. */
  constructor(start?: string | number, real: () => number = () => performance.timeOrigin + performance.now()) {
    super(start, real)
  }

  /** Tells each move before it is made. What follows from it is done in one instant, so that whoever makes the same moves again has the same day again. */
  watch(watcher: (move: Move) => void): void {
    this.#watcher = watcher
  }

  /** Stands still, at the given instant or where it is. */
  freeze(at: string | number = this.now()): void {
    const to = instant(at)
    this.#watcher?.({ kind: 'freeze', to })
    this.standStill(to)
    this.#arm()
  }

  /** Runs on from where it stands. */
  resume(): void {
    if (!this.frozen) return
    this.#watcher?.({ kind: 'resume' })
    this.runOn()
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
    if (this.#watcher !== undefined) this.linger()
    this.#watcher?.(move)
    return this.#run(this.now() + distance)
  }

  #run(target: number): number {
    const agenda = this.#agenda
    let ran = 0
    try {
      for (let next = agenda.first; next !== undefined && next.at <= target; next = agenda.first) {
        if (ran === PATIENCE) throw runaway(this.iso())
        agenda.shift()
        this.#reach(next.at)
        ran += 1
        next.task()
        // The task reset the clock: the way that was to be gone is no more.
        if (this.#agenda !== agenda) return ran
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
    if (!this.#stopped) this.#agenda.insert(due)
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
    return this.#agenda.pending
  }

  /** Back to how it started, with nothing left to do; returns how many tasks were dropped. */
  reset(): number {
    const before = this.#agenda
    this.#agenda = new Agenda()
    this.beginAgain()
    this.#arm()
    before.drop()
    return before.pending
  }

  /** Drops what is to be done, and stays where it is; who only follows the clock, as one who waits does, goes on. @returns how many tasks were dropped. */
  forget(): number {
    // Not another agenda: somebody may be moving the clock on.
    const forgotten = this.#agenda.forget()
    this.#arm()
    return forgotten
  }

  /** Like a reset, but for good: from here on nothing is taken on. */
  stop(): void {
    this.#stopped = true
    this.reset()
  }

  /** A task may have taken its time, or have moved the clock on by itself: what it has passed it does not go back to. */
  #reach(at: number): void {
    this.jump(Math.max(at, this.now()))
  }

  #follow(due: Due & Pick<Required<Due>, 'dropped'>): Timer {
    if (this.#stopped) due.dropped()
    else this.#agenda.insert(due)
    this.#arm()
    return { cancel: () => this.#remove(due) }
  }

  #tick(): void {
    const next = this.#agenda.first
    if (next !== undefined && next.at <= this.now()) this.#move({ kind: 'due' }, 0)
    else this.#arm()
  }

  #remove(due: Due): void {
    this.#agenda.remove(due)
    this.#arm()
  }

  /** One real timer, for the task due first; it keeps no process alive but for somebody who waits. */
  #arm(): void {
    clearTimeout(this.#alarm)
    const next = this.#agenda.first
    if (next === undefined || this.frozen) return
    this.#alarm = setTimeout(() => this.#tick(), Math.min(Math.max(next.at - this.now(), 0), 2 ** 31 - 1))
    if (!this.#agenda.awaited) this.#alarm.unref()
  }
}

/** How many tasks one advance may run: a task that puts itself back on the clock must not hold the process for ever. */
const PATIENCE = 1_000_000

function runaway(at: string): MockSuiteError {
  return new MockSuiteError('bad-duration', `could not advance any further: at ${at} a million tasks had run, and more were due. Advance in smaller steps.`)
}
