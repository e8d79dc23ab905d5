import { type BundledEntry, bundledEntry, type LaneBundle } from '../../../contracts/bundle.ts'
import type { Suite } from '../suite.ts'
import type { SuiteOptions } from '../suite-options.ts'
import { stateOf } from './day.ts'
import { type Difference, differentOutcomes, differentTables } from './differences.ts'
import { harOfDay } from './har.ts'
import { relive } from './relive.ts'

/** A day that is to be done again, as it was written down. */
export interface Former extends Pick<LaneBundle, 'day' | 'options' | 'state'> {
  entries: readonly BundledEntry[]
}

export interface Redone {
  /** In which it was done again; it is the caller's to stop. */
  suite: Suite
  exchanges: number
  /** How many of them had the same outcome. */
  same: number
  differences: Difference[]
}

/** What a suite must be for a day to be done again in it: its lane counts from the same number, and its clock stands still at the same instant. */
export function optionsFor({ day, options, entries }: Former): SuiteOptions {
  return {
    services: options.services,
    ports: 'none',
    lanes: day.lane + 1,
    seed: options.seed,
    world: options.world,
    strictAuth: options.strict_auth,
    clock: day.start.born,
    journalLimit: entries.length + MARGIN,
    journalBytes: Number.MAX_SAFE_INTEGER,
  }
}

/** Should more happen than did then, it is told and not dropped. */
const MARGIN = 10_000

/** Does a day again, and tells what was not the same. */
export async function redo(former: Former, suite: Suite): Promise<Redone> {
  const { day, entries, state } = former
  const lane = suite.lane(day.lane)
  const undone = await relive(lane, former, (source, seed) => suite.play(source, { lane: day.lane, seed }))
  const now = harOfDay(lane, '').log.entries.map((entry) => bundledEntry().parse(JSON.parse(JSON.stringify(entry))))
  const outcomes = differentOutcomes(entries, now, { frozen: stoodStill(day) })
  const different = new Set(outcomes.map(({ arrival }) => arrival))
  return {
    suite,
    exchanges: entries.length,
    same: entries.filter(({ _mockSuite: { arrival } }) => !different.has(arrival)).length,
    differences: [
      ...undone.map(({ act, why }) => ({ seq: null, arrival: act.after, where: act.kind, what: 'it could not be done again', was: 'done', is: why })),
      ...outcomes,
      ...differentTables(state, stateOf(lane)),
    ],
  }
}

const stoodStill = ({ start, acts }: LaneBundle['day']): boolean => start.frozen && !acts.some(({ kind }) => kind === 'resume')
