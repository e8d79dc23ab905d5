import type { Finding } from '../../contracts/drift/finding.ts'
import type { CoveredOperation, DriftReport } from '../../contracts/drift/report.ts'

/** A finding as a comparison makes it: the real service sends a status that nobody agreed on. */
export function finding(own: Partial<Finding> = {}): Finding {
  return {
    id: 'alert.getAlert 200 body /status value',
    verdict: 'provider-changed',
    severity: 'breaking',
    service: 'alert',
    operation: 'getAlert',
    direction: 'reply',
    part: 'body',
    change: 'value',
    status: 200,
    pointer: '/status',
    example: { recording: 'contracts/recordings/alert/november.har', entry: 12, pointer: '/status' },
    contractSays: 'one of "sent", "failed"',
    realSays: '"queued"',
    fakeSays: '"sent"',
    seen: { times: 12, of: 40 },
    firstSeen: '2026-11-01T10:00:00.000Z',
    lastSeen: '2026-11-20T10:00:00.000Z',
    lastAgreed: '2026-10-01T10:00:00.000Z',
    mended: null,
    versions: { before: '2.3.1', after: '2.4.0' },
    readBy: ['signal_delivery_service.py'],
    advice: 'Ask the team of the service whether they meant it.',
    accepted: null,
    ...own,
  }
}

/** What was looked at: an operation of each state. */
const COVERAGE: readonly CoveredOperation[] = [
  { service: 'alert', operation: 'getAlert', state: 'proven', exchanges: 40, statuses: { 200: 40 }, lastRecorded: '2026-11-20T10:00:00.000Z' },
  { service: 'alert', operation: 'createAlert', state: 'stale', exchanges: 3, statuses: { 201: 3 }, lastRecorded: '2026-08-01T10:00:00.000Z' },
  { service: 'alert', operation: 'deleteAlert', state: 'unproven', exchanges: 0, statuses: {}, lastRecorded: null },
  { service: 'user', operation: 'getUser', state: 'proven', exchanges: 4, statuses: { 200: 4 }, lastRecorded: '2026-11-19T10:00:00.000Z' },
]

export function report(own: Partial<DriftReport> = {}): DriftReport {
  return {
    at: '2026-11-22T00:00:00.000Z',
    findings: [],
    coverage: COVERAGE,
    recordings: [
      {
        file: 'contracts/recordings/alert/november.har',
        services: ['alert'],
        exchanges: 47,
        firstAt: '2026-11-01T10:00:00.000Z',
        lastAt: '2026-11-20T10:00:00.000Z',
        versions: ['2.4.0'],
        broken: false,
        skipped: [],
      },
    ],
    counts: { exchanges: 47, compared: 47, unmatched: 0, unanswered: 0, incomparable: 0 },
    unmatched: [],
    ...own,
  }
}
