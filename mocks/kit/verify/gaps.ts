import type { Contract } from '../../../contracts/kit/contract.ts'
import type { ConsumerGaps } from '../../../contracts/verification.ts'
import type { Asked } from '../tally.ts'
import type { Account } from './docket.ts'

/** What the client calls and no fake has, and what the fakes have and it never calls. */
export function gapsOf(accounts: readonly Account[], asked: readonly Asked[], contracts: readonly Contract[]): ConsumerGaps {
  return { missing: missing(accounts), uncalled: contracts.flatMap((contract) => uncalled(contract, asked)) }
}

function missing(accounts: readonly Account[]): ConsumerGaps['missing'] {
  const found = new Map<string, ConsumerGaps['missing'][number]>()
  for (const { problem, operation, service, place, times, more } of accounts) {
    if (more || operation !== undefined || (problem !== 'unknown-operation' && problem !== 'method-not-allowed')) continue
    const key = JSON.stringify([service, place])
    const known = found.get(key)
    const [method = '', path = ''] = place.split(/ (.*)/s)
    if (known === undefined) found.set(key, { service, method, path, times })
    else known.times += times
  }
  return [...found.values()].toSorted((one, other) => other.times - one.times)
}

function uncalled({ service, operations }: Contract, asked: readonly Asked[]): ConsumerGaps['uncalled'] {
  return Object.entries(operations)
    .filter(([operation]) => !asked.some((lane) => (lane.get(service)?.operations.get(operation) ?? 0) > 0))
    .map(([operation, { method, path }]) => ({ service, operation, method, path }))
}
