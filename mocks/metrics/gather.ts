import { byName, type Family, type Metric, signature } from './family.ts'
import { formatFloat } from './float.ts'

/** Families of one name made one; and the first reason, in the words of Go's registry, why no Prometheus could scrape them together. */
export function gather(sources: Iterable<Family>): { families: Family[]; conflict: string | undefined } {
  const merged = new Map<string, Family>()
  const seen = new Map<string, Set<string>>()
  let conflict: string | undefined
  for (const family of sources) {
    if (family.metrics.length === 0) continue
    const before = merged.get(family.name)
    conflict ??= collision(family, merged) ?? differing(family, before) ?? repeated(family, seen)
    merged.set(family.name, { ...family, help: before?.help ?? family.help, metrics: [...(before?.metrics ?? []), ...family.metrics] })
  }
  return { families: [...merged.values()], conflict }
}

/** A histogram named `h` exposes `h_sum`, `h_count` and `h_bucket`: no other metric may be called so. */
function collision({ name, type }: Family, merged: ReadonlyMap<string, Family>): string | undefined {
  const taken = suffixesOf(type).find((suffix) => merged.has(`${name}${suffix}`))
  if (taken !== undefined) {
    const kind = taken === '_bucket' ? 'histogram' : 'histogram or summary'
    return `collected ${kind} named "${name}" collides with previously collected metric named "${name}${taken}"`
  }
  const [, base = '', suffix = ''] = /^(.+)(_sum|_count|_bucket)$/.exec(name) ?? []
  const owner = merged.get(base)
  if (owner === undefined || !suffixesOf(owner.type).includes(suffix)) return undefined
  return `collected metric named "${name}" collides with previously collected ${owner.type} named "${owner.name}"`
}

function suffixesOf(type: Family['type']): readonly string[] {
  if (type === 'histogram') return ['_count', '_sum', '_bucket']
  return type === 'summary' ? ['_count', '_sum'] : []
}

function differing(family: Family, before: Family | undefined): string | undefined {
  if (before === undefined || before.type === family.type) return undefined
  return `collected metric ${told(family, family.metrics[0])} is not a ${before.type.toUpperCase()}`
}

function repeated(family: Family, seen: Map<string, Set<string>>): string | undefined {
  let signatures = seen.get(family.name)
  if (signatures === undefined) seen.set(family.name, (signatures = new Set()))
  for (const metric of family.metrics) {
    const one = signature(metric.labels)
    if (signatures.has(one)) return `collected metric ${told(family, metric)} was collected before with the same name and label values`
    signatures.add(one)
  }
  return undefined
}

function told({ name, type }: Family, metric: Metric | undefined): string {
  const { labels = {}, value = 0, sum = 0, count = 0 } = metric ?? {}
  const pairs = Object.entries(labels).sort(byName)
  const label = pairs.map(([key, text]) => `label:{name:${JSON.stringify(key)}  value:${JSON.stringify(text)}}  `).join('')
  const compound = type === 'histogram' || type === 'summary'
  return `"${name}" { ${label}${type}:{${compound ? `sample_count:${count}  sample_sum:${formatFloat(sum)}` : `value:${formatFloat(value)}`}}}`
}
