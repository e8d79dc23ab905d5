import type { Journal } from '../journal.ts'
import type { Asked, AskedOf } from '../tally.ts'
import type { Since } from './docket.ts'

/** How often each service of a lane was asked. */
export function howAsked({ tally, askedBefore }: Journal, since: Since): Asked {
  if (since === 'start') return tally.asked
  return new Map([...tally.asked].map(([service, now]) => [service, less(now, askedBefore.get(service))]))
}

function less(now: AskedOf, before: AskedOf | undefined): AskedOf {
  if (before === undefined) return now
  const operations = new Map([...now.operations].map(([operation, calls]) => [operation, calls - (before.operations.get(operation) ?? 0)]))
  return { requests: now.requests - before.requests, operations }
}
