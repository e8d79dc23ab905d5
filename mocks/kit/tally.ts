import type { Met } from '../../scenarios/kit/coverage.ts'
import type { Happening } from './happening.ts'

interface Count {
  calls: number
  statuses: Record<string, number>
  faults: Record<string, number>
}

/** How often what happened in one lane. It outlives resets, and what made room in the journal is still in it. */
export class Tally {
  readonly #services = new Map<string, Map<string | null, Count>>()

  /** Requests that no operation took are nobody's failure. */
  add({ contract, operation, direction, outcome, injections }: Pick<Happening, 'contract' | 'operation' | 'direction' | 'outcome' | 'injections'>): void {
    if (operation === undefined && direction === 'in') return
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
