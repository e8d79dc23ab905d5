import type { ClockAdvanced, ClockInfo } from '../../../contracts/control.ts'
import type { ControlClient } from './control-client.ts'

/** The clock of a lane's fakes; whoever asks them keeps its own. */
export class JoinedClock {
  readonly #client: ControlClient
  readonly #lane: number

  constructor(client: ControlClient, lane: number) {
    this.#client = client
    this.#lane = lane
  }

  /** Its instant, whether it stands still, and how many tasks wait on it. */
  read(): Promise<ClockInfo> {
    return this.#client.get('/v1/clock', { lane: this.#lane })
  }

  /** Moves it on, by `61s` or `2m` or `1h`; what falls due on the way happens at once, in order. */
  advance(by: string): Promise<ClockAdvanced> {
    return this.#client.post('/v1/clock/advance', { lane: this.#lane }, { by })
  }

  /** Stops it where it stands, or at an instant: `2026-01-17T09:15:30Z`. */
  freeze(at?: string): Promise<ClockInfo> {
    return this.#client.post('/v1/clock/freeze', { lane: this.#lane }, at === undefined ? {} : { at })
  }

  /** Lets it run on from where it stands. */
  resume(): Promise<ClockInfo> {
    return this.#client.post('/v1/clock/resume', { lane: this.#lane })
  }
}
