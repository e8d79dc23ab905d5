import * as z from 'zod'

/** Any number, `NaN` and the infinities among them, which zod's own `number` refuses. */
export const Float = () => z.custom<number>((value) => typeof value === 'number')

const types = ['counter', 'gauge', 'histogram', 'summary', 'untyped'] as const

export const Metric = () =>
  z.strictObject({
    labels: z.record(z.string(), z.string()),
    /** What a counter, a gauge or an untyped metric stands at. */
    value: Float(),
    /** A histogram's cumulative count up to each bound, or a summary's value at each quantile. */
    points: z.array(z.tuple([Float(), Float()])),
    sum: Float(),
    count: Float(),
  })

/** One time series, or all those that make up one histogram or summary. */
export type Metric = z.output<ReturnType<typeof Metric>>

export const Family = () => z.strictObject({ name: z.string(), type: z.enum(types), help: z.string().nullable(), metrics: z.array(Metric()) })

/** All metrics of one name. */
export type Family = z.output<ReturnType<typeof Family>>

export type MetricType = Family['type']

export const isMetricType = (name: string): name is MetricType => (types as readonly string[]).includes(name)

export const metricOf = (labels: Record<string, string>, rest: Partial<Metric> = {}): Metric => ({
  labels,
  value: 0,
  points: [],
  sum: 0,
  count: 0,
  ...rest,
})

/** Names a series: its labels in order. Prometheus takes an empty label for none. */
export function signature(labels: Readonly<Record<string, string>>): string {
  const named = Object.entries(labels).filter(([, value]) => value !== '')
  return JSON.stringify(named.sort(byName))
}

export const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : a > b ? 1 : 0)
