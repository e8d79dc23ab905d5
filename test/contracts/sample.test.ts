import { expect, test } from 'vitest'
import * as z from 'zod'
import { conformReply } from '../../contracts/kit/conform.ts'
import { type Contract, defineContract, get } from '../../contracts/kit/contract.ts'
import { fastapi } from '../../contracts/kit/fastapi.ts'
import { plainText } from '../../contracts/kit/plain-text.ts'
import { problemJson } from '../../contracts/kit/problem-json.ts'
import { sampleReply } from '../../contracts/kit/sample.ts'
import { contracts } from '../../contracts/services.ts'

const declared = Object.values(contracts as Record<string, Contract>).flatMap((contract) =>
  Object.entries(contract.operations).flatMap(([name, operation]) =>
    [...new Set([...Object.keys(operation.details().responses), ...Object.keys(contract.errors.refusals())])].map((status) => ({
      id: `${contract.service}.${name} ${status}`,
      contract,
      operation,
      status: Number(status),
    })),
  ),
)

test('every status that any operation declares has a reply which keeps the contract', () => {
  const without = declared.filter(({ contract, operation, status }) => {
    const sample = sampleReply(contract, operation, status)
    if (sample === undefined) return true
    const { body, contentType = 'application/json', headers = [] } = sample
    return sample.status !== status || conformReply(contract, operation, { status, body, contentType, headers }).length > 0
  })
  expect(declared.length).toBeGreaterThan(500)
  expect(without.map(({ id }) => id)).toEqual([])
})

test('the operation’s own example comes before what its framework would say', () => {
  const { getSecret } = contracts.config.operations
  const shown = Object.values(getSecret.details().examples).find(({ reply }) => (reply.status as number) === 404)
  expect(shown).toBeDefined()
  expect(sampleReply(contracts.config, getSecret, 404)?.body).toEqual(shown?.reply.body)
})

const teapot = (responses: Record<number, z.ZodType | { body: z.ZodType; headers: Record<string, z.ZodType> }>) =>
  defineContract({
    service: 'teapot',
    title: 'Teapot',
    port: 8200,
    host: 'teapot',
    env: {},
    errors: fastapi({ version: '0.115.0' }),
    operations: { brew: get('/brew', () => ({ summary: 'Brews.', responses, evidence: 'document', source: 'RFC 2324', examples: {} })) },
  })

test('what has no example is made from its schema, in the words of its status', () => {
  const contract = teapot({
    429: z.strictObject({
      error: z.string(),
      code: z.literal('E_BUSY'),
      retry_after: z.int().min(1),
      since: z.iso.datetime(),
      limits: z.array(z.strictObject({ kind: z.enum(['minute', 'day']), left: z.number().max(-1) })),
      hint: z.string().optional(),
      owner: z.string().min(20).nullable(),
    }),
  })
  expect(sampleReply(contract, contract.operations.brew, 429)).toEqual({
    status: 429,
    contentType: 'application/json',
    headers: [],
    body: {
      error: 'Too Many Requests',
      code: 'E_BUSY',
      retry_after: 1,
      since: '2026-01-17T09:15:30Z',
      limits: [{ kind: 'minute', left: -1 }],
      owner: 'Too Many Requests...',
    },
  })
})

test('what a schema shows as its example is taken before anything made up', () => {
  const contract = teapot({
    503: z.strictObject({
      code: z
        .string()
        .regex(/^E\d+$/)
        .meta({ examples: ['E17'] }),
    }),
  })
  expect(sampleReply(contract, contract.operations.brew, 503)?.body).toEqual({ code: 'E17' })
})

test('a header that the contract wants comes with it', () => {
  const contract = teapot({ 429: { body: z.strictObject({ detail: z.string() }), headers: { 'retry-after': z.string() } } })
  expect(sampleReply(contract, contract.operations.brew, 429)).toMatchObject({ body: { detail: 'Too Many Requests' }, headers: ['retry-after', '60'] })
})

test('nothing is made up that the contract would not take, nor for a status that it does not declare', () => {
  const contract = teapot({ 418: z.strictObject({ code: z.string().regex(/^E\d+$/) }) })
  expect(sampleReply(contract, contract.operations.brew, 418)).toBeUndefined()
  expect(sampleReply(contract, contract.operations.brew, 503)).toBeUndefined()
})

test.each([
  [
    'FastAPI',
    fastapi({ version: '0.115.0' }),
    { 500: 'Internal Server Error', 503: { detail: 'Service Unavailable' }, 413: { detail: 'Request Entity Too Large' }, 200: null },
  ],
  ['Go', plainText({ server: 'sidecar', invalid: 'Invalid' }), { 400: 'Invalid', 404: '404 page not found\n', 503: 'Service Unavailable\n', 200: '' }],
  [
    'problem+json',
    problemJson({ server: 'ours' }),
    { 503: { type: 'about:blank', title: 'Service Unavailable', status: 503, detail: 'Service Unavailable.', code: 'service-unavailable' } },
  ],
])('%s has words for a status about which nothing more is known', (_, envelope, words) => {
  for (const [status, body] of Object.entries(words)) expect(envelope.bare(Number(status))).toMatchObject({ status: Number(status), body })
})

test('FastAPI answers 422 with the item that is missing', () => {
  const missing = { type: 'missing', loc: ['body'], msg: 'Field required', input: null }
  expect(fastapi({ version: '0.115.0' }).bare(422).body).toEqual({ detail: [missing] })
  expect(fastapi({ version: '0.104.1' }).bare(422).body).toEqual({ detail: [{ ...missing, url: 'https://errors.pydantic.dev/2.5/v/missing' }] })
})
