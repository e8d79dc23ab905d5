import type { Example } from '../finding.ts'

/** A stretch of one recording in which the real service called itself by one version. */
export interface Session {
  recording: string
  version: string | null
}

/** How often something was seen in one session, and when. */
export interface Seen {
  session: Session
  times: number
  firstAt: number
  lastAt: number
  example: Example
}

/** Counts by session; how often is told in exchanges. */
export class Sightings {
  readonly #seen = new Map<Session, Seen>()

  add(session: Session, at: number, example: Example): void {
    const seen = this.#seen.get(session)
    if (seen === undefined) {
      this.#seen.set(session, { session, times: 1, firstAt: at, lastAt: at, example })
      return
    }
    seen.times += 1
    seen.lastAt = Math.max(seen.lastAt, at)
    if (at < seen.firstAt) Object.assign(seen, { firstAt: at, example })
  }

  absorb({ session, times, firstAt, lastAt, example }: Seen): void {
    const seen = this.#seen.get(session)
    if (seen === undefined) this.#seen.set(session, { session, times, firstAt, lastAt, example })
    else this.#seen.set(session, { ...seen, times: seen.times + times, firstAt: Math.min(seen.firstAt, firstAt), lastAt: Math.max(seen.lastAt, lastAt) })
  }

  in(session: Session): Seen | undefined {
    return this.#seen.get(session)
  }

  /** In order of time. */
  get all(): Seen[] {
    return [...this.#seen.values()].sort((one, other) => one.firstAt - other.firstAt)
  }
}
