import { existsSync, readFileSync } from 'node:fs'
import { get as httpGet } from 'node:http'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { defineContract, fastapi, post } from '../../contracts/index.ts'
import type { Contract, Evidence } from '../../contracts/kit/contract.ts'
import { createRouter } from '../../contracts/kit/match.ts'
import { BODY_LIMIT } from '../../contracts/kit/message.ts'
import { contracts } from '../../contracts/services.ts'
import { defineMock, startSuite, suiteOf, table } from '../../mocks/index.ts'
import { CANNOT } from '../../mocks/kit/transports/in-process.ts'
import { KEEP_ALIVE } from '../../mocks/kit/transports/open-server.ts'
import { world } from '../../mocks/world/index.ts'
import { files, root } from '../house/files.ts'
import { code, expectPart, tableOf } from './generated.ts'
import { read } from './markdown.ts'

const page = 'docs/fidelity.md'
const all: readonly Contract[] = Object.values(contracts)
const INFERRED = /\binferred: (.*)$/

const operations = all.flatMap(({ service, operations }) =>
  Object.entries(operations).map(([name, { details }]) => ({ service, name, evidence: details().evidence, guess: INFERRED.exec(details().source)?.[1] })),
)

test('docs/fidelity.md counts who vouches for the operations of each service', () => {
  const kinds: readonly Evidence[] = ['provider', 'client', 'test', 'document']
  const rows = all.map(({ service }) => {
    const mine = operations.filter((operation) => operation.service === service)
    const guessed = mine.filter(({ guess }) => guess !== undefined)
    return [
      service,
      ...[...kinds.map((kind) => mine.filter(({ evidence }) => evidence === kind)), guessed].map(({ length }) => (length === 0 ? '–' : String(length))),
    ]
  })
  expectPart(page, 'evidence', tableOf(['service', ...kinds, 'with something inferred'], rows))
})

test('docs/fidelity.md names everything that a contract infers', () => {
  const rows = operations.filter(({ guess }) => guess !== undefined).map(({ service, name, guess }) => [service, code(name), guess ?? ''])
  expectPart(page, 'inferred', tableOf(['service', 'operation', 'inferred'], rows))
})

test('docs/fidelity.md names everything that a mock infers', () => {
  const rows = files('mocks')
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) =>
      readFileSync(join(root, file), 'utf8')
        .split('\n')
        .filter((line) => /\/[/*].*\bInferred: /.test(line))
        .map((line) => [code(file), line.replace(/^.*?\/(?:\*\*|\/) /, '').replace(/ \*\/$/, '')]),
    )
    .toSorted()
  expect(rows.length).toBeGreaterThan(5)
  expectPart(page, 'guesses', tableOf(['file', 'what it says'], rows))
})

test('docs/fidelity.md names what the port registry plans and nobody serves', () => {
  const served = new Set(all.map(({ service }) => service))
  const planned = world.seed(0).ports.filter(({ service }) => !served.has(service))
  const rows = [...new Map(planned.map(({ service, host, port, description }) => [service, [service, code(`${host}:${port}`), description]])).values()]
  expectPart(page, 'absent', tableOf(['service', 'planned address', 'what it is'], rows))
})

test('what docs/fidelity.md calls not served is not served', () => {
  const text = readFileSync(join(root, page), 'utf8')
  const section = text.slice(text.indexOf('## What is not served'), text.indexOf('## What differs by choice'))
  const named = [...section.matchAll(/`(GET|POST|PUT) (\/[^`]+)`/g)].map(([, method = '', path = '']) => ({ method, path }))
  expect(named.length).toBeGreaterThan(10)
  const routers = all.map(createRouter)
  const served = named.filter(({ method, path }) => routers.some((router) => 'operation' in router.match(method, path)))
  expect(served).toEqual([])
})

test('docs/fidelity.md tells the bounds as the code has them', () => {
  const rows = [
    ['request body', `${BODY_LIMIT / 1024 / 1024} MiB`, 'refused with 413'],
    ['idle connection', `${KEEP_ALIVE / 1000} s`, 'closed'],
    ['records of a table', '100,000', 'the oldest that are no seed data make room, and are counted'],
    ['exchanges in a journal', '10,000, or 32 MiB of bodies and headers', 'the oldest make room, and are counted'],
    ['lanes', '64', 'refused'],
    ['tries of a webhook', '3, of 10 s each', 'given up; every try stands in the journal'],
  ]
  expectPart(page, 'limits', tableOf(['what', 'bound', 'beyond it'], rows))
})

test('docs/fidelity.md tells what msw cannot carry, and why', () => {
  expectPart(
    page,
    'cannot',
    tableOf(
      ['what', 'why not'],
      Object.entries(CANNOT).map(([what, why]) => [code(what), why]),
    ),
  )
})

test('every difference by choice names a test that there is', () => {
  const named = read(page).prose.flatMap((line) =>
    [...line.matchAll(/\[([^\]]+)\]\((\.\.\/test\/[^)]+)\)/g)].map(([, title = '', path = '']) => ({ title, path })),
  )
  expect(named.length).toBeGreaterThan(10)
  const missing = named.filter(({ title, path }) => {
    const file = join(root, dirname(page), path)
    return !existsSync(file) || !readFileSync(file, 'utf8').includes(`test('${title}'`)
  })
  expect(missing).toEqual([])
})

test('the environment is development, unless somebody says otherwise', async () => {
  await using suite = await startSuite({ services: ['config'], ports: 'auto' })
  expect(suite.env().ENVIRONMENT).toBe('development')
  expect(suite.env(0, 'production').ENVIRONMENT).toBe('production')
})

test('an idle connection is kept for longer than any client keeps it', () => {
  // undici gives up after 4 s, httpx after 5, aiohttp after 15.
  expect(KEEP_ALIVE).toBeGreaterThan(60_000)
})

test('to a service with a clock of its own, a token of a fake that stands in the past has expired', async () => {
  await using suite = await startSuite({ services: ['user'], ports: 'none', clock: '2026-01-17T09:15:30Z' })
  const reply = await suite.fetch('user', '/v1/auth/login', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'user_123@example.com', password: 'Mock-Password-123' }),
  })
  const { access_token } = (await reply.json()) as { access_token: string }
  const { exp } = JSON.parse(Buffer.from(access_token.split('.')[1] ?? '', 'base64url').toString()) as { exp: number }
  expect(exp * 1000).toBe(Date.parse('2026-01-17T09:30:30Z'))
  expect(reply.headers.get('date')).toBe('Sat, 17 Jan 2026 09:15:30 GMT')
})

test('an upgrade to a WebSocket is answered like any request', async () => {
  await using suite = await startSuite({ services: ['config'], ports: 'auto' })
  const status = await new Promise((resolve, reject) => {
    const headers = { connection: 'upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==' }
    httpGet(`${suite.url('config')}/health`, { headers, agent: false }, (reply) => resolve(reply.resume().statusCode)).on('error', reject)
  })
  expect(status).toBe(200)
})

test('a reply is not compressed, however much the client would like it', async () => {
  await using suite = await startSuite({ services: ['config'], ports: 'auto' })
  const reply = await fetch(`${suite.url('config')}/health`, { headers: { 'accept-encoding': 'gzip, br' } })
  expect(reply.headers.get('content-encoding')).toBeNull()
})

test('a defect of a fake is marked, and undoes what it wrote', async () => {
  const complaints: string[] = []
  await using suite = await suiteOf({ mocks: { broken: brokenMock }, world })({ ports: 'none', complain: (message) => complaints.push(message) })
  const reply = await suite.fetch('broken', '/notes', { method: 'POST' })
  expect([reply.status, reply.headers.get('x-mock-suite-error')]).toEqual([500, 'handler'])
  expect(suite.lane(0).store.table('broken.notes').size).toBe(0)
  expect(complaints).toEqual([expect.stringContaining('broken.addNote failed: Error: halfway')])
})

const broken = defineContract({
  service: 'broken',
  title: 'Broken service',
  port: 8123,
  host: 'broken-service',
  env: {},
  errors: fastapi({ version: '0.115.0' }),
  operations: {
    addNote: post('/notes', () => ({ summary: 'Fails halfway.', responses: { 201: z.null() }, evidence: 'test', source: page, examples: {} })),
  },
})

const brokenMock = defineMock(broken)({
  tables: { notes: table(() => z.strictObject({ id: z.string() }), { key: 'id' }) },
  operations: {
    addNote({ tables }) {
      tables.notes.insert({ id: 'note_1' })
      throw new Error('halfway')
    },
  },
})

test('the bounds that are only told are true', async () => {
  await expect(startSuite({ services: ['config'], ports: 'none', lanes: 65 })).rejects.toThrow('from 1 to 64')
  await using suite = await startSuite({ services: ['config'], ports: 'none' })
  for (let n = 0; n < 10_001; n += 1)
    await suite
      .lane(0)
      .service('config')
      .handle({ method: 'GET', target: '/health', rawHeaders: [], body: Buffer.alloc(0), tooLarge: false, gone: false })
  expect([suite.journal.total, suite.journal.dropped]).toEqual([10_001, 1])
})
