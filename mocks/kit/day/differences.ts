import type { BundledEntry } from '../../../contracts/bundle.ts'
import { writeJson } from '../../../contracts/kit/json.ts'

/** Something that was not the same again. */
export interface Difference {
  /** Of the exchange, as it was; null for what is about a table. */
  seq: number | null
  arrival: number | null
  /** `POST /alerts`, or the name of a table. */
  where: string
  /** `status`, `body`, `header date`, … */
  what: string
  was: string
  is: string
}

/** Of which exchanges the outcome differs, in the order in which they began. */
export function differentOutcomes(before: readonly BundledEntry[], after: readonly BundledEntry[], { frozen }: { frozen: boolean }): Difference[] {
  const again = keyed(after)
  const made = [...keyed(before)].flatMap(([key, entry]) => differencesOf(entry, again.get(key), frozen))
  const known = keyed(before)
  return [...made, ...[...again].flatMap(([key, entry]) => (known.has(key) ? [] : [difference(entry, 'outcome', 'it did not happen', outcomeIn(entry))]))]
}

/** One webhook may become several exchanges: the first, the second … of its arrival. */
function keyed(entries: readonly BundledEntry[]): Map<string, BundledEntry> {
  const times = new Map<number, number>()
  return new Map(
    entries.map((entry) => {
      const { arrival } = entry._mockSuite
      const time = (times.get(arrival) ?? 0) + 1
      times.set(arrival, time)
      return [`${arrival}.${time}`, entry]
    }),
  )
}

function differencesOf(first: BundledEntry, again: BundledEntry | undefined, frozen: boolean): Difference[] {
  if (again === undefined) return [difference(first, 'outcome', outcomeIn(first), 'it did not happen')]
  const [before, after] = [aspects(first, frozen), aspects(again, frozen)]
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  const found = [...names].filter((name) => before[name] !== after[name]).map((name) => difference(first, name, before[name] ?? NONE, after[name] ?? NONE))
  // Where time ran by itself it may have been late, never early.
  if (!frozen && again.time > first.time) found.push(difference(first, 'time', `${first.time} ms`, `${again.time} ms`))
  return found
}

const NONE = '(none)'

/** All in which an exchange must be the same again. */
function aspects(entry: BundledEntry, frozen: boolean): Record<string, string> {
  const { _mockSuite: own, request, response } = entry
  const out = own.direction === 'out'
  return {
    service: own.service,
    at: entry.startedDateTime,
    ...(frozen ? { time: `${entry.time} ms` } : {}),
    outcome: own.outcome ?? 'still under way',
    status: String(response.status),
    faults: own.faults.map(({ told }) => told).join(', '),
    problem: own.problem ?? NONE,
    garbage: own.garbage ?? NONE,
    ...(out ? { 'what was sent': `${own.target} ${request.postData?.text ?? ''}` } : { ...headersOf(response.headers), body: bodyIn(entry) }),
  }
}

function headersOf(headers: readonly { name: string; value: string }[]): Record<string, string> {
  const all: Record<string, string> = {}
  for (const { name, value } of headers) {
    const key = `header ${name.toLowerCase()}`
    all[key] = all[key] === undefined ? value : `${all[key]}, ${value}`
  }
  return all
}

const bodyIn = ({ response: { content } }: BundledEntry): string => content.text ?? ''

const outcomeIn = ({ _mockSuite: { outcome }, response: { status } }: BundledEntry): string => (outcome === 'reply' ? `status ${status}` : (outcome ?? 'none'))

function difference({ request, _mockSuite: { seq, arrival, service, target } }: BundledEntry, what: string, was: string, is: string): Difference {
  return { seq, arrival, where: `${service} ${request.method} ${target}`, what, was, is }
}

/** In which tables the records differ: the first record of each that does. */
export function differentTables(before: Readonly<Record<string, readonly unknown[]>>, after: Readonly<Record<string, readonly unknown[]>>): Difference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return names.flatMap((where) => {
    const [was, is] = [before[where] ?? [], after[where] ?? []].map((rows) => rows.map((row) => writeJson(row, true))) as [string[], string[]]
    const at = Array.from({ length: Math.max(was.length, is.length) }, (_, index) => index).find((index) => was[index] !== is[index])
    return at === undefined ? [] : [{ seq: null, arrival: null, where, what: `record ${at + 1}`, was: was[at] ?? NONE, is: is[at] ?? NONE }]
  })
}
