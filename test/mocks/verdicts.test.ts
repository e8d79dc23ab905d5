import { expect, test } from 'vitest'
import type { Finding } from '../../contracts/drift/finding.ts'
import type { RecordedExchange } from '../../contracts/kit/recording/exchange.ts'
import { driftReportOf } from '../../mocks/kit/drift-report.ts'
import type { Mock } from '../../mocks/kit/mock.ts'
import { services } from '../../mocks/services.ts'
import { world } from '../../mocks/world/index.ts'
import { heldDays } from './held-days.ts'
import { recordedDay } from './recorded-day.ts'

const MONDAY = '2026-01-12T09:00:00Z'
const TUESDAY = '2026-01-13T09:00:00Z'
const WEDNESDAY = '2026-01-14T09:00:00Z'

const day = (at: string, version: string) => recordedDay('alert', { at, version, seed: Date.parse(at) % 1000 })

/** The day as it would have been, had the provider answered otherwise. */
function answered(exchanges: readonly RecordedExchange[], operation: string, change: (reply: { status: number; body: never }) => object): RecordedExchange[] {
  return exchanges.map((exchange) => {
    if (exchange.operation !== operation || exchange.reply === undefined) return exchange
    const { status, headers, body } = exchange.reply
    const reply = { status, body: JSON.parse(body.toString()) as never }
    const changed = { ...reply, ...change(reply) } as { status: number; body: unknown }
    return { ...exchange, reply: { headers, status: changed.status, body: Buffer.from(JSON.stringify(changed.body)) } }
  })
}

const trimmed = ({ id, verdict, severity, lastAgreed, firstSeen, versions, seen }: Finding) => ({
  id,
  verdict,
  severity,
  lastAgreed,
  firstSeen,
  versions,
  seen,
})
const serious = (findings: readonly Finding[]) => findings.filter(({ severity }) => severity !== 'information')

test('a provider that kept the contract and breaks it now has changed, between two dates and two versions', async () => {
  const tuesday = answered(await day(TUESDAY, '2.0.0'), 'health', ({ body }) => ({ body: { ...(body as object), status: null } }))
  const { findings } = await heldDays([await day(MONDAY, '1.4.2'), tuesday], { services: ['alert'] })
  expect(serious(findings).map(trimmed)).toEqual([
    {
      id: 'alert.health 200 body /status null',
      verdict: 'provider-changed',
      severity: 'breaking',
      lastAgreed: '2026-01-12T09:00:01.000Z',
      firstSeen: '2026-01-13T09:00:01.000Z',
      versions: { before: '1.4.2', after: '2.0.0' },
      seen: { times: 1, of: 2 },
    },
  ])
  expect(findings[0]).toMatchObject({ contractSays: 'text', realSays: 'null', fakeSays: '"healthy"', readBy: ['service_integrations.py'] })
  expect(findings[0]?.example).toMatchObject({ entry: 0, pointer: '/status' })
})

test('a contract that no recording has ever kept is wrong', async () => {
  const wrong = async (at: string, version: string) =>
    answered(await day(at, version), 'health', ({ body }) => {
      const { database: _, ...rest } = body as Record<string, unknown>
      return { body: rest }
    })
  const { findings } = await heldDays([await wrong(MONDAY, '1.0.0'), await wrong(TUESDAY, '1.0.0')], { services: ['alert'] })
  expect(serious(findings).map(trimmed)).toMatchObject([
    { id: 'alert.health 200 body /database removed', verdict: 'contract-wrong', severity: 'warning', lastAgreed: null, seen: { times: 2, of: 2 } },
  ])
})

test('a fake whose handler breaks the contract is wrong, whatever the real service does', async () => {
  const { contract, behaviour } = services.alert as unknown as Mock
  const broken = { contract, behaviour: { ...behaviour, operations: { ...behaviour.operations, health: () => ({ status: 200, body: { status: 'ok' } }) } } }
  const { findings } = await heldDays([await day(MONDAY, '1.0.0')], { report: driftReportOf({ mocks: { alert: broken as unknown as Mock }, world }) })
  expect(serious(findings).map(({ id, verdict, severity }) => ({ id, verdict, severity }))).toContainEqual({
    id: 'alert.health 200 body /database format fake-wrong',
    verdict: 'fake-wrong',
    severity: 'breaking',
  })
})

test('a handler that throws has broken the contract', async () => {
  const { contract, behaviour } = services.alert as unknown as Mock
  const health = () => {
    throw new Error('out of ink')
  }
  const broken = { contract, behaviour: { ...behaviour, operations: { ...behaviour.operations, health } } } as unknown as Mock
  const { findings } = await heldDays([await day(MONDAY, '1.0.0')], { report: driftReportOf({ mocks: { alert: broken }, world }) })
  expect(findings.find(({ verdict }) => verdict === 'fake-wrong')?.contractSays).toBe('the handler failed: out of ink')
})

test('where both keep the contract and answer with different statuses, the fake is unfaithful', async () => {
  const created = (await day(MONDAY, '1.0.0')).find(({ operation, reply }) => operation === 'createStandingAlert' && reply?.status === 201) as RecordedExchange
  const { alert_id } = JSON.parse(created.reply?.body.toString() as string) as { alert_id: string }
  const { findings, counts } = await heldDays([[created, lookedFor(created, alert_id), lookedFor(created, LAST_WEEKS)]], { services: ['alert'] })
  expect(serious(findings)).toMatchObject([
    {
      id: 'alert.getAlert 404 status 200 status unfaithful',
      verdict: 'fake-unfaithful',
      severity: 'warning',
      realSays: '404',
      fakeSays: '200',
      seen: { times: 1, of: 2 },
    },
  ])
  expect(counts.incomparable).toBe(0)
})

test('nothing follows from a fake that cannot know what was there before the recording began', async () => {
  const [first] = await day(MONDAY, '1.0.0')
  const found = { ...lookedFor(first as RecordedExchange, LAST_WEEKS), reply: (first as RecordedExchange).reply }
  const { findings, counts } = await heldDays([[found]], { services: ['alert'] })
  expect(findings.filter(({ verdict }) => verdict === 'fake-unfaithful')).toEqual([])
  expect(counts.incomparable).toBe(1)
})

const LAST_WEEKS = '11111111-2222-4333-8444-555555555555'

function lookedFor({ at, request, ...rest }: RecordedExchange, id: string): RecordedExchange {
  const body = Buffer.from(JSON.stringify({ detail: `Alert ${id} not found` }))
  return {
    ...rest,
    at: at + 1000,
    operation: 'getAlert',
    request: { ...request, method: 'GET', url: `http://alert-service:8085/alerts/${id}`, body: Buffer.alloc(0) },
    reply: { status: 404, headers: ['content-type', 'application/json'], body },
  }
}

test('what the real service insists on, and the contract does not, breaks requests', async () => {
  const refusal = { detail: [{ type: 'missing', loc: ['body', 'symbol'], msg: 'Field required', input: {} }] }
  const tuesday = answered(await day(TUESDAY, '2.0.0'), 'createStandingAlert', ({ status }) => (status === 201 ? { status: 422, body: refusal } : {}))
  const { findings } = await heldDays([await day(MONDAY, '1.0.0'), tuesday], { services: ['alert'] })
  expect(findings.find(({ change }) => change === 'insists')).toMatchObject({
    id: 'alert.createStandingAlert request body /symbol insists',
    verdict: 'provider-changed',
    severity: 'breaking',
    direction: 'request',
    contractSays: 'text or null or absent',
    realSays: '422: Field required',
    fakeSays: '201',
  })
})

test('what the real service takes, and the contract refuses, is a warning: the fake alarms for nothing', async () => {
  const monday = (await day(MONDAY, '1.0.0')).map((exchange) => {
    if (exchange.operation !== 'createStandingAlert' || exchange.reply?.status !== 201) return exchange
    const body = { ...JSON.parse(exchange.request.body.toString()), evaluation_interval_seconds: 5 }
    return { ...exchange, request: { ...exchange.request, body: Buffer.from(JSON.stringify(body)) } }
  })
  const { findings } = await heldDays([monday], { services: ['alert'] })
  expect(findings.find(({ change }) => change === 'accepts')).toMatchObject({
    id: 'alert.createStandingAlert request body /evaluation_interval_seconds accepts',
    verdict: 'contract-wrong',
    severity: 'warning',
  })
})

test('a break that a later recording no longer shows is information', async () => {
  const tuesday = answered(await day(TUESDAY, '2.0.0'), 'health', ({ body }) => ({ body: { ...(body as object), status: null } }))
  const { findings } = await heldDays([await day(MONDAY, '1.0.0'), tuesday, await day(WEDNESDAY, '2.0.1')], { services: ['alert'] })
  expect(findings.map(({ id, severity, mended }) => ({ id, severity, mended }))).toEqual([
    { id: 'alert.health 200 body /status null', severity: 'information', mended: '2026-01-14T09:00:01.000Z' },
  ])
})

test('a member that comes besides is information, however many elements of a list have it', async () => {
  const tuesday = answered(await day(TUESDAY, '2.0.0'), 'listAlerts', ({ body }) => {
    const page = body as { alerts?: object[] }
    return page.alerts === undefined ? {} : { body: { ...page, alerts: page.alerts.map((alert) => ({ ...alert, colour: 'red' })) } }
  })
  const { findings } = await heldDays([await day(MONDAY, '1.0.0'), tuesday], { services: ['alert'] })
  expect(findings.map(({ id, severity }) => ({ id, severity }))).toEqual([{ id: 'alert.listAlerts 200 body /alerts/*/colour added', severity: 'information' }])
})

test('a status that was never declared is another fate of a request; with a 5xx the service is merely out of order', async () => {
  const wednesday = await day(WEDNESDAY, '1.0.0')
  const away = answered(wednesday, 'health', () => ({ status: 503, body: { detail: 'down' } }))
  const moved = answered(wednesday, 'health', () => ({ status: 299, body: {} }))
  const monday = await day(MONDAY, '1.0.0')
  const told = async (days: RecordedExchange[][]) =>
    serious((await heldDays(days, { services: ['alert'] })).findings).map(({ id, verdict, severity }) => ({ id, verdict, severity }))
  expect(await told([monday, away])).toEqual([{ id: 'alert.health 503 status 503 status', verdict: 'provider-changed', severity: 'warning' }])
  expect(await told([monday, moved])).toEqual([{ id: 'alert.health 299 status 299 status', verdict: 'provider-changed', severity: 'breaking' }])
})

test('what was recorded too long ago proves nothing, and what never was is unproven', async () => {
  const now = Date.parse('2026-03-01T00:00:00Z')
  const { findings, coverage } = await heldDays([await day(MONDAY, '1.0.0')], { services: ['alert', 'config'], maxAge: 30 * 86_400_000, now })
  expect(findings.find(({ operation }) => operation === 'health')).toMatchObject({
    verdict: 'recording-stale',
    severity: 'warning',
    realSays: 'last recorded 2026-01-12',
  })
  const good = coverage.filter(({ service, statuses }) => service === 'alert' && Object.keys(statuses).some((status) => Number(status) < 300))
  expect(new Set(good.map(({ state }) => state))).toEqual(new Set(['stale']))
  expect(new Set(coverage.filter(({ service }) => service === 'config').map(({ state }) => state))).toEqual(new Set(['unproven']))
})

test('requests that no operation takes are told, each once', async () => {
  const [first] = await day(MONDAY, '1.0.0')
  const elsewhere = { ...(first as RecordedExchange), request: { ...(first as RecordedExchange).request, url: 'http://alert-service:8085/alerts/of/tomorrow' } }
  const { unmatched, counts } = await heldDays([[elsewhere, elsewhere]], { services: ['alert'] })
  expect(unmatched).toMatchObject([{ service: 'alert', method: 'GET', path: '/alerts/of/tomorrow', times: 2 }])
  expect(counts).toMatchObject({ exchanges: 2, compared: 0, unmatched: 2 })
})

test('times that lose their zone are a change that the contract leaves room for, and a warning where they are read', async () => {
  const polled = async (at: string, version: string, timestamp: (n: number) => string) => {
    const [health] = await day(at, version)
    return Array.from({ length: 4 }, (_, n) => {
      const { reply, ...rest } = health as RecordedExchange
      const body = { ...JSON.parse(reply?.body.toString() as string), timestamp: timestamp(n) }
      return { ...rest, at: rest.at + n * 1000, reply: { status: 200, headers: reply?.headers ?? [], body: Buffer.from(JSON.stringify(body)) } }
    })
  }
  const monday = await polled(MONDAY, '1.0.0', (n) => `2026-01-12T09:00:0${n}+00:00`)
  const tuesday = await polled(TUESDAY, '1.1.0', (n) => `2026-01-13T09:00:0${n}`)
  const { findings } = await heldDays([monday, tuesday], { services: ['alert'] })
  expect(findings.filter(({ verdict }) => verdict === 'provider-changed')).toMatchObject([
    {
      id: 'alert.health 200 body /timestamp format habit',
      severity: 'information',
      realSays: 'not zoned-datetime; until then zoned-datetime',
      versions: { before: '1.0.0', after: '1.1.0' },
      lastAgreed: '2026-01-12T09:00:04.000Z',
      seen: { times: 4, of: 4 },
    },
  ])
})

test('a finding that is accepted stays in the report, and says why', async () => {
  const tuesday = answered(await day(TUESDAY, '2.0.0'), 'health', ({ body }) => ({ body: { ...(body as object), status: null } }))
  const accepted = [{ finding: 'alert.health 200 body /status null', reason: 'mended in 2.0.1', until: '2026-02-01' }]
  const { findings } = await heldDays([await day(MONDAY, '1.0.0'), tuesday], { services: ['alert'], accepted })
  expect(findings[0]?.accepted).toEqual({ reason: 'mended in 2.0.1', until: '2026-02-01' })
})
