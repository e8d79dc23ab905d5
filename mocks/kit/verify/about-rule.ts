import type { Contract } from '../../../contracts/kit/contract.ts'
import { listed } from '../../../scenarios/kit/asked.ts'
import type { Rule } from '../../../scenarios/kit/scenario.ts'
import type { Found } from './allowance.ts'

/** Whom a rule is about; none when it is about all. One that names an operation alone is about the services that have it. */
export function aboutOf({ when: { service, operation = [] } }: Rule, contracts: readonly Contract[]): Pick<Found, 'services' | 'operations'> {
  const operations = listed(operation)
  const having = contracts.filter((contract) => operations.some((name) => Object.hasOwn(contract.operations, name)))
  return { services: service === undefined ? having.map((contract) => contract.service) : listed(service), operations }
}
