import type { Seen, Session, Sightings } from '../evidence/sightings.ts'
import type { Verdict } from '../finding.ts'

/** When the real service left its contract at one place, as far as recordings can tell. */
export interface History {
  verdict: Extract<Verdict, 'provider-changed' | 'contract-wrong'>
  first: Seen
  last: Seen
  times: number
  /** In how many exchanges it could have shown. */
  of: number
  /** The last session to begin before the first break, and to keep the contract here. */
  before: Seen | undefined
  /** A later session that keeps it again. */
  mended: Seen | undefined
}

/**
 * The real service changed if an earlier session kept the contract where a later one breaks it; otherwise the contract was never true.
 *
 * @param onTop Whether what the first session that breaks it shows came on top of all that an earlier one had shown: then requests of one
 * kind fare differently, which no change of version explains.
 */
export function historyOf(breaks: Sightings, visits: Sightings, onTop: (before: Session, first: Session) => boolean = () => false): History {
  const broken = breaks.all
  const [first, last] = [broken[0] as Seen, broken.at(-1) as Seen]
  const kept = visits.all.filter(({ session }) => breaks.in(session) === undefined)
  const later = kept.filter(({ firstAt }) => firstAt > latest(broken))
  const earlier = kept.findLast(({ firstAt }) => firstAt <= first.firstAt)
  const before = earlier === undefined || onTop(earlier.session, first.session) ? undefined : earlier
  return {
    verdict: before === undefined ? 'contract-wrong' : 'provider-changed',
    first,
    last,
    times: sum(broken),
    of: sum(visits.all),
    before,
    mended: isOver(broken, visits, later) ? later[0] : undefined,
  }
}

/** So often may what comes and goes stay away by chance before it counts as mended. */
const CHANCE = 0.05

/** Whether what kept the contract since is too much to be luck: where one reply in ten broke it, two that do not say nothing. */
function isOver(broken: readonly Seen[], visits: Sightings, later: readonly Seen[]): boolean {
  const share = sum(broken) / sum(broken.flatMap(({ session }) => visits.in(session) ?? []))
  return later.length > 0 && (1 - share) ** sum(later) <= CHANCE
}

const sum = (all: readonly Seen[]): number => all.reduce((total, { times }) => total + times, 0)
const latest = (all: readonly Seen[]): number => all.reduce((at, { lastAt }) => Math.max(at, lastAt), 0)

/** Who must act, and what to do. */
export const ADVICE: Readonly<Record<Verdict, string>> = {
  'provider-changed': 'Ask the team of the service whether they meant it; then change the contract and our fake, and look at every client that reads it.',
  'contract-wrong': 'Change the contract, and with it our fake: no recording has ever kept it here.',
  'fake-wrong': 'Mend our fake: it breaks the contract itself.',
  'fake-unfaithful': 'Let our fake answer as the real service does here, or make the contract narrower.',
  'recording-stale': 'Record it again: what is known was learned too long ago.',
}
