import { expect, test } from 'vitest'
import * as z from 'zod'
import * as z3 from 'zod/v3'
import { defineContract, fastapi, get, once } from '../../contracts/index.ts'
import { joined } from '../../contracts/kit/joined.ts'
import { defineMock, withServices } from '../../mocks/index.ts'

const said = once(() => z.strictObject({ status: z.string() }))
const details = { summary: 'Says so.', responses: { 200: said() }, evidence: 'client', source: 'a test', examples: {} } as const

const contractWith = (paths: Record<string, `/${string}`>, service = 'ledger') =>
  defineContract({
    service,
    title: 'Ledger',
    port: 8777,
    host: 'ledger-service',
    env: {},
    errors: fastapi({ version: '0.115.0' }),
    operations: Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, get(path, () => details)])),
  })

const take = (contract: ReturnType<typeof contractWith>) => joined({}, { [contract.service]: contract }, { contractOf: (one) => one })

test('two operations at one path are refused by name, whatever their parameters are called', () => {
  expect(() => take(contractWith({ one: '/a', other: '/a' }))).toThrow('one and other are both GET /a')
  expect(() => take(contractWith({ one: '/a/:id', other: '/a/:name' }))).toThrow('one and other are both GET /a/:name')
  expect(take(contractWith({ one: '/a/:id', other: '/a/b' }))).toHaveProperty('ledger')
})

test('a name that cannot stand in a command or an address is refused', () => {
  expect(() => take(contractWith({ one: '/a' }, 'My ledger'))).toThrow('could not take "My ledger" in')
})

test('a schema of zod 3 is refused with what to do', () => {
  const responses = { 200: z3.object({ status: z3.string() }) as never }
  expect(() => get('/a', () => ({ ...details, responses })).details()).toThrow('could not read the contract of GET /a: it has a schema of zod 3')
})

test('an asynchronous handler is a failed one, which says so', async () => {
  const operations = { say: async () => ({ status: 200, body: { status: 'late' } }) } as never
  const contract = defineContract({ ...contractWith({}), operations: { say: get('/say', () => details) } })
  const complaints: string[] = []
  await using suite = await withServices({ ledger: defineMock(contract)({ operations }) })({
    services: ['ledger'],
    ports: 'none',
    complain: (text) => void complaints.push(text),
  })
  const reply = await suite.fetch('ledger', '/say')
  expect(reply.status).toBe(500)
  expect(await reply.text()).toContain('the handler of say is asynchronous')
  expect(complaints.join()).toContain('asynchronous')
})
