import type { Listening } from './transports/open-server.ts'

/** The ports of one lane, as scenarios shut them and open them again. */
export class Shutters {
  readonly #doors = new Map<string, Listening['shut']>()
  /** Whose ports are to be shut. */
  readonly #shut = new Set<string>()
  readonly #turning = new Set<Promise<void>>()
  readonly #complain: (message: string) => void

  constructor(complain: (message: string) => void) {
    this.#complain = complain
  }

  opened(service: string, shut: Listening['shut']): void {
    this.#doors.set(service, shut)
    // What plays from the start has shut it before there was anything to shut.
    if (this.#shut.has(service)) this.turn(service, true)
  }

  closed(service: string): void {
    this.#doors.delete(service)
    this.#shut.delete(service)
  }

  turn(service: string, shut: boolean): void {
    if (shut) this.#shut.add(service)
    else this.#shut.delete(service)
    const turning = this.#doors
      .get(service)?.(shut)
      .catch((error: Error) => {
        this.#complain(`could not open the port of ${service} again: ${error.message}. It stays shut until the next try.`)
      })
    if (turning === undefined) return
    this.#turning.add(turning)
    turning.finally(() => this.#turning.delete(turning))
  }

  /** Settles when every port is as it was last wanted: who is told so may knock. */
  async settled(): Promise<void> {
    await Promise.all(this.#turning)
  }
}
