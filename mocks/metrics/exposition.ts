import { byName, type Family, type Metric } from './family.ts'
import { formatFloat } from './float.ts'

/** Families in the Prometheus text format 0.0.4: each in one piece, everything in an order that does not depend on who pushed first. */
export function exposition(families: readonly Family[]): string {
  const named = families.map((family) => [family.name, family] as const)
  return named
    .toSorted(byName)
    .map(
      ([, family]) =>
        `${head(family)}${family.metrics
          .toSorted(inOrder)
          .map((metric) => lines(family, metric))
          .join('')}`,
    )
    .join('')
}

function head({ name, help, type }: Family): string {
  const helped = help === null ? '' : `# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}\n`
  return `${helped}# TYPE ${name} ${type}\n`
}

function lines({ name, type }: Family, metric: Metric): string {
  const { labels, value, points, sum, count } = metric
  const total = `${line(`${name}_sum`, labels, formatFloat(sum))}${line(`${name}_count`, labels, whole(count))}`
  switch (type) {
    case 'histogram':
      return `${buckets(metric)
        .map(([bound, below]) => line(`${name}_bucket`, labels, whole(below), ['le', bound]))
        .join('')}${total}`
    case 'summary':
      return `${points.map(([quantile, at]) => line(name, labels, formatFloat(at), ['quantile', quantile])).join('')}${total}`
    default:
      return line(name, labels, formatFloat(value))
  }
}

/** The last bucket holds everything, whether or not it was pushed. */
function buckets({ points, count }: Metric): readonly (readonly [number, number])[] {
  return points.at(-1)?.[0] === Number.POSITIVE_INFINITY ? points : [...points, [Number.POSITIVE_INFINITY, count]]
}

function line(name: string, labels: Readonly<Record<string, string>>, value: string, extra?: readonly [string, number]): string {
  const pairs = Object.entries(labels)
    .sort(byName)
    .map(([label, text]) => `${label}="${escaped(text)}"`)
  if (extra !== undefined) pairs.push(`${extra[0]}="${formatFloat(extra[1])}"`)
  return `${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${value}\n`
}

const escaped = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"')
const whole = (count: number): string => String(BigInt(count))

/** As Go's registry sorts: fewer labels first, then by their values. */
function inOrder(a: Metric, b: Metric): number {
  const [one, other] = [Object.entries(a.labels).sort(byName), Object.entries(b.labels).sort(byName)]
  if (one.length !== other.length) return one.length - other.length
  for (const [at, [name, value]] of one.entries()) {
    const [otherName, otherValue] = other[at] as [string, string]
    const order = byName([value, 0], [otherValue, 0]) || byName([name, 0], [otherName, 0])
    if (order !== 0) return order
  }
  return 0
}
