import * as z from 'zod'
import type { TablesOf } from '../kit/store.ts'
import { table } from '../kit/table.ts'
import { Family, Float, Metric } from './family.ts'

const Declared = () => z.strictObject({ name: z.string(), type: Family().shape.type, help: z.string().nullable(), buckets: z.array(z.number()).nullable() })

const Series = () => z.strictObject({ ...Metric().shape, id: z.string(), name: z.string(), updated_at: z.iso.datetime() })

const Group = () =>
  z.strictObject({
    /** The grouping labels in order. */
    key: z.string(),
    labels: z.record(z.string(), z.string()),
    families: z.array(Family()),
    /** When a push to it last succeeded and last failed, in seconds since 1970; 0 for never. */
    pushed_at: Float(),
    failed_at: Float(),
  })

const Tally = () => z.strictObject({ id: z.literal('pushes'), push_count: z.int(), error_count: z.int() })

export type Declared = z.output<ReturnType<typeof Declared>>
export type Series = z.output<ReturnType<typeof Series>>
export type Group = z.output<ReturnType<typeof Group>>

export const metricsTables = {
  /** What the JSON pushes declared, by metric name. */
  declared: table(Declared, { key: 'name' }),
  /** What they add up to, one record for each set of labels. */
  series: table(Series, { key: 'id', indexes: ['name'] }),
  /** What was pushed to the Pushgateway's paths, as it was pushed. */
  groups: table(Group, { key: 'key' }),
  tally: table(Tally, { key: 'id' }),
}

export type MetricsTables = TablesOf<typeof metricsTables>
