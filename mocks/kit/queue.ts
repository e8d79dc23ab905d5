import type { Clock } from '../../scenarios/kit/clock.ts'

/** The callbacks of one service in the order in which they go. At most one waits to be overtaken: of two that let each other pass neither would go. */
export class Queue {
  readonly #clock: Clock
  #letPass: ((next: Promise<unknown>) => void) | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** One goes: who waited for it follows once it has gone, however long that takes in real time. */
  go<T>(sending: Promise<T>): Promise<T> {
    this.#letPass?.(sending)
    return sending
  }

  /** From an instant on, waits to be overtaken, but no longer than so many milliseconds; tells when that was. A reset leaves it waiting for ever. */
  wait(from: number, milliseconds: number): Promise<number> {
    if (this.#letPass !== undefined) return Promise.resolve(from)
    return new Promise((resolve) => {
      const over = () => {
        this.#letPass = undefined
      }
      const late = () => {
        over()
        resolve(from + milliseconds)
      }
      const timer = this.#clock.at(from + milliseconds, late, over)
      this.#letPass = (next) => {
        const at = this.#clock.now()
        timer.cancel()
        over()
        next.then(() => resolve(at))
      }
    })
  }
}
