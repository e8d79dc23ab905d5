import type { Middleware } from './exchange.ts'
import type { AnyFault, Place } from './fault.ts'
import { PLACES } from './fault.ts'
import type { FaultName } from './faults/index.ts'
import type { Injected } from './scenario.ts'

/** One fault that one rule put into one exchange. */
export interface Injection {
  scenario: string
  /** The rule's name in its scenario: `rule 2`, or `worse, rule 1`. */
  rule: string
  /** Which match of the rule it was, counted from 1. */
  match: number
  fault: FaultName
  /** With all that chance decides settled. */
  options: Injected
  place: Place
  layer: Middleware
}

/** Injections as they stand around an answer, the outermost first; those of one place as they were written. */
export function inPlace(injections: readonly Injection[]): readonly Injection[] {
  return injections.length < 2 ? injections : injections.toSorted((one, other) => PLACES.indexOf(one.place) - PLACES.indexOf(other.place))
}

/** What a journal tells of an injection. */
export interface ToldInjection {
  scenario: string
  rule: string
  match: number
  fault: string
  /** In words. */
  told: string
  /** Why it broke the contract on purpose; null when it did not. */
  off_contract: string | null
}

export function tellInjection({ scenario, rule, match, fault, options }: Injection, catalogue: Readonly<Record<string, AnyFault>>): ToldInjection {
  const { explain, lie } = catalogue[fault] as AnyFault
  return { scenario, rule, match, fault, told: explain(options as never), off_contract: options.off_contract ?? lie?.(options as never) ?? null }
}
