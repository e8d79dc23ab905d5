import type { Contract } from '../../contracts/kit/contract.ts'
import { listed } from './asked.ts'
import { isStanding, targetsOf } from './check.ts'
import { faultOf } from './playing.ts'
import { type Rule, rulesOf, type Scenario } from './scenario.ts'

/** A failure that a scenario holds ready for an operation: a fault by its name, or the status that it answers. */
export interface Scripted {
  service: string
  /** Null for a port that is shut, and for callbacks. */
  operation: string | null
  kind: 'fault' | 'status'
  failure: string
  /** The rule is about just this; one that is about whatever comes is not. */
  named: boolean
}

/** Every failure that a scenario may bring about. Pure. */
export function scriptedBy(scenario: Scenario, contracts: readonly Contract[]): Scripted[] {
  return rulesOf(scenario).flatMap(({ rule }) => {
    const failures = failuresOf(rule)
    return placesOf(rule, contracts).flatMap((place) => failures.map((failure) => ({ ...place, ...failure })))
  })
}

function failuresOf({ inject }: Rule): Pick<Scripted, 'kind' | 'failure'>[] {
  return inject.flatMap((injected) => {
    const status = faultOf(injected).answers?.(injected as never)
    const fault = { kind: 'fault' as const, failure: injected.fault }
    return status === undefined ? [fault] : [fault, { kind: 'status' as const, failure: String(status) }]
  })
}

function placesOf(rule: Rule, contracts: readonly Contract[]): Pick<Scripted, 'service' | 'operation' | 'named'>[] {
  const { service, operation, path, callback } = rule.when
  const standing = isStanding(rule)
  if (callback !== true && !standing) {
    const named = operation !== undefined || path !== undefined
    return targetsOf(rule, contracts).map(({ contract, name }) => ({ service: contract.service, operation: name, named }))
  }
  const meant = contracts.filter((contract) => service === undefined || listed(service).includes(contract.service))
  return meant.map((contract) => ({ service: contract.service, operation: null, named: standing || service !== undefined }))
}
