import { type ServiceName, startSuite } from '../../mocks/index.ts'

// A suite for the bench, in a process of its own: options as JSON, addresses on the first line of standard output.
const options = JSON.parse(process.argv[2] ?? '{}') as Parameters<typeof startSuite>[0] & { records?: { table: string; count: number } }
const suite = await startSuite({ ports: 'auto', ...options })
if (options?.records !== undefined) fill(options.records)
process.once('SIGINT', () => process.exit())
process.stdout.write(`${JSON.stringify(Object.fromEntries(suite.services.map((name: ServiceName) => [name, suite.url(name)])))}\n`)

/** Copies of the table's first record under other keys. */
function fill({ table, count }: { table: string; count: number }): void {
  const into = suite.lane(0).store.table(table)
  const [first] = into.all() as Record<string, unknown>[]
  const [key] = Object.keys(first ?? {}) as [string]
  for (let n = into.size; n < count; n += 1) into.put({ ...first, [key]: `filler_${n}` })
}
