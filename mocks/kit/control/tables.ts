import { MockSuiteError } from '../../../contracts/kit/error.ts'
import type { Records } from '../records.ts'
import type { Handlers, Subject } from './subject.ts'

/** The records of one lane. What is written here, the next request to a fake sees. */
export function tableHandlers({ suite }: Subject) {
  const open = (name: string, lane = 0) => suite.lane(lane).store.table(name)
  return {
    listTables({ query }) {
      const { store } = suite.lane(query.lane ?? 0)
      const tables = store.names.map((name) => store.table(name))
      return { status: 200, body: tables.map(({ name, size, evicted }) => ({ table: name, records: size, evicted })) }
    },
    listRecords({ params, query: { lane, offset = 0, limit = Number.POSITIVE_INFINITY } }) {
      const { rows, total } = open(params.table, lane).list({ offset, limit })
      return { status: 200, body: { table: params.table, total, records: rows as Row[] } }
    },
    getRecord({ params: { table, key }, query }) {
      const records = open(table, query.lane)
      return { status: 200, body: { table, key, record: records.get(keyIn(records, key)) as Row } }
    },
    putRecord({ params: { table, key }, query, body }) {
      const records = open(table, query.lane)
      const known = find(records, key)
      const record = records.put(named(records, known ?? key, body)) as Row
      return { status: known === undefined ? 201 : 200, body: { table, key, record } }
    },
    deleteRecord({ params: { table, key }, query }) {
      const records = open(table, query.lane)
      records.delete(keyIn(records, key))
      return { status: 204, body: '' }
    },
  } satisfies Handlers<'listTables' | 'listRecords' | 'getRecord' | 'putRecord' | 'deleteRecord'>
}

type Row = Record<string, unknown>

/** A path has only text; some tables count their records. */
function find(records: Records, key: string): string | number | undefined {
  return [key, Number(key)].find((candidate) => records.has(candidate))
}

function keyIn(records: Records, key: string): string | number {
  const known = find(records, key)
  if (known !== undefined) return known
  throw new MockSuiteError('unknown-key', `could not find ${JSON.stringify(key)} in ${records.name}: no record has this ${records.key}. List the table.`)
}

/** The record under the key that the path gives: left out of the body it is filled in, and it may not say something else. */
function named({ name, key: member }: Records, key: string | number, body: Row): Row {
  const given = body[member] ?? key
  if (String(given) === String(key)) return { ...body, [member]: given }
  throw new MockSuiteError(
    'invalid-record',
    `could not keep a record in ${name}: its ${member} is ${JSON.stringify(given)}, but the address says ${JSON.stringify(key)}. Leave it out of the body, or make them one.`,
    { issues: [{ path: [member], message: `is not ${JSON.stringify(key)}, as the address says` }] },
  )
}
