import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { beforeAll, expect, test } from 'vitest'
import type { DriftReport } from '../../contracts/drift/report.ts'
import { alertMock } from '../../mocks/alert/index.ts'
import { driftReportOf } from '../../mocks/kit/drift-report.ts'
import type { Mock } from '../../mocks/kit/mock.ts'
import { world } from '../../mocks/world/index.ts'
import { built } from './built.ts'
import { folder } from './folder.ts'
import { run, serve } from './process.ts'

// The same with FastAPI and a whole day of requests: test/clients/test_drift.py.

beforeAll(built, 120_000)

const HEALTH = { status: 'ok', timestamp: '2026-11-22T08:10:01.896Z', service: 'alert_service', version: '1.4.2', database: 'connected' }
const SUMMARY = { status: 'success', user_id: 'test_user', total_alerts: 3, active_alerts: 2, paused_alerts: 0, triggered_alerts: 1, last_trigger_time: null }

/** A service that has never told its environment, as the contract says it does; its second release calls the triggers otherwise. */
const RELEASES: Record<string, Record<string, object>> = {
  '1.4.2': { '/health': HEALTH, '/alerts/stats/summary': { ...SUMMARY, total_triggers: 1 } },
  '2.0.0': { '/health': HEALTH, '/alerts/stats/summary': { ...SUMMARY, triggers: 1 } },
}

async function provider(version: string) {
  const server = createServer(({ url = '' }, response) => {
    const body = RELEASES[version]?.[url]
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json', 'x-service-version': version })
    response.end(JSON.stringify(body ?? { detail: 'Not Found' }))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, [Symbol.dispose]: () => void server.close() }
}

/** A client's visit to one release, through our relay. */
async function recorded(version: string, out: string): Promise<void> {
  using real = await provider(version)
  const relay = await serve(['record', '--service', 'alert', '--upstream', real.url, '--out', out, '--ports', 'auto'])
  for (const path of ['/health', '/alerts/stats/summary']) await (await fetch(`${relay.services.alert}${path}`)).text()
  relay.process.kill('SIGTERM')
  expect(await relay.process).toMatchObject({ exitCode: 0 })
}

async function drift(out: string, ...words: string[]): Promise<{ exitCode: number | undefined; report: DriftReport }> {
  const { exitCode, stdout } = await run(['drift', '--service', 'alert', '--recordings', out, '--format', 'json', ...words])
  return { exitCode, report: JSON.parse(stdout) as DriftReport }
}

test('a provider that changed between two recordings is told from a contract that was never true, with the dates', async () => {
  const out = folder()
  await recorded('1.4.2', out)
  const before = await drift(out, '--fail-on', 'breaking')
  expect(before.report.findings.map(({ id, verdict }) => ({ id, verdict }))).toEqual([
    { id: 'alert.health 200 body /environment removed', verdict: 'contract-wrong' },
  ])
  expect(before.exitCode).toBe(0)

  await recorded('2.0.0', out)
  const { exitCode, report } = await drift(out)
  expect(exitCode).toBe(1)
  const [first, second] = report.recordings
  expect(report.findings.filter(({ severity }) => severity !== 'information')).toMatchObject([
    {
      id: 'alert.summarizeAlerts 200 body /total_triggers removed',
      verdict: 'provider-changed',
      severity: 'breaking',
      lastAgreed: first?.lastAt,
      firstSeen: second?.lastAt,
      versions: { before: '1.4.2', after: '2.0.0' },
      seen: { times: 1, of: 2 },
    },
    { id: 'alert.health 200 body /environment removed', verdict: 'contract-wrong', lastAgreed: null, seen: { times: 2, of: 2 } },
  ])

  const { stdout } = await run(['drift', '--service', 'alert', '--recordings', out])
  expect(stdout).toContain('The provider changed: ask the team of alert')
  expect(stdout).toContain('The contract is wrong: correct the contract of alert')
  expect(await run(['trust', 'alert', '--recordings', out, '--max-age', '30d'])).toMatchObject({ exitCode: 1 })
})

test('a fake whose handler breaks the contract is told to be wrong, whatever was recorded', async () => {
  const out = folder()
  await recorded('1.4.2', out)
  const { contract, behaviour } = alertMock as unknown as Mock
  const summarizeAlerts = () => ({ status: 200, body: { ...SUMMARY, total_triggers: 'one' } })
  const broken = { contract, behaviour: { ...behaviour, operations: { ...behaviour.operations, summarizeAlerts } } } as unknown as Mock
  const { findings } = await driftReportOf({ mocks: { alert: broken }, world })({ recordings: [out], now: Date.parse('2026-12-01T00:00:00Z') })
  expect(findings).toContainEqual(
    expect.objectContaining({ operation: 'summarizeAlerts', verdict: 'fake-wrong', severity: 'breaking', pointer: '/total_triggers' }),
  )
})

test('the recordings of this repository agree with its contracts and its fakes', async () => {
  const { exitCode, stdout } = await run(['drift', '--format', 'json', '--fail-on', 'information'])
  const { findings, counts } = JSON.parse(stdout) as DriftReport
  expect({ exitCode, findings }).toEqual({ exitCode: 0, findings: [] })
  expect(counts.compared).toBeGreaterThan(150)
})
