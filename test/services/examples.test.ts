import { expect, test } from 'vitest'
import type { Contract, Example, ExampleRequest, Operation } from '../../contracts/kit/contract.ts'
import { readJson } from '../../contracts/kit/json.ts'
import { contracts } from '../../contracts/services.ts'
import { type ServiceName, startSuite } from '../../mocks/index.ts'
import { exampleRequest } from './example-request.ts'

const examples = Object.values(contracts as Record<string, Contract>).flatMap((contract) =>
  Object.entries(contract.operations).flatMap(([name, operation]) =>
    Object.entries(operation.details().examples).map(([title, example]) => ({ id: `${contract.service}.${name}: ${title}`, contract, operation, example })),
  ),
)

test.each(examples)('$id is what a fresh suite answers', async ({ contract, operation, example }) => {
  await using suite = await start()
  for (const { operation: name, ...before } of example.after ?? []) {
    const earlier = contract.operations[name]
    if (earlier === undefined) throw new Error(`the example comes after ${name}, which is no operation of ${contract.service}`)
    expect((await answer(suite, contract, earlier, before)).status, name).toBeLessThan(300)
  }
  const { status, body } = await answer(suite, contract, operation, example)
  expect({ status, body: likened(body, example.reply.body) }).toEqual({ status: example.reply.status, body: likened(example.reply.body) })
})

test('a difference in status, in a member, in a value or in the length of a list is found out', () => {
  const shown = { id: 'email_77a8f0227470', to: ['a'], none: [], token: 'eyJ…' }
  const found = (body: unknown) => likened(body, shown)
  expect(found({ id: 'email_000000000000', to: ['a', 'b'], none: [], token: 'eyJhbGci' })).toEqual(likened(shown))
  for (const body of [
    { id: 'sms_77a8f0227470', to: ['a'], none: [], token: 'eyJ' },
    { id: 'email_77a8f0227470', to: [], none: [], token: 'eyJ' },
    { id: 'email_77a8f0227470', to: ['a'], none: ['b'], token: 'eyJ' },
    { id: 'email_77a8f0227470', to: ['a'], none: [], token: 'abc' },
    { id: 'email_77a8f0227470', to: ['a'], none: [], token: 'eyJ', more: null },
    { id: 'email_77a8f0227470', to: ['a'], none: [] },
  ]) {
    expect(found(body)).not.toEqual(likened(shown))
  }
})

type Suite = Awaited<ReturnType<typeof start>>

const start = () => startSuite({ ports: 'none', clock: '2026-01-17T09:15:30Z' })

async function answer(suite: Suite, contract: Contract, operation: Operation, example: ExampleRequest & Partial<Pick<Example, 'reply'>>) {
  const reply = await suite.fetch(contract.service as ServiceName, await exampleRequest(suite, contract, operation, example))
  return { status: reply.status, body: await read(reply, operation.details().lossless ?? false) }
}

async function read(reply: Response, lossless: boolean): Promise<unknown> {
  if (reply.status === 204) return null
  const text = await reply.text()
  if (!reply.headers.get('content-type')?.includes('json')) return text
  const json = readJson(Buffer.from(text), lossless)
  return 'value' in json ? json.value : text
}

/** Ids and digests, which another seed would make others. */
const GENERATED = /\b[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\b|(?<![0-9a-f])([0-9a-f]{12,}|[0-9A-F]{16})(?![0-9a-f])/g

/** A body as far as examples promise it: with generated ids blotted out, and cut to what the example shows of it. */
function likened(body: unknown, shown: unknown = body): unknown {
  if (typeof body === 'string') return cut(body, shown).replaceAll(GENERATED, 'generated')
  if (Array.isArray(body)) {
    const most = Array.isArray(shown) && shown.length > 0 ? shown.length : body.length
    return body.slice(0, most).map((item, at) => likened(item, Array.isArray(shown) ? shown[at] : undefined))
  }
  if (typeof body !== 'object' || body === null) return body
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, likened(value, (Object(shown) as Record<string, unknown>)[name])]))
}

function cut(text: string, shown: unknown): string {
  if (typeof shown !== 'string' || !shown.endsWith('…') || text === shown) return text
  return text.startsWith(shown.slice(0, -1)) ? shown : text
}
