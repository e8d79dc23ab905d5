import { Director } from '../../scenarios/kit/director.ts'
import type { Lane } from './lane.ts'
import type { Shutters } from './shutters.ts'
import { aboutOf } from './verify/about-rule.ts'

/** What goes wrong in a lane: on its clock, with the services that it has by then, told to its journal and among its acts. */
export function directorOf(lane: Pick<Lane, 'index' | 'clock' | 'acts' | 'journal' | 'allowances' | 'contracts'>, seed: number, shutters: Shutters): Director {
  const { index, clock, acts, journal, allowances } = lane
  return new Director({
    seed,
    lane: index,
    clock,
    get contracts() {
      return lane.contracts
    },
    cast: (change) => acts.cast(change),
    pardon: ({ rule }) => allowances.of({ kind: 'rule-never-met', ...aboutOf(rule, lane.contracts) }),
    door(service, shut, fault) {
      if (fault !== undefined) journal.tally.struck(service, fault)
      shutters.turn(service, shut)
    },
  })
}
