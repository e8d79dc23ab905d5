/** Something that is to be done at an instant of a clock. */
export interface Due {
  at: number
  task: () => void
  /** Called instead of the task when a reset drops it; what has this is no work of its own, and is not counted. */
  dropped?: () => void
  /** Somebody in this process waits for it, perhaps nobody else: it keeps the process alive. */
  awaited?: boolean
}

/** What is to be done, in the order of its instants; what is due at one instant in the order in which it was entered. */
export class Agenda {
  readonly #due: Due[] = []

  get first(): Due | undefined {
    return this.#due[0]
  }

  /** Whether somebody waits for any of it. */
  get awaited(): boolean {
    return this.#due.some(({ awaited }) => awaited)
  }

  /** How much of it is work of its own. */
  get pending(): number {
    return this.#due.filter(({ dropped }) => dropped === undefined).length
  }

  /** Takes the first out. */
  shift(): void {
    this.#due.shift()
  }

  /** Behind all that is due no later: most of it is, so the search begins at the end. */
  insert(due: Due): void {
    const at = this.#due.findLastIndex((other) => other.at <= due.at)
    this.#due.splice(at + 1, 0, due)
  }

  remove(due: Due): void {
    const at = this.#due.indexOf(due)
    if (at !== -1) this.#due.splice(at, 1)
  }

  /** Takes out what is work of its own; tells how much that was. */
  forget(): number {
    const before = this.#due.length
    this.#due.splice(0, before, ...this.#due.filter(({ dropped }) => dropped !== undefined))
    return before - this.#due.length
  }

  /** Nothing of it will be done: tells those who are to hear of it. */
  drop(): void {
    for (const { dropped } of this.#due) dropped?.()
  }
}
