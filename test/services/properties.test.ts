import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Contract, Operation } from '../../contracts/kit/contract.ts'
import { contracts } from '../../contracts/services.ts'
import { type ServiceName, startSuite } from '../../mocks/index.ts'
import { accepted, anything, text } from './arbitrary.ts'

const operations = Object.values(contracts as Record<string, Contract>).flatMap((contract) =>
  Object.entries(contract.operations).map(([name, operation]) => ({ id: `${contract.service} ${name}`, service: contract.service as ServiceName, operation })),
)

/** Every credential that the world accepts, all at once: what a refusal hides must be reached too. */
const CREDENTIALS = {
  authorization: 'Bearer mock-config-key-4f1d9c7a2b8e',
  'x-internal-api-key': 'mock-internal-key-7c3e5a9d1f60',
  'x-gateway-secret': 'mock-gateway-secret-b84d2e6f90a1',
}

interface Asked {
  target: string
  headers: Record<string, string>
  body: string | undefined
}

test.each(operations)('$id survives whatever its schemas let through', async ({ service, operation }) => {
  await using suite = await startSuite({ services: [service], ports: 'none', clock: '2026-01-17T09:15:30Z', journalLimit: 1, complain() {} })
  const { body } = operation.details()
  const valid = body === undefined ? fc.constant(undefined) : accepted(body).map(written)
  await fc.assert(
    fc.asyncProperty(request(operation, valid), async (asked) => {
      expect(await outcome(suite, service, operation, asked)).toEqual(FINE)
    }),
    { numRuns: 60, seed: 42 },
  )
})

test.each(operations)('$id refuses anything else in the vendor’s words', async ({ service, operation }) => {
  await using suite = await startSuite({ services: [service], ports: 'none', clock: '2026-01-17T09:15:30Z', journalLimit: 1, complain() {} })
  const wild = fc.oneof(
    anything.map(written),
    fc.string(),
    fc.constantFrom(undefined, '', '{', '[1,', 'null', '{"a":NaN}', '"\\ud800"', '{"__proto__":{}}', '[[[[[[]]]]]]'),
  )
  await fc.assert(
    fc.asyncProperty(request(operation, wild), async (asked) => {
      expect(await outcome(suite, service, operation, asked)).toEqual(FINE)
    }),
    { numRuns: 40, seed: 42 },
  )
})

/** No failure of ours, no broken promise. */
const FINE = { failure: null, violations: [], failed: false }

async function outcome(suite: Awaited<ReturnType<typeof startSuite>>, service: ServiceName, { method }: Operation, { target, headers, body }: Asked) {
  const init = method === 'GET' || body === undefined ? { method, headers } : { method, headers, body }
  const reply = await suite.fetch(service, target, init)
  const [entry] = suite.journal.entries({ limit: 1 })
  return { failure: entry?.failure ?? null, violations: entry?.violations ?? [], failed: reply.status >= 500 && reply.headers.has('x-mock-suite-error') }
}

function request({ path, ...operation }: Operation, body: fc.Arbitrary<string | undefined>): fc.Arbitrary<Asked> {
  const { query, consumes } = operation.details()
  const names = path.match(/:\w+|\*/g) ?? []
  const segments = fc.tuple(...names.map(() => text.filter((value) => value !== '' && value !== '.' && value !== '..').map(segment)))
  const credentials = fc.subarray(Object.entries(CREDENTIALS), { minLength: 2 }).map((some) => Object.fromEntries(some))
  return fc.record({
    target: fc.tuple(segments, query === undefined ? fc.constant('') : queryText(accepted(query))).map(([values, search]) => {
      let at = 0
      return path.replace(/:\w+|\*/g, () => values[at++] as string) + search
    }),
    headers: credentials.map((some) => ({ ...some, 'content-type': consumes === undefined || consumes === 'json' ? 'application/json' : 'text/plain' })),
    body,
  })
}

const segment = (value: string): string => encodeURIComponent(value.replace(/[\ud800-\udfff]/gu, '?'))

const written = (value: unknown): string => (typeof value === 'string' && value.includes('\n') ? value : JSON.stringify(value))

function queryText(values: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  return fc.tuple(values, fc.dictionary(fc.string({ maxLength: 8 }), text, { maxKeys: 2 })).map(([known, others]) => {
    const pairs = Object.entries({ ...others, ...(known as object) }).filter(([, value]) => value !== null && value !== undefined)
    return pairs.length === 0 ? '' : `?${pairs.map(([name, value]) => `${segment(name)}=${segment(String(value))}`).join('&')}`
  })
}
