import { expect, test, vi } from 'vitest'
import { startSuite } from '../../mocks/index.ts'
import type { AnyFault } from '../../scenarios/kit/fault.ts'
import { faults } from '../../scenarios/kit/faults/index.ts'
import type { InjectedInput } from '../../scenarios/kit/scenario.ts'
import table from '../clients/client-table.json' with { type: 'json' }
import { code, codes, expectPart, tableOf } from '../docs/generated.ts'
import { type Client, clients } from './node-clients.ts'

const page = 'docs/client-table.md'

/** One line of the page. The same cases are played to the clients of Python, in test/clients/test_client_table.py. */
interface Case {
  /** What happens, in words. */
  case: string
  inject: InjectedInput[]
  /** Of the client, in milliseconds. */
  timeout?: number
  /** So many requests come first. */
  before?: number
  /** Clients that notice sooner or later as luck has it: of their errors only the class is told. */
  unsteady?: string[]
}
const cases = table.cases as Case[]
const { ask } = table

test('what fetch, node:http and axios raise or return is what docs/client-table.md says', async () => {
  const rows: string[][] = []
  for (const one of cases)
    rows.push([...lineOf(one), ...(await Promise.all(Object.entries(clients).map(async ([name, client]) => code(await outcomeOf(one, name, client)))))])
  expectPart(page, 'node', tableOf(['fault', 'what happens', ...Object.keys(clients)], rows))
}, 120_000)

test('every fault that a client can see has its line', () => {
  const catalogue: [string, AnyFault][] = Object.entries(faults)
  const unseen = catalogue.filter(([, { strikes = ['in'] }]) => !strikes.includes('in')).map(([name]) => name)
  const lines = new Set(cases.flatMap(({ inject }) => inject.map(({ fault }) => fault as string)))
  expect(catalogue.map(([name]) => name).filter((name) => !lines.has(name))).toEqual(unseen)
  expectPart(page, 'unseen', [codes(unseen)])
})

/** What a client meets, on connections of its own; and that it met the fault, not something else. */
async function outcomeOf({ inject, timeout = table.timeout, before = 0, unsteady = [] }: Case, name: string, client: Client): Promise<string> {
  const gone = inject.some((one) => one.fault === 'down' && one.for === undefined)
  await using suite = await startSuite({ services: ['config'], ports: 'auto', clock: '2026-01-17T09:15:30Z' })
  const url = `${suite.url('config')}${ask.path}`
  const headers = { 'x-internal-api-key': suite.env().INTERNAL_API_KEY ?? '' }
  const healthy: unknown = await (await suite.fetch('config', ask.path, { headers })).json()
  suite.clock.resume()
  await suite.play({
    name: 'one-case',
    story: 'One fault, for one client.',
    rules: [{ when: { service: 'config', ...(gone ? {} : { operation: ask.operation }) }, inject }],
  })
  for (let n = 0; n < before; n += 1) await client({ url, headers, timeout })

  const asked = suite.journal.total
  const told = await client({ url, headers, timeout, healthy })
  // What a client has not waited for is over then, and stands in the journal.
  suite.clock.advance('1h')
  // Where nobody listens there is nothing to keep a journal of.
  if (gone) expect([told, suite.journal.total]).toEqual([expect.stringContaining('ECONNREFUSED'), asked])
  else await vi.waitFor(() => expect(suite.journal.entry(asked + 1)?.faults).toMatchObject(inject.map(({ fault }) => ({ fault }))))
  const struck = suite.journal.entries({ since: asked }).filter(({ faults }) => faults.length > 0).length
  return `${unsteady.includes(name) ? told.replace(/^(\d+, then )?(\w+).*$/, '$1$2') : told}${struck < 2 ? '' : `, asked ${struck === 2 ? 'twice' : `${struck} times`}`}`
}

/** Its faults as they are written in a scenario, without the braces of YAML around them. */
function lineOf({ case: words, inject }: Case): string[] {
  return [codes(inject.map(written)), words]
}

function written({ fault, off_contract: _, ...options }: InjectedInput): string {
  const set = Object.entries(options).map(([name, value]) => `${name}: ${typeof value === 'object' ? JSON.stringify(value) : value}`)
  return set.length === 0 ? fault : `${fault} { ${set.join(', ')} }`
}
