import * as z from 'zod'
import type { RecordInfo, TableInfo, TablePage } from '../../contracts/control.ts'
import { control } from '../../contracts/control.ts'
import { type Call, type DataOf, defineCommand, type Group } from '../kit/command.ts'
import { whole } from '../kit/flag.ts'
import { patched } from '../kit/record.ts'
import { type Remote, remote, remoteFlags } from '../kit/remote.ts'
import { columns } from '../reports/columns.ts'

const showFlags = { ...remoteFlags, limit: whole('the first so many records', { value: 'N', min: 1, max: 1_000_000, initial: undefined, shown: 'all' }) }

const showOutput = () => {
  const { listTables, listRecords, getRecord } = control.operations
  return z.union([
    z.strictObject({ tables: listTables.details().responses[200] }),
    listRecords.details().responses[200].describe('Of a table'),
    getRecord.details().responses[200].describe('Of a record'),
  ])
}

const show = defineCommand({
  flags: showFlags,
  output: showOutput,
  args: [
    { name: 'table', summary: 'users, or world.users, or alert.alerts; all tables when left out', optional: true },
    { name: 'key', summary: 'one record', optional: true },
  ],
  examples: ['mock-suite world show', 'mock-suite world show users', 'mock-suite world show settings CACHE_TTL_SECONDS'],
  async run(call) {
    const [table, key] = call.args
    const suite = remote(call.flags)
    if (table === undefined) return showTables(call, suite)
    return key === undefined ? showTable(call, suite, table) : showRecord(call, suite, table, key)
  },
})

const set = defineCommand({
  flags: remoteFlags,
  args: [
    { name: 'table', summary: 'users, or world.users, or alert.alerts' },
    { name: 'key', summary: 'the record to write' },
    { name: 'value', summary: 'the whole record as JSON, or members to change as name=value', many: true },
  ],
  output: () => control.operations.putRecord.details().responses[200].extend({ created: z.boolean() }),
  examples: ['mock-suite world set settings CACHE_TTL_SECONDS value=60', `mock-suite world set users user_7 tier=free permissions='["read_signals"]'`],
  async run({ flags, args: [table = '', key = '', ...values], terminal }) {
    const suite = remote(flags)
    const path = recordPath(table, key)
    const current = async () => (await suite.get<RecordInfo>(path, { lane: flags.lane })).record
    const reply = await suite.ask('PUT', path, { lane: flags.lane }, { body: await patched(values, current) })
    const written = (await reply.json()) as RecordInfo
    terminal.print(flags.json ? terminal.json({ ...written, created: reply.status === 201 }) : JSON.stringify(written.record, undefined, 2))
    return undefined
  },
})

/** The records of a lane: what the fakes share, and what each keeps. */
export const world: Group = {
  commands: {
    show: { summary: 'Shows the tables, the records of one, or one record.', load: async () => show },
    set: { summary: 'Writes a record; the next request of the service under test sees it.', load: async () => set },
  },
}

type ShowCall = Pick<Call<typeof showFlags, DataOf<typeof showOutput>>, 'flags' | 'terminal'>

async function showTables({ flags, terminal }: ShowCall, suite: Remote): Promise<undefined> {
  const tables = await suite.get<TableInfo[]>('/v1/tables', { lane: flags.lane })
  const rows = tables.map(({ table, records, evicted }) => [table, String(records), ...(evicted === 0 ? [] : [`${evicted} made room`])])
  terminal.print(flags.json ? terminal.json({ tables }) : columns([['table', 'records'], ...rows]))
}

async function showTable({ flags, terminal }: ShowCall, suite: Remote, table: string): Promise<undefined> {
  const page = await suite.get<TablePage>(`/v1/tables/${encodeURIComponent(qualified(table))}`, { lane: flags.lane, limit: flags.limit })
  if (flags.json) return terminal.print(terminal.json(page)) as undefined
  for (const record of page.records) terminal.print(JSON.stringify(record))
  terminal.tell(`${page.records.length} of ${page.total} records of ${page.table}`)
}

async function showRecord({ flags, terminal }: ShowCall, suite: Remote, table: string, key: string): Promise<undefined> {
  const found = await suite.get<RecordInfo>(recordPath(table, key), { lane: flags.lane })
  terminal.print(flags.json ? terminal.json(found) : JSON.stringify(found.record, undefined, 2))
}

/** The world's tables are meant most: their names may stand alone. */
const qualified = (table: string): string => (table.includes('.') ? table : `world.${table}`)
const recordPath = (table: string, key: string): string => `/v1/tables/${encodeURIComponent(qualified(table))}/${encodeURIComponent(key)}`
