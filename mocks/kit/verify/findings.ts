import type { VerificationFinding } from '../../../contracts/verification.ts'
import type { Lane } from '../lane.ts'
import type { Found } from './allowance.ts'
import type { Account, Since } from './docket.ts'
import { type NeverMet, neverMet } from './never-met.ts'
import { told } from './told.ts'

/** A finding before it is judged and explained. */
export interface Unjudged {
  finding: Omit<VerificationFinding, 'fails' | 'allowed' | 'explanation'>
  about: Omit<Found, 'kind'>
  /** What was said to a lane, where that lets all of it pass. */
  pardon: string | undefined
  /** Where it came first; nothing for a rule. */
  origin: { lane: Lane; account: Account } | undefined
}

/** All that went wrong in these lanes. */
export function findingsIn(lanes: readonly Lane[], contracts: Parameters<typeof neverMet>[1], since: Since): Unjudged[] {
  const observed = lanes.flatMap((lane) => lane.journal.docket.accounts(since, lane.allowances.ofTrouble).map((account) => observedIn(lane, account)))
  return [...merged(observed), ...neverMet(lanes, contracts, since).map(ofRule)]
}

/** What came in several lanes is one finding: which worker had which test is chance. Told is where it came first that it was not meant. */
function merged(all: readonly Unjudged[]): Unjudged[] {
  const known = new Map<string, Unjudged>()
  const unmeantFirst = all.toSorted((one, other) => Number(one.pardon !== undefined) - Number(other.pardon !== undefined))
  for (const one of unmeantFirst) {
    const first = known.get(one.finding.id)
    if (first === undefined) known.set(one.finding.id, one)
    else {
      first.finding.times += one.finding.times
      first.finding.times_allowed += one.finding.times_allowed
    }
  }
  return [...known.values()]
}

function observedIn(lane: Lane, account: Account): Unjudged {
  const { kind, service, operation, times, seq, generation, request, pardon } = account
  return {
    finding: {
      ...{
        id: idOf(account),
        kind,
        lane: lane.index,
        service,
        operation: operation ?? null,
        told: told(account),
        times,
        times_allowed: pardon === undefined ? 0 : times,
      },
      ...{ seq: generation === lane.journal.docket.generation ? seq : null, request, rule: null },
    },
    about: { services: [service], operations: operation === undefined ? [] : [operation] },
    pardon,
    origin: { lane, account },
  }
}

function idOf({ kind, service, operation, problem, place, more }: Account): string {
  const name = operation === undefined ? service : `${service}.${operation}`
  return [kind, name, ...(more ? ['(more)'] : [problem, place])].filter((part) => part !== undefined && part !== '').join(' ')
}

function ofRule({ scenario, label, lane, told, services, operations, pardon }: NeverMet): Unjudged {
  const [operation = null] = operations.length === 1 ? operations : []
  return {
    finding: {
      ...{ id: `rule-never-met ${scenario}, ${label}: ${told}`, kind: 'rule-never-met', lane, service: services.join(', ') || '*', operation },
      ...{ told: `${label} of ${scenario} was never met: ${told}`, times: 0, times_allowed: 0, seq: null, request: null, rule: { scenario, rule: label } },
    },
    about: { services, operations },
    pardon,
    origin: undefined,
  }
}
