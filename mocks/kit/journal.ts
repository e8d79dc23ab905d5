import type { Entry } from '../../contracts/control.ts'
import type { Problem } from '../../contracts/kit/problem.ts'
import { type Happening, tell, weigh } from './happening.ts'
import { type Asked, Tally } from './tally.ts'
import { Docket, type Pardoned } from './verify/docket.ts'

export type { Entry } from '../../contracts/control.ts'
export { type Happening, keptRequest } from './happening.ts'

export interface JournalFilter {
  service?: string | undefined
  operation?: string | undefined
  status?: number | undefined
  /** Only what this fault struck. */
  fault?: string | undefined
  /** Only requests that no operation took. */
  unmatched?: boolean | undefined
  /** Only requests that were refused, and those that no operation took. */
  refused?: boolean | undefined
  /** Only what came after this number. */
  since?: number | undefined
  limit?: number | undefined
}

/** How much one lane keeps of bodies, addresses and headers, unless told otherwise. */
const BYTES = 32 * 1024 * 1024

/** All that happened in one lane, bounded in number and in bytes; the oldest make room and are counted. */
export class Journal {
  /** Counts everything, for good: neither a reset nor the bound takes anything out of it. */
  readonly tally = new Tally()
  /** What went wrong, by what it was: as exact as the tally. */
  readonly docket = new Docket()
  /** What the tally said at the last reset. */
  #before: Asked = new Map()
  readonly #lane: number
  readonly #limit: number
  readonly #byteLimit: number
  readonly #complain: (message: string) => void
  #ring: (Happening | undefined)[] = []
  #weights: number[] = []
  #total = 0
  #dropped = 0
  #bytes = 0
  readonly #watchers = new Set<() => void>()
  #refused: ((happening: Happening, problem: NonNullable<Happening['problem']>, seq: number) => void) | undefined

  constructor(lane: number, limit: number, byteLimit = BYTES, complain: (message: string) => void = () => {}) {
    this.#lane = lane
    this.#limit = limit
    this.#byteLimit = byteLimit
    this.#complain = complain
  }

  /** How many happened since the last reset. */
  get total(): number {
    return this.#total
  }

  /** How many of them made room for newer ones. */
  get dropped(): number {
    return this.#dropped
  }

  /** @param problem All that is known of a refusal; nothing of it is kept but what counts it. */
  add(happening: Happening, problem?: Problem): void {
    this.#total += 1
    this.tally.add(happening)
    if (problem !== undefined || happening.failure !== undefined || happening.violations.length > 0) this.docket.add(happening, problem, this.#total)
    if (this.#limit > 0) this.#keep(happening)
    else this.#dropped += 1
    const { problem: kind } = happening
    if (kind !== undefined && this.#refused !== undefined) this.#tell(() => this.#refused?.(happening, kind, this.#total))
    if (this.#watchers.size > 0) for (const watcher of this.#watchers) this.#tell(watcher)
  }

  /** The exchanges that the filter lets through, oldest first; with a limit, the newest of them. */
  entries(filter: JournalFilter = {}): Entry[] {
    const { since = 0, limit = Number.POSITIVE_INFINITY } = filter
    const found: Entry[] = []
    for (let seq = this.#total; seq > Math.max(this.#dropped, since) && found.length < limit; seq -= 1) {
      const happening = this.#kept(seq)
      if (passes(happening, filter)) found.push(tell(happening, this.#lane, seq))
    }
    return found.reverse()
  }

  /** One exchange by its number; nothing when it has not happened yet, or has made room. */
  entry(seq: number): Entry | undefined {
    return seq > this.#dropped && seq <= this.#total ? tell(this.#kept(seq), this.#lane, seq) : undefined
  }

  /** All that it still has, as it was kept, oldest first. */
  all(): { seq: number; happening: Happening }[] {
    return Array.from({ length: this.#total - this.#dropped }, (_, at) => ({ seq: this.#dropped + at + 1, happening: this.#kept(this.#dropped + at + 1) }))
  }

  /** One exchange as it was kept, while it is. */
  kept(seq: number): Happening | undefined {
    return seq > this.#dropped && seq <= this.#total ? this.#kept(seq) : undefined
  }

  /** Calls at every request that is refused, in its path, so be brief. There is one listener. */
  onRefused(listener: (happening: Happening, problem: NonNullable<Happening['problem']>, seq: number) => void): void {
    this.#refused = listener
  }

  /** Calls at every exchange, in its path, so be brief; returns how to stop. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher)
    return () => this.#watchers.delete(watcher)
  }

  /** Tells each exchange as it happens; returns how to stop. */
  follow(listener: (entry: Entry) => void): () => void {
    return this.watch(() => {
      const entry = this.entry(this.#total)
      if (entry !== undefined) listener(entry)
    })
  }

  /** How often each service had been asked when the last reset came. */
  get askedBefore(): Asked {
    return this.#before
  }

  /** @param pardoned What of this generation was meant. */
  reset(pardoned?: Pardoned): void {
    this.#before = this.tally.asked
    this.docket.renew(pardoned)
    this.#ring = []
    this.#weights = []
    this.#total = 0
    this.#dropped = 0
    this.#bytes = 0
  }

  /** Whoever watches stands in the path of a request, and may not be its end. */
  #tell(watcher: () => void): void {
    try {
      watcher()
    } catch (error) {
      this.#complain(`a listener to the journal failed: ${error instanceof Error ? error.stack : String(error)}`)
    }
  }

  #keep(happening: Happening): void {
    if (this.#total - this.#dropped > this.#limit) this.#dropOldest()
    const at = (this.#total - 1) % this.#limit
    this.#ring[at] = happening
    this.#weights[at] = weigh(happening)
    this.#bytes += this.#weights[at]
    while (this.#bytes > this.#byteLimit) this.#dropOldest()
  }

  #dropOldest(): void {
    const at = this.#dropped % this.#limit
    this.#bytes -= this.#weights[at] as number
    this.#ring[at] = undefined
    this.#dropped += 1
  }

  #kept(seq: number): Happening {
    return this.#ring[(seq - 1) % this.#limit] as Happening
  }
}

function passes(happening: Happening, { service, operation, status, fault, unmatched, refused }: JournalFilter): boolean {
  if (service !== undefined && happening.contract.service !== service) return false
  if (operation !== undefined && happening.operation !== operation) return false
  if (fault !== undefined && !happening.injections.some((injection) => injection.fault === fault)) return false
  if (unmatched === true && (happening.operation !== undefined || happening.direction === 'out')) return false
  if (refused === true && happening.problem === undefined && (happening.operation !== undefined || happening.direction === 'out')) return false
  return status === undefined || (happening.outcome.kind === 'reply' && happening.outcome.reply.status === status)
}
