import type { PushedMetric } from '../../contracts/metrics.ts'
import { metricOf, signature } from './family.ts'
import { gather } from './gather.ts'
import { PUSH_FAILURE_TIME, PUSH_TIME } from './grouping.ts'
import { family, sources } from './sources.ts'
import type { Declared, MetricsTables, Series } from './tables.ts'

/** Those of every official client, made for seconds. */
const DEFAULT_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** What a push would change, kept apart until all of it is known to be good. */
class Draft {
  readonly declared = new Map<string, Declared>()
  readonly series = new Map<string, Series>()
  /** Names of metrics or series that were not there before. */
  readonly fresh = new Set<string>()
}

/** Adds, sets or observes every metric of a push; if one does not fit what is known of its name, none, and the answer is no. */
export function observe(tables: MetricsTables, at: string, pushed: readonly PushedMetric[]): boolean {
  const draft = new Draft()
  for (const one of pushed) {
    if (!take(tables, draft, one, at)) return false
  }
  if (conflicts(tables, draft)) return false
  for (const declared of draft.declared.values()) tables.declared.put(declared)
  for (const series of draft.series.values()) tables.series.put(series)
  return true
}

function take(tables: MetricsTables, draft: Draft, one: PushedMetric, at: string): boolean {
  const { metric_name: name, value } = one
  const before = draft.declared.get(name) ?? tables.declared.get(name)
  const declared = declaration(one, before)
  const labels = one.labels ?? {}
  if (declared === undefined || reserved(name, declared, labels) || (declared.type === 'counter' && value < 0)) return false
  const id = `${name}${signature(labels)}`
  const known = draft.series.get(id) ?? tables.series.get(id)
  if (known === undefined) draft.fresh.add(name)
  draft.declared.set(name, declared)
  draft.series.set(id, next(known ?? begun(id, name, labels, declared, at), declared, value, at))
  return true
}

/** What is known of the name from now on; nothing when the push says otherwise than an earlier one. */
function declaration({ metric_name: name, metric_type, help, buckets }: PushedMetric, before: Declared | undefined): Declared | undefined {
  const type = metric_type ?? before?.type ?? inferred(name, buckets)
  if (before === undefined) return { name, type, help: help ?? null, buckets: type === 'histogram' ? (buckets ?? DEFAULT_BUCKETS) : null }
  const rebucketed = type === 'histogram' && buckets !== null && buckets !== undefined && String(buckets) !== String(before.buckets)
  return type !== before.type || rebucketed ? undefined : { ...before, help: help ?? before.help }
}

function inferred(name: string, buckets: readonly number[] | null | undefined): Declared['type'] {
  if (buckets !== null && buckets !== undefined) return 'histogram'
  return name.endsWith('_total') ? 'counter' : 'gauge'
}

/** Names that mean something else on the way out. */
function reserved(name: string, { type }: Declared, labels: Readonly<Record<string, string>>): boolean {
  return name === PUSH_TIME || name === PUSH_FAILURE_TIME || (type === 'histogram' && 'le' in labels)
}

function begun(id: string, name: string, labels: Record<string, string>, { buckets }: Declared, at: string): Series {
  return { ...metricOf(labels, { points: (buckets ?? []).map((bound) => [bound, 0]) }), id, name, updated_at: at }
}

function next(series: Series, { type }: Declared, value: number, at: string): Series {
  switch (type) {
    case 'counter':
      return { ...series, value: series.value + value, updated_at: at }
    case 'histogram': {
      const points = series.points.map(([bound, below]): [number, number] => [bound, value <= bound ? below + 1 : below])
      return { ...series, points, sum: series.sum + value, count: series.count + 1, updated_at: at }
    }
    default:
      return { ...series, value, updated_at: at }
  }
}

/** Looked into only when something is new: what is known already was found to be good. */
function conflicts(tables: MetricsTables, draft: Draft): boolean {
  const inGroups = new Set(tables.groups.all().flatMap(({ families }) => families.map(({ name }) => name)))
  const doubtful = [...draft.fresh].some((name) => !tables.declared.has(name) || inGroups.has(name))
  if (!doubtful) return false
  const others = sources(tables).filter(({ name }) => !draft.fresh.has(name) || inGroups.has(name))
  const fresh = [...draft.fresh].map((name) => {
    const added = [...draft.series.values()].filter((series) => series.name === name && !tables.series.has(series.id))
    return family(draft.declared.get(name) as Declared, added)
  })
  return gather([...others, ...fresh]).conflict !== undefined
}
