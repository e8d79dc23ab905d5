import type { Violation } from '../../contracts/kit/conform.ts'
import type { Contract } from '../../contracts/kit/contract.ts'
import { unknownMembers } from '../../contracts/kit/extras.ts'
import type { WireRequest } from '../../contracts/kit/message.ts'
import type { Problem } from '../../contracts/kit/problem.ts'
import type { Outcome } from '../../scenarios/kit/outcome.ts'

/** What happened, as it was kept: nothing is rendered before somebody asks. */
export interface Happening {
  /** Instants on the suite's clock, in milliseconds. */
  startedAt: number
  endedAt: number
  contract: Contract
  operation: string | undefined
  /** `out` for a callback that the fake made. */
  direction: 'in' | 'out'
  request: Pick<WireRequest, 'method' | 'target' | 'rawHeaders' | 'body'>
  outcome: Outcome
  problem: Problem | undefined
  violations: readonly Violation[]
  /** The error of a handler that threw. */
  failure: Error | undefined
  /** The client left before it was answered. */
  gone: boolean
}

/** One exchange, told in full. */
export interface Entry {
  /** Counts from 1 in each lane and generation. */
  seq: number
  at: string
  milliseconds: number
  lane: number
  service: string
  operation: string | null
  direction: 'in' | 'out'
  request: { method: string; target: string; headers: [string, string][]; body: string }
  outcome: Outcome['kind']
  status: number | null
  reply: { headers: [string, string][]; body: string } | null
  /** Why the vendor refused: the kind of the problem. */
  problem: Problem['kind'] | null
  violations: readonly Violation[]
  /** Members of the request body that the contract does not name, as JSON pointers: accepted, and noted here. */
  unknown: string[]
  failure: string | null
  gone: boolean
}

export interface JournalFilter {
  service?: string
  operation?: string
  status?: number
  /** Only requests that no operation took. */
  unmatched?: boolean
  /** Only what came after this number. */
  since?: number
  limit?: number
}

type Listener = (entry: Entry) => void

/** All that happened in one lane, to a bound; the oldest make room and are counted. */
export class Journal {
  readonly #lane: number
  readonly #limit: number
  #ring: Happening[] = []
  #count = 0
  readonly #listeners = new Set<Listener>()

  constructor(lane: number, limit: number) {
    this.#lane = lane
    this.#limit = limit
  }

  /** How many happened since the last reset. */
  get total(): number {
    return this.#count
  }

  /** How many of them made room for newer ones. */
  get dropped(): number {
    return this.#count - this.#ring.length
  }

  add(happening: Happening): void {
    if (this.#limit > 0) this.#ring[this.#count % this.#limit] = happening
    this.#count += 1
    if (this.#listeners.size === 0) return
    const entry = this.#tell(happening, this.#count)
    for (const listener of this.#listeners) listener(entry)
  }

  /** The exchanges that the filter lets through, oldest first; with a limit, the newest of them. */
  entries(filter: JournalFilter = {}): Entry[] {
    const found: Entry[] = []
    for (let seq = this.#count; seq > this.dropped && seq > (filter.since ?? 0) && found.length < (filter.limit ?? Number.POSITIVE_INFINITY); seq -= 1) {
      const happening = this.#ring[(seq - 1) % this.#limit] as Happening
      if (passes(happening, filter)) found.push(this.#tell(happening, seq))
    }
    return found.reverse()
  }

  /** Tells each exchange as it happens; returns how to stop. */
  follow(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  reset(): void {
    this.#ring = []
    this.#count = 0
  }

  #tell(happening: Happening, seq: number): Entry {
    const { contract, request, outcome } = happening
    return {
      seq,
      at: new Date(happening.startedAt).toISOString(),
      milliseconds: happening.endedAt - happening.startedAt,
      lane: this.#lane,
      service: contract.service,
      operation: happening.operation ?? null,
      direction: happening.direction,
      request: { method: request.method, target: request.target, headers: pairs(request.rawHeaders), body: request.body.toString('utf8') },
      outcome: outcome.kind,
      status: outcome.kind === 'reply' ? outcome.reply.status : null,
      reply: outcome.kind === 'reply' ? { headers: pairs(outcome.reply.headers), body: Buffer.from(outcome.reply.body).toString('utf8') } : null,
      problem: happening.problem?.kind ?? null,
      violations: happening.violations,
      unknown: happening.operation === undefined ? [] : unknownMembers(contract.operations[happening.operation]?.details().body, request.body),
      failure: happening.failure?.stack ?? null,
      gone: happening.gone,
    }
  }
}

function passes(happening: Happening, { service, operation, status, unmatched }: JournalFilter): boolean {
  if (service !== undefined && happening.contract.service !== service) return false
  if (operation !== undefined && happening.operation !== operation) return false
  if (unmatched === true && happening.operation !== undefined) return false
  return status === undefined || (happening.outcome.kind === 'reply' && happening.outcome.reply.status === status)
}

function pairs(flat: readonly string[]): [string, string][] {
  return Array.from({ length: flat.length / 2 }, (_, at) => [flat[at * 2] as string, flat[at * 2 + 1] as string])
}
