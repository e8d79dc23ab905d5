import type { Day, LaneBundle } from '../../../contracts/bundle.ts'
import { planOf } from '../../../scenarios/kit/plan.ts'
import type { Lane } from '../lane.ts'
import { harOfDay } from './har.ts'

/** How many matches of each rule a plan tells of. */
const PLANNED = 20

/** All of a lane's day since its start or its last reset: enough to do it again, where nothing is missing. */
export function bundleOf(lane: Lane, version: string): LaneBundle {
  const { services, seed, strictAuth, overlay } = { services: [...lane.services.keys()], ...lane.settings }
  const { director, index } = lane
  return {
    options: {
      services,
      seed,
      strict_auth: strictAuth,
      world: (overlay ?? {}) as LaneBundle['options']['world'],
      addresses: Object.fromEntries([...lane.addresses].map(([service, { host, port, url }]) => [service, { host, port, url }])),
    },
    day: dayOf(lane),
    har: harOfDay(lane, version),
    state: stateOf(lane),
    plans: director.playing.map(({ scenario, root }) => ({ ...planOf(scenario, { seed: root.seed, lane: index, requests: PLANNED }) })),
  }
}

/** The records as they are now, by table. */
export function stateOf({ store }: Lane): Record<string, unknown[]> {
  return Object.fromEntries(store.names.map((name) => [name, store.table(name).all()]))
}

function dayOf(lane: Lane): Day {
  const { acts, generation, index } = lane
  return {
    lane: index,
    generation,
    arrivals: acts.arrivals,
    incomplete: incomplete(lane),
    whole_from: wholeFrom(lane),
    start: acts.start,
    acts: [...acts.log],
  }
}

function incomplete({ journal, acts, settings }: Lane): string | null {
  const { dropped } = journal
  if (dropped > 0) return `${dropped} ${dropped === 1 ? 'exchange was' : 'exchanges were'} dropped, because the journal keeps no more (--journal-limit)`
  if (acts.dropped > 0) return `${acts.dropped} acts were dropped: no more of them are kept`
  const [relayed] = Object.keys(settings.backends ?? {})
  if (relayed !== undefined) return `${relayed} was not answered by a fake`
  const unwritten = [...acts.start.playing, ...acts.log.filter((act) => act.kind === 'play')].find(({ written }) => written === null)
  return unwritten === undefined ? null : `how the scenario ${unwritten.scenario} is written is not known`
}

function wholeFrom({ journal, acts }: Lane): number | null {
  const kept = new Set([...journal.all().map(({ happening }) => happening.arrival), ...acts.underWay.keys()])
  let from = acts.arrivals + 1
  while (kept.has(from - 1)) from -= 1
  return from > acts.arrivals && acts.arrivals > 0 ? null : from
}
