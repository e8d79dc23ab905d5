import type { Met } from '../../scenarios/kit/coverage.ts'
import type { Happening } from './happening.ts'

interface Count {
  calls: number
  statuses: Record<string, number>
  faults: Record<string, number>
}

/** How often a service was asked. */
export interface AskedOf {
  requests: number
  operations: ReadonlyMap<string, number>
}

export type Asked = ReadonlyMap<string, AskedOf>

/** How often what happened in one lane. It outlives resets, and what made room in the journal is still in it. */
export class Tally {
  readonly #services = new Map<string, Map<string | null, Count>>()
  /** By service: requests that no operation took. */
  readonly #strangers = new Map<string, number>()

  /** Requests that no operation took are nobody's failure. */
  add({ contract, operation, direction, outcome, injections }: Pick<Happening, 'contract' | 'operation' | 'direction' | 'outcome' | 'injections'>): void {
    if (operation === undefined && direction === 'in') {
      this.#strangers.set(contract.service, (this.#strangers.get(contract.service) ?? 0) + 1)
      return
    }
    const count = this.#count(contract.service, operation ?? null)
    count.calls += 1
    if (outcome.kind === 'reply') increase(count.statuses, outcome.reply.status)
    for (const { fault } of injections) increase(count.faults, fault)
  }

  /** A fault that struck a whole service: no request had to come. */
  struck(service: string, fault: string): void {
    increase(this.#count(service, null).faults, fault)
  }

  get met(): Met[] {
    return [...this.#services].flatMap(([service, operations]) => [...operations].map(([operation, count]) => ({ service, operation, ...count })))
  }

  /** How often each service was asked: all in all, and by operation. */
  get asked(): Asked {
    const services = new Set([...this.#services.keys(), ...this.#strangers.keys()])
    return new Map([...services].map((service) => [service, this.#asked(service)]))
  }

  #asked(service: string): AskedOf {
    // Under no name are callbacks, which nobody asked for.
    const named = [...(this.#services.get(service) ?? [])].filter((entry): entry is [string, Count] => entry[0] !== null)
    const operations = new Map(named.map(([operation, { calls }]) => [operation, calls]))
    return { requests: sum([...operations.values(), this.#strangers.get(service) ?? 0]), operations }
  }

  #count(service: string, operation: string | null): Count {
    let operations = this.#services.get(service)
    if (operations === undefined) this.#services.set(service, (operations = new Map()))
    let count = operations.get(operation)
    if (count === undefined) operations.set(operation, (count = { calls: 0, statuses: {}, faults: {} }))
    return count
  }
}

function increase(counts: Record<string, number>, name: string | number): void {
  counts[name] = (counts[name] ?? 0) + 1
}

const sum = (counts: readonly number[]): number => counts.reduce((all, one) => all + one, 0)
