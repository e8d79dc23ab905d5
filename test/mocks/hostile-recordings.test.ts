import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { RecordedExchange } from '../../contracts/kit/recording/exchange.ts'
import { driftReport } from '../../mocks/drift.ts'
import { driftReportOf } from '../../mocks/kit/drift-report.ts'
import type { Mock } from '../../mocks/kit/mock.ts'
import { services } from '../../mocks/services.ts'
import { world } from '../../mocks/world/index.ts'
import { heldDays } from './held-days.ts'
import { recordedDay } from './recorded-day.ts'

const NOW = Date.parse('2026-01-18T00:00:00Z')

/** What drift says of a file with these very words. */
async function of(text: string) {
  const folder = mkdtempSync(join(tmpdir(), 'mock-suite-hostile-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'hostile.har')
  writeFileSync(file, text)
  return driftReport({ recordings: [file], services: ['alert'], now: NOW })
}

const har = (...entries: unknown[]) => JSON.stringify({ log: { entries } })
const entry = (url: unknown, own: object = {}) => ({
  startedDateTime: '2026-01-17T09:00:00Z',
  request: { method: 'GET', url, headers: [] },
  response: { status: 200, headers: [{ name: 'content-type', value: 'application/json' }], content: { text: '{}' } },
  ...own,
})

test.each([
  ['no JSON', 'once upon a time'],
  ['another JSON', '{"log": {}}'],
  ['a list', '[]'],
])('a file that is %s is no recording, and it is said which', async (_, text) => {
  await expect(of(text)).rejects.toMatchObject({ code: 'bad-recording', message: expect.stringContaining('hostile.har') })
})

test('entries that nothing can be made of are passed over, and told with the reason', async () => {
  const { counts, recordings } = await of(
    har(
      'text',
      null,
      entry('http://[bad'),
      entry('/health'),
      entry(7),
      entry('http://alert-service/health', { startedDateTime: 'soon' }),
      entry('http://alert-service/health', { startedDateTime: '+275760-09-13T00:00:00Z' }),
      entry('http://alert-service/health'),
    ),
  )
  expect(counts).toMatchObject({ exchanges: 1, compared: 1 })
  expect(recordings[0]?.skipped.map(({ reason, times }) => `${times} × ${reason}`)).toEqual([
    '2 × it is no object',
    '2 × its URL is none of http or ws',
    '1 × it has no request with a method and a URL',
    '2 × it does not say when it began',
  ])
})

test('a recording of which nothing could be read is in the report all the same', async () => {
  const { counts, recordings } = await of(har('text'))
  expect(counts.exchanges).toBe(0)
  expect(recordings).toMatchObject([{ exchanges: 0, firstAt: '', lastAt: '', broken: false, skipped: [{ times: 1, entry: 0 }] }])
})

test('no reply, however strange, stops the comparison', async () => {
  const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`
  const bodies = [deep, '{"__proto__": {"status": 1}, "constructor": {}}', '\u0000', '"\ud800"', '1e999', `{"a": ${deep}}`, '']
  const strange = [
    ...bodies.map((text) => entry('http://alert-service/health', { response: { status: 200, headers: [], content: { text } } })),
    entry('http://alert-service/health', { response: { status: 0 } }),
    entry('http://alert-service/health', { response: { status: 999.5 } }),
    entry('http://alert-service/health', { response: { status: 200, headers: [null, { name: 7 }, { name: 'Content-Type', value: null }] } }),
    entry('http://alert-service/health', { request: { method: 'HEAD', url: 'http://alert-service/health', headers: [] } }),
    entry('http://alert-service/health', { request: { method: 'BREW', url: 'http://alert-service/health', headers: [] } }),
    entry('http://alert-service/%E0%A4%A/%00'),
    entry(`http://alert-service/${'a/'.repeat(5000)}`),
    entry('http://alert-service/health', { startedDateTime: '9999-12-31T23:59:59Z' }),
    entry('http://alert-service/health', { startedDateTime: '1970-01-01T00:00:00Z' }),
  ]
  const { counts, unmatched } = await of(har(...strange))
  expect(counts).toMatchObject({ exchanges: strange.length, unanswered: 1 })
  expect(unmatched.map(({ method }) => method).sort()).toEqual(['BREW', 'GET', 'GET', 'HEAD'])
})

test('no request, however strange, stops the fake', async () => {
  const deep = `${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}`
  const bodies = ['', 'null', '[]', '{', deep, '{"__proto__": null}', '\ud800', `{"symbol": "${'x'.repeat(1_000_000)}"}`]
  const asked = bodies.map((text) =>
    entry('x', {
      request: {
        method: 'POST',
        url: 'http://alert-service/alerts?a=%ff&a&=&limit=1e999',
        headers: [{ name: 'content-type', value: 'application/json' }],
        postData: { text },
      },
    }),
  )
  expect((await of(har(...asked))).counts).toMatchObject({ exchanges: bodies.length, compared: bodies.length })
})

test('a request whose end was not kept says nothing against the fake', async () => {
  const day = await recordedDay('alert')
  const created = day.find(({ operation, reply }) => operation === 'createStandingAlert' && reply?.status === 201) as RecordedExchange
  const cut = { ...created, request: { ...created.request, body: created.request.body.subarray(0, 10), cut: true } }
  const { findings, counts } = await heldDays([[cut]], { services: ['alert'] })
  expect(findings).toEqual([])
  expect(counts.incomparable).toBe(1)
})

test.each([
  ['a promise', async () => ({ status: 200, body: {} })],
  ['nothing', () => undefined],
  ['a body that cannot be written', () => ({ status: 200, body: { status: 1n, self: Symbol('x') } })],
])('a fake whose handler answers with %s is wrong, and stops nothing', async (_, health) => {
  const { contract, behaviour } = services.alert as unknown as Mock
  const broken = { contract, behaviour: { ...behaviour, operations: { ...behaviour.operations, health } } } as unknown as Mock
  const day = await recordedDay('alert')
  const { findings, counts } = await heldDays([day], { report: driftReportOf({ mocks: { alert: broken }, world }) })
  expect(counts.compared).toBe(day.length)
  expect(findings.some(({ verdict, operation }) => verdict === 'fake-wrong' && operation === 'health')).toBe(true)
})
