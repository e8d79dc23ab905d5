/** Something under way that belongs to one generation. */
export interface Pass {
  /** A reset has come between. */
  readonly late: boolean
  /** It is over, one way or another. Twice does nothing. */
  leave(): void
}

/** Counts resets, and what is under way: what began in an earlier generation may not write into this one. */
export class Fence {
  #generation = 0
  #underWay = new Set<() => void>()
  #emptied = () => {}

  get generation(): number {
    return this.#generation
  }

  /** @param cut Called by a reset, and in the end, when this is still under way. */
  enter(cut: () => void = () => {}): Pass {
    const born = this.#generation
    const isLate = () => born !== this.#generation
    const mine = () => cut()
    this.#underWay.add(mine)
    return {
      get late() {
        return isLate()
      },
      leave: () => {
        if (this.#underWay.delete(mine) && this.#underWay.size === 0) this.#emptied()
      },
    }
  }

  /** Whether anything is under way. */
  get busy(): boolean {
    return this.#underWay.size > 0
  }

  /** Settles when nothing is under way for once; for one who waits. */
  emptied(): Promise<void> {
    return new Promise((resolve) => {
      this.#emptied = resolve
    })
  }

  /** Begins the next generation; tells how much of the old one was turned away. */
  reset(): number {
    this.#generation += 1
    return this.end()
  }

  /** Turns away what is under way. No generation follows: it may still say how it ended. */
  end(): number {
    const before = this.#underWay
    this.#underWay = new Set()
    for (const cut of before) cut()
    this.#emptied()
    return before.size
  }
}
