import { agreedOn } from '../../contracts/kit/conform.ts'
import type { Contract, Operation } from '../../contracts/kit/contract.ts'
import type { Refusal } from '../../contracts/kit/problem.ts'
import { sampleReply } from '../../contracts/kit/sample.ts'
import type { Exchange } from './exchange.ts'
import type { Target } from './fault.ts'

/** What the vendor answers with a status: as the operation declares it, or else in the words that its framework has for any. */
export function worded(exchange: Pick<Exchange, 'contract' | 'operation'>, status: number): Refusal {
  const operation = operationOf(exchange)
  return (operation && sampleReply(exchange.contract, operation, status)) ?? exchange.contract.errors.bare(status)
}

/** None for a request that no operation takes. */
export function operationOf({ contract, operation }: Pick<Exchange, 'contract' | 'operation'>): Operation | undefined {
  return operation === undefined ? undefined : contract.operations[operation]
}

/** Why an operation cannot be made to answer a status, unless its rule says why it leaves the contract. */
export function undeclared({ contract, name, operation }: Target, status: number, excused: boolean): string | undefined {
  if (excused) return undefined
  if (agreedOn(contract, operation, status) === undefined) {
    return `${contract.service}.${name} does not declare ${status}. It declares ${statusesOf(contract, operation).join(', ')}; or say why with off_contract: a load balancer answers`
  }
  if (sampleReply(contract, operation, status) !== undefined) return undefined
  return `nothing can be made up that ${contract.service}.${name} may answer with ${status}: give the body, with { fault: status, code: ${status}, body: … }`
}

function statusesOf(contract: Contract, operation: Operation): number[] {
  const declared = [...Object.keys(operation.details().responses), ...Object.keys(contract.errors.refusals())]
  return [...new Set(declared.map(Number))].toSorted((one, other) => one - other)
}
