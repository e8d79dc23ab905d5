import { expect, test } from 'vitest'
import { type ServiceName, startSuite } from '../../mocks/index.ts'
import { expectPart } from './generated.ts'

const key = { 'x-internal-api-key': 'mock-internal-key-7c3e5a9d1f60' }
const json = { 'content-type': 'application/json' }

const asked: [part: string, service: ServiceName, path: string, headers: Record<string, string>, body: unknown][] = [
  ['path', 'alert', '/v1/alert', { ...json, ...key }, { alert_type: 'signal', user_id: 'user_123', channels: ['ui'] }],
  ['port', 'alert', '/api/v1/email/send', { ...json, ...key }, { to: ['user_123@example.com'], template: 'signal_notification' }],
  ['body', 'alert', '/api/v1/alerts', { ...json, ...key }, { alert_typ: 'signal', user_id: 'user_123', priority: 'h\u0456gh\u200b', channels: 'ui' }],
  [
    'credential',
    'alert',
    '/api/v1/alerts',
    { ...json, 'x-internal-api-key': 'mock-gateway-secret-b84d2e6f90a1' },
    { alert_type: 'signal', user_id: 'user_123' },
  ],
]

test.each(asked)('docs/mismatches.md shows what is really said: %s', async (part, service, path, headers, body) => {
  await using suite = await startSuite({ ports: 'none', clock: '2026-01-17T09:15:30Z' })
  await suite.fetch(service, path, { method: 'POST', headers, body: JSON.stringify(body) })
  const explanation = await suite.lane(0).explain(1)
  expect(explanation?.curl).not.toBeNull()
  expectPart('docs/mismatches.md', part, ['```text', ...(explanation?.text.split('\n') ?? []), '```'])
})
