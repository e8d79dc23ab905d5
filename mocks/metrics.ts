import { gunzipSync } from 'node:zlib'
import { BODY_LIMIT, type WireRequest } from '../contracts/kit/message.ts'
import { metrics, type PushedMetric } from '../contracts/metrics.ts'
import type { Surroundings } from './kit/mock.ts'
import { exposition } from './metrics/exposition.ts'
import { gather } from './metrics/gather.ts'
import { deleteGroup, pushToGroup } from './metrics/group.ts'
import { groupingOf } from './metrics/grouping.ts'
import { observe } from './metrics/observe.ts'
import { parseExposition } from './metrics/parse.ts'
import { parseProtobuf } from './metrics/parse-protobuf.ts'
import { sources } from './metrics/sources.ts'
import { type MetricsTables, metricsTables } from './metrics/tables.ts'
import { defineMock, type World } from './world/index.ts'

export const metricsMock = defineMock(metrics)({
  tables: metricsTables,
  seed: () => ({ tally: [{ id: 'pushes', push_count: 0, error_count: 0 }] }),

  operations: {
    health: (call) => ({ status: 200, body: healthOf(call) }),
    apiHealth: (call) => ({ status: 200, body: healthOf(call) }),
    healthy: () => ({ status: 200, body: 'OK' }),
    ready: () => ({ status: 200, body: 'OK' }),

    pushMetrics({ tables, clock, body }) {
      const good = body !== null && observe(tables, clock.iso(), listOf(body))
      count(tables, good)
      return good ? { status: 200, body: 'Metrics accepted' } : { status: 400, body: 'Invalid metric format' }
    },

    scrape: ({ tables }) => ({ status: 200, body: exposition(gather(sources(tables)).families) }),

    replaceJob: (call) => push(call, { replace: true, encoded: false }),
    replaceGroup: (call) => push(call, { replace: true, encoded: false }),
    replaceEncodedJob: (call) => push(call, { replace: true, encoded: true }),
    replaceEncodedGroup: (call) => push(call, { replace: true, encoded: true }),
    addToJob: (call) => push(call, { replace: false, encoded: false }),
    addToGroup: (call) => push(call, { replace: false, encoded: false }),
    addToEncodedJob: (call) => push(call, { replace: false, encoded: true }),
    addToEncodedGroup: (call) => push(call, { replace: false, encoded: true }),
    deleteJob: (call) => drop(call, false),
    deleteGroup: (call) => drop(call, false),
    deleteEncodedJob: (call) => drop(call, true),
    deleteEncodedGroup: (call) => drop(call, true),
  },
})

type Call = Surroundings<World, MetricsTables>
type GroupCall = Call & { params: { job: string; '*'?: string }; request: WireRequest; header(name: string): string | undefined }

function listOf(body: PushedMetric | PushedMetric[] | { metrics: PushedMetric[] }): readonly PushedMetric[] {
  if (Array.isArray(body)) return body
  return 'metrics' in body ? body.metrics : [body]
}

function push(call: GroupCall, { replace, encoded }: { replace: boolean; encoded: boolean }) {
  const error = refusalOf(call, replace, encoded)
  count(call.tables, error === undefined)
  return error === undefined ? { status: 200 as const, body: '' as const } : { status: 400 as const, body: `${error}\n` }
}

function refusalOf({ tables, clock, params, request, header }: GroupCall, replace: boolean, encoded: boolean): string | undefined {
  const grouping = groupingOf(params, encoded)
  if ('error' in grouping) return grouping.error
  const body = unpacked(request.body, header('content-encoding'))
  if (body === undefined) return 'gzip: invalid header'
  const parsed = PROTOBUF.test(header('content-type') ?? '') ? parseProtobuf(body) : parseExposition(body.toString('utf8'))
  if ('error' in parsed) return parsed.error
  return pushToGroup(tables, { labels: grouping.labels, now: clock.now() / 1000, parsed, replace })
}

function drop({ tables, params }: GroupCall, encoded: boolean) {
  const grouping = groupingOf(params, encoded)
  if ('error' in grouping) return { status: 400 as const, body: `${grouping.error}\n` }
  deleteGroup(tables, grouping.labels)
  return { status: 202 as const, body: '' as const }
}

/** Whatever else a push calls itself, it is read as text. */
const PROTOBUF = /^application\/vnd\.google\.protobuf\b/i

/** A small body may unpack to a large one: there is a bound to that too. */
function unpacked(body: Buffer, encoding = 'identity'): Buffer | undefined {
  if (encoding.toLowerCase() !== 'gzip') return body
  try {
    return gunzipSync(body, { maxOutputLength: 8 * BODY_LIMIT })
  } catch {
    return undefined
  }
}

function count(tables: MetricsTables, good: boolean): void {
  const { push_count = 0, error_count = 0 } = tables.tally.get('pushes') ?? {}
  tables.tally.update('pushes', good ? { push_count: push_count + 1 } : { error_count: error_count + 1 })
}

function healthOf({ tables, clock, lane }: Call) {
  const { push_count = 0, error_count = 0 } = tables.tally.get('pushes') ?? {}
  return {
    status: 'healthy' as const,
    service: 'metrics',
    version: '1.0.0',
    timestamp: `${clock.iso().slice(0, 19)}Z`,
    lane,
    metrics_service: { status: 'healthy' as const, push_count, error_count },
  }
}
