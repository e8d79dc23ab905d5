import { type Family, metricOf } from './family.ts'
import { PUSH_FAILURE_TIME, PUSH_TIME, withGrouping } from './grouping.ts'
import type { Declared, Group, MetricsTables, Series } from './tables.ts'

/** Everything there is to scrape: what JSON pushes add up to, what groups were given, and what the service says of itself. */
export function sources(tables: MetricsTables, groups: readonly Group[] = tables.groups.all()): Family[] {
  const direct = tables.declared.all().map((declared) => family(declared, tables.series.where('name', declared.name)))
  return [...own(tables), ...direct, ...groups.flatMap(familiesOf)]
}

export const family = ({ name, type, help }: Declared, series: readonly Series[]): Family => ({ name, type, help, metrics: [...series] })

function own(tables: MetricsTables): Family[] {
  const { push_count = 0, error_count = 0 } = tables.tally.get('pushes') ?? {}
  return [
    { name: 'metrics_service_pushes_total', type: 'counter', help: 'Pushes that were accepted.', metrics: [metricOf({}, { value: push_count })] },
    { name: 'metrics_service_push_errors_total', type: 'counter', help: 'Pushes that were refused.', metrics: [metricOf({}, { value: error_count })] },
  ]
}

function familiesOf({ labels, families, pushed_at, failed_at }: Group): Family[] {
  const gauge = (name: string, what: string, value: number): Family => ({
    name,
    type: 'gauge',
    help: `Last Unix time when changing this group in the Pushgateway ${what}.`,
    metrics: [metricOf(withGrouping({}, labels), { value })],
  })
  return [...families, gauge(PUSH_TIME, 'succeeded', pushed_at), gauge(PUSH_FAILURE_TIME, 'failed', failed_at)]
}
