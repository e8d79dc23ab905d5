import * as z from 'zod'
import { startSuite } from '../../mocks/index.ts'
import { Store } from '../../mocks/kit/store.ts'
import { table } from '../../mocks/kit/table.ts'
import { type Figure, median, microseconds, milliseconds } from './figure.ts'

const Row = () => z.strictObject({ id: z.string(), group: z.int(), name: z.string(), tags: z.array(z.string()), price: z.number().nullable() })
const row = (n: number) => ({ id: `row_${n}`, group: n % 10, name: `Row ${n}`, tags: ['a', 'b'], price: n % 3 === 0 ? null : n })

/** The store at 100,000 records, and a reset of a suite that wrote 10,000. */
export async function store(): Promise<Figure[]> {
  const { rows } = new Store().open('bench', { rows: table(Row, { key: 'id', indexes: ['group'] }) })
  const create = each(99_000, (n) => rows.insert(row(n)))
  const byKey = each(500_000, (n) => rows.get(`row_${n % 99_000}`))
  const filter = median(Array.from({ length: 9 }, () => each(1, () => rows.list({ where: ({ group }) => group === 3 }))))
  rows.where('group', 3)
  const byIndex = median(Array.from({ length: 9 }, () => each(1, () => rows.where('group', 3))))
  return [
    { what: 'store: a record by key, at 100,000', measured: microseconds(byKey), must: '≤ 5 µs', aim: '≤ 1 µs' },
    { what: 'store: a record created, with zod', measured: microseconds(create), must: '≤ 20 µs', aim: '≤ 5 µs' },
    { what: 'store: a tenth of the records, filtered', measured: milliseconds(filter / 1000), must: '≤ 10 ms', aim: '' },
    { what: 'store: a tenth of the records, by index', measured: milliseconds(byIndex / 1000), must: '', aim: '≤ 0.2 ms' },
    await reset(),
  ]
}

async function reset(): Promise<Figure> {
  await using suite = await startSuite({ ports: 'none' })
  const settings = suite.lane(0).store.table('world.settings')
  const took = Array.from({ length: 9 }, () => {
    for (let n = 0; n < 10_000; n += 1) settings.put({ key: `k${n}`, value: 'x' })
    return each(1, () => suite.reset())
  })
  return { what: 'reset of a suite with 10,000 records', measured: milliseconds(median(took) / 1000), must: '≤ 5 ms', aim: '' }
}

/** Microseconds a call. */
function each(calls: number, work: (n: number) => unknown): number {
  const from = performance.now()
  for (let n = 0; n < calls; n += 1) work(n)
  return ((performance.now() - from) * 1000) / calls
}
