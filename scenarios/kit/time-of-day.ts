import { instant } from './instant.ts'

/** The real one: under the false timers of somebody's test an instant would last for ever. */
const soon = setImmediate

/** Which instant it is: real time plus an offset, frozen, or held for a moment. */
export class TimeOfDay {
  #offset = 0
  #frozenAt: number | undefined
  /** The instant that lasts, where time runs. */
  #held: number | undefined
  #lingers = false
  readonly #real: () => number
  readonly #start: number | undefined

  constructor(start: string | number | undefined, real: () => number) {
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

  /** Does something in one instant, where time runs; it is over with it, also when it fails, unless it was to {@link linger}. */
  holding<T>(work: () => T): T {
    if (this.#frozenAt !== undefined || this.#held !== undefined) return work()
    this.#held = this.now()
    try {
      return work()
    } finally {
      if (!this.#lingers) this.#held = undefined
    }
  }

  /** Lets the instant last, where time runs, until all that follows from this turn of the event loop is done. */
  linger(): void {
    if (this.#frozenAt !== undefined) return
    this.#held ??= this.now()
    if (this.#lingers) return
    this.#lingers = true
    soon(() => {
      this.#lingers = false
      this.#held = undefined
    })
  }

  protected jump(to: number): void {
    if (this.#frozenAt !== undefined) {
      this.#frozenAt = to
      return
    }
    this.#offset += to - this.now()
    if (this.#held !== undefined) this.#held = to
  }

  protected standStill(at: number): void {
    this.#frozenAt = at
    this.#held = undefined
  }

  protected runOn(): void {
    this.#offset = this.now() - this.#real()
    this.#frozenAt = undefined
  }

  protected beginAgain(): void {
    this.#offset = 0
    this.#held = undefined
    this.#frozenAt = this.#start
  }
}
