import { type Family, signature } from './family.ts'
import { gather } from './gather.ts'
import { PUSH_FAILURE_TIME, PUSH_TIME, withGrouping } from './grouping.ts'
import type { Parsed } from './parse.ts'
import { sources } from './sources.ts'
import type { Group, MetricsTables } from './tables.ts'

export interface GroupPush {
  labels: Record<string, string>
  /** Seconds since 1970. */
  now: number
  parsed: Parsed
  /** Take everything away that the group had, not only what has the same names. */
  replace: boolean
}

/** Gives a group new metrics, or says why it cannot have them; either way the group remembers when. */
export function pushToGroup(tables: MetricsTables, { labels, now, parsed, replace }: GroupPush): string | undefined {
  const key = signature(labels)
  const before = tables.groups.get(key) ?? { key, labels, families: [], pushed_at: 0, failed_at: 0 }
  const pushed = parsed.families.filter(({ name }) => name !== PUSH_TIME && name !== PUSH_FAILURE_TIME).map((family) => grouped(family, labels))
  const names = new Set(pushed.map(({ name }) => name))
  const kept = replace ? [] : before.families.filter(({ name }) => !names.has(name))
  const after: Group = { ...before, families: [...kept, ...pushed], pushed_at: now }
  const conflict = parsed.timestamps ? 'pushed metrics must not have timestamps' : conflictWith(tables, after)
  tables.groups.put(conflict === undefined ? after : { ...before, failed_at: now })
  return conflict === undefined ? undefined : `pushed metrics are invalid or inconsistent with existing metrics: ${conflict}`
}

export const deleteGroup = (tables: MetricsTables, labels: Record<string, string>): boolean => tables.groups.delete(signature(labels))

function grouped(family: Family, labels: Record<string, string>): Family {
  return { ...family, metrics: family.metrics.map((metric) => ({ ...metric, labels: withGrouping(metric.labels, labels) })) }
}

function conflictWith(tables: MetricsTables, after: Group): string | undefined {
  const others = tables.groups.all().filter(({ key }) => key !== after.key)
  return gather(sources(tables, [...others, after])).conflict
}
