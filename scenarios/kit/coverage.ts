import type { Contract } from '../../contracts/kit/contract.ts'
import type { Scripted } from './scripted.ts'

/** How often one operation was called, and what its callers met. */
export interface Met {
  service: string
  /** Null for a port that was shut, and for callbacks. */
  operation: string | null
  calls: number
  /** Replies by status. */
  statuses: Readonly<Record<string, number>>
  /** Exchanges by the fault that struck them. */
  faults: Readonly<Record<string, number>>
}

/** One failure of one operation. */
export interface Cell {
  kind: 'fault' | 'status'
  /** The fault's name, or the status. */
  failure: string
  /** `scripted`: it might have come, and did not. `unscripted`: the contract declares it, and no scenario held it ready. */
  state: 'met' | 'scripted' | 'unscripted'
  times: number
}

export interface CoveredOperation {
  service: string
  operation: string | null
  calls: number
  cells: Cell[]
}

export interface Coverage {
  /** Of all cells those that were met, in percent with one digit, never rounded up; 0 where there are none. */
  percent: number
  met: number
  cells: number
  operations: CoveredOperation[]
}

export interface Evidence {
  contracts: readonly Contract[]
  /** Of one lane or of several: what is there twice is added up. */
  met: readonly Met[]
  scripted: readonly Scripted[]
}

/**
 * Which failures the service under test has met. A cell is
 * - a status from 400 on that an operation itself declares, once the operation was called;
 * - a fault, or the status that it answers, that a scenario holds ready: for an operation that the rule names (by operation or path), or that was called.
 *
 * Refusals that a vendor words alike for all operations (401, 405, 422) are no cells where an operation does not declare them.
 */
export function coverageOf({ contracts, met, scripted }: Evidence): Coverage {
  const operations = contracts.flatMap((contract) =>
    [...Object.keys(contract.operations), null].flatMap((name): CoveredOperation[] => {
      const found = met.filter(({ service, operation }) => service === contract.service && operation === name)
      const calls = found.reduce((sum, one) => sum + one.calls, 0)
      const held = scripted.filter(({ service, operation, named }) => service === contract.service && operation === name && (named || calls > 0))
      const cells = cellsOf(calls === 0 || name === null ? [] : declared(contract, name), held, found)
      return calls === 0 && cells.length === 0 ? [] : [{ service: contract.service, operation: name, calls, cells }]
    }),
  )
  const all = operations.flatMap(({ cells }) => cells)
  const struck = all.filter(({ state }) => state === 'met').length
  return { percent: all.length === 0 ? 0 : Math.floor((struck * 1000) / all.length) / 10, met: struck, cells: all.length, operations }
}

function declared({ operations }: Contract, name: string): string[] {
  return Object.keys(operations[name]?.details().responses ?? {}).filter((status) => Number(status) >= 400)
}

function cellsOf(statuses: readonly string[], scripted: readonly Scripted[], met: readonly Met[]): Cell[] {
  const held = (kind: Cell['kind']) => scripted.filter((one) => one.kind === kind).map(({ failure }) => failure)
  const ready = { status: new Set(held('status')), fault: new Set(held('fault')) }
  const cell = (kind: Cell['kind'], failure: string): Cell => {
    const times = met.reduce((sum, { statuses, faults }) => sum + ((kind === 'status' ? statuses : faults)[failure] ?? 0), 0)
    return { kind, failure, state: times > 0 ? 'met' : ready[kind].has(failure) ? 'scripted' : 'unscripted', times }
  }
  return [
    ...[...new Set([...statuses, ...ready.status])].toSorted().map((status) => cell('status', status)),
    ...[...ready.fault].map((fault) => cell('fault', fault)),
  ]
}
