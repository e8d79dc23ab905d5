import { expect, test } from 'vitest'
import type { AuthScheme, AuthWords } from '../../contracts/kit/auth.ts'
import type { Contract, Example, ExampleRequest, Operation } from '../../contracts/kit/contract.ts'
import { readJson, writeJson } from '../../contracts/kit/json.ts'
import { contracts } from '../../contracts/services.ts'
import { type ServiceName, startSuite } from '../../mocks/index.ts'

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

async function answer(suite: Suite, contract: Contract, { method, path, details }: Operation, example: ExampleRequest & Partial<Pick<Example, 'reply'>>) {
  const { auth = contract.auth, consumes = 'json', lossless = false } = details()
  const { params = {}, query, body } = example
  const place = path.replace(/:(\w+)|\*/g, (all, name: string) => (name === undefined ? (params['*'] ?? all) : encodeURIComponent(params[name] ?? all)))
  const headers = new Headers(auth && !isUnauthenticated(auth, example.reply) ? await credentials(suite, auth) : {})
  for (const [name, value] of Object.entries(example.headers ?? {}))
    headers.set(name, value.endsWith('…') ? `Bearer ${await accessToken(suite, 'user_123')}` : value)
  if (body !== undefined) headers.set('content-type', MEDIA[consumes])
  const reply = await suite.fetch(contract.service as ServiceName, `${place}${query === undefined ? '' : `?${new URLSearchParams(query)}`}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: WRITE[consumes](body, lossless) }),
  })
  return { status: reply.status, body: await read(reply, lossless) }
}

const MEDIA = { json: 'application/json', text: 'text/plain', form: 'application/x-www-form-urlencoded', bytes: 'application/octet-stream' }
const WRITE = {
  json: writeJson,
  text: String,
  form: (body: unknown) => new URLSearchParams(body as Record<string, string>).toString(),
  bytes: String,
}

async function read(reply: Response, lossless: boolean): Promise<unknown> {
  if (reply.status === 204) return null
  const text = await reply.text()
  if (!reply.headers.get('content-type')?.includes('json')) return text
  const json = readJson(Buffer.from(text), lossless)
  return 'value' in json ? json.value : text
}

/** What opens an operation in the seed world. */
async function credentials(suite: Suite, scheme: AuthScheme): Promise<Record<string, string>> {
  const secret = (name: string) => (suite.lane(0).store.table('world.secrets').get(name) as { value: string }).value
  switch (scheme.kind) {
    case 'key':
      return { [scheme.header]: secret(scheme.secret) }
    case 'bearer':
      return { authorization: `Bearer ${secret(scheme.secret)}` }
    case 'token':
      return { authorization: `Bearer ${await accessToken(suite, scheme.needs === 'admin' ? 'user_admin' : 'user_123')}` }
    case 'lenient':
      return credentials(suite, scheme.scheme)
    case 'any':
      return credentials(suite, scheme.schemes[0] as AuthScheme)
    case 'all':
      return Object.assign({}, ...(await Promise.all(scheme.schemes.map((one) => credentials(suite, one)))))
  }
}

async function accessToken(suite: Suite, user_id: 'user_123' | 'user_admin'): Promise<string> {
  const password = { user_123: 'Mock-Password-123', user_admin: 'Mock-Password-2' }[user_id]
  const reply = await suite.fetch('user', '/auth/login', { method: 'POST', body: new URLSearchParams({ username: user_id, password }) })
  return ((await reply.json()) as { access_token: string }).access_token
}

/** Whether the reply of an example is what a missing credential gets. */
function isUnauthenticated(scheme: AuthScheme, reply: Example['reply'] | undefined): boolean {
  const { detail } = Object(reply?.body) as { detail?: unknown }
  return missingWords(scheme).some((words) => words.status === reply?.status && words.detail === detail)
}

function missingWords(scheme: AuthScheme): AuthWords[] {
  if ('missing' in scheme) return [scheme.missing]
  return 'schemes' in scheme ? scheme.schemes.flatMap(missingWords) : missingWords(scheme.scheme)
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
