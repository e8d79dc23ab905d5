import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import type { Contract, Operation } from '../../contracts/kit/contract.ts'
import type { Explanation } from '../../contracts/kit/explanation.ts'
import { contracts } from '../../contracts/services.ts'
import { type ServiceName, startSuite } from '../../mocks/index.ts'
import { accepted, anything, text } from '../services/arbitrary.ts'
import { runCurl } from './curl.ts'

const operations = Object.values(contracts as Record<string, Contract>).flatMap((contract) =>
  Object.entries(contract.operations).map(([name, operation]) => ({
    id: `${contract.service}.${name}`,
    seed: seedOf(`${contract.service}.${name}`),
    service: contract.service as ServiceName,
    name,
    operation,
  })),
)

const start = (options = {}) => startSuite({ ports: 'none', clock: '2026-01-17T09:15:30Z', complain() {}, ...options })
type Suite = Awaited<ReturnType<typeof start>>

/** One is asked, the other is as at the start. */
const [suite, fresh] = await Promise.all([start(), start()])
afterAll(() => Promise.all([suite.stop(), fresh.stop()]))

test.each(operations)('$id: what is marked ✗ is what was refused, and what is suggested is answered', async ({ service, name, operation, seed }) => {
  suite.reset()
  await fc.assert(
    fc.asyncProperty(badRequest(operation), async ({ target, init }) => {
      await suite.fetch(service, target, init)
      const [entry] = suite.journal.entries({ limit: 1 })
      const explanation = await suite.lane(0).explain(entry?.seq ?? 0)
      expect(explanation === undefined).toBe(entry?.problem === null)
      if (explanation === undefined || entry?.problem == null) return
      expect(explanation.told.length).toBeLessThan(2000)
      expect(sameOnBothSides(explanation)).toEqual([])
      if (entry.operation === name) expect(agrees(explanation, entry.problem, entry.reply?.body ?? '')).toBe(true)
      fresh.reset()
      expect(await problemOf(fresh, explanation)).toBe(explanation.nearest.length === 0 ? 'none suggested' : null)
    }),
    { numRuns: 6, seed },
  )
})

test('the requests of these tests are refused for every usual reason', async () => {
  suite.reset()
  for (const { service, operation, seed } of operations) {
    for (const { target, init } of fc.sample(badRequest(operation), { numRuns: 10, seed })) await suite.fetch(service, target, init)
  }
  const usual = ['unknown-operation', 'method-not-allowed', 'moved', 'unauthorized', 'forbidden', 'invalid', 'malformed-body']
  const seen = new Set(suite.journal.entries({ refused: true }).map(({ problem }) => problem))
  expect(usual.filter((problem) => !seen.has(problem as never))).toEqual([])
})

/** Requests as clients get them wrong: another path, method, media type, credential or body. */
function badRequest({ method, path, details }: Operation): fc.Arbitrary<{ target: string; init: RequestInit }> {
  const { body, consumes = 'json' } = details()
  const right = body === undefined ? fc.constant(undefined) : accepted(body)
  const target = fc
    .tuple(
      fc.array(
        text.filter((one) => one !== ''),
        { minLength: 4, maxLength: 4 },
      ),
      fc.constantFrom('', '', '', 's', '/', '%E2%80%8B'),
      fc.constantFrom('', '', '?limit=many&unknown=1'),
    )
    .map(([values, slip, query]) => path.replace(/:(\w+)|\*/g, () => encodeURIComponent(values.pop() ?? 'x')) + slip + query)
  const headers = fc.constantFrom<Record<string, string>>(
    {},
    { 'x-internal-api-key': 'mock-internal-key-7c3e5a9d1f60', 'x-gateway-secret': 'mock-gateway-secret-b84d2e6f90a1' },
    { 'x-internal-api-key': 'wrong' },
    { authorization: 'Bearer mock-config-key-4f1d9c7a2b8e', 'content-type': 'application/json' },
    { authorization: 'Basic abc', 'content-type': 'text/plain' },
  )
  const sent = fc
    .oneof(right, anything, fc.constantFrom('{', "{'a': True}", 'a=1&b=2', '\ufeff[]', ''))
    .map((value) =>
      value === undefined
        ? undefined
        : typeof value === 'string'
          ? value
          : consumes === 'form'
            ? new URLSearchParams(Object.entries(Object(value) as object).map(([one, other]): [string, string] => [one, JSON.stringify(other)])).toString()
            : JSON.stringify(value),
    )
  return fc.record({ target, headers, sent, verb: fc.constantFrom(method, method, method, 'POST', 'PUT', 'GET') }).map(({ target, headers, sent, verb }) => ({
    target,
    init: { method: verb, headers, ...(sent === undefined || verb === 'GET' ? {} : { body: sent }) },
  }))
}

/** The parts that were refused, by the words of the refusal itself. */
function agrees({ nearest: [candidate] }: Explanation, problem: string, reply: string): boolean {
  const unmet = new Set(candidate?.criteria.filter(({ met }) => !met).map(({ part }) => part))
  if (problem === 'unauthorized' || problem === 'forbidden') return unmet.has('credential')
  if (problem === 'unknown-operation') return unmet.has('path')
  if (problem !== 'invalid') return unmet.has('body') || unmet.has('content-type')
  const { detail } = JSON.parse(reply.startsWith('{') ? reply : '{}') as { detail?: { loc: string[] }[] }
  if (!Array.isArray(detail)) return unmet.has('body')
  const refused = new Set(detail.map(({ loc }) => loc[0]))
  unmet.delete('content-type')
  return refused.size === unmet.size && [...refused].every((part) => unmet.has(part as never))
}

function sameOnBothSides({ nearest }: Explanation): unknown[] {
  return nearest.flatMap(({ criteria, body }) => [...criteria.filter(({ met }) => !met), ...body].filter(({ expected, got }) => expected === got))
}

async function problemOf(suite: Suite, explanation: Explanation): Promise<string | null> {
  if (explanation.curl === null) return 'none suggested'
  const { seq } = await runCurl(suite, explanation.curl)
  return suite.journal.entry(seq)?.problem ?? null
}

/** With one seed for all of them, all would be asked in the same wrong ways. */
function seedOf(id: string): number {
  return [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, 42)
}
