import * as z from 'zod'
import { defineContract, del, get, once, post, put } from './kit/contract.ts'
import { plainText } from './kit/plain-text.ts'

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/
/** Names that begin with two underscores belong to Prometheus itself. */
const LABEL = /^(?!__)[a-zA-Z_][a-zA-Z0-9_]*$/
const ONE_LINE = /^[^\n]*$/

const instant = once(() => z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'not an ISO timestamp'))
const ascending = (bounds: readonly number[]): boolean => bounds.every((bound, at) => at === 0 || bound > (bounds[at - 1] as number))

/** What the tests of the signal service call valid (C1 §7); names and bounds that Prometheus could not scrape are refused as well. */
const metric = once(() =>
  z.object({
    metric_name: z.string().regex(NAME),
    value: z.number(),
    labels: z.record(z.string().regex(LABEL), z.string().regex(ONE_LINE)).nullish(),
    timestamp: instant().nullish(),
    metric_type: z.enum(['counter', 'gauge', 'histogram']).nullish(),
    help: z.string().nullish(),
    buckets: z.array(z.number()).min(1).refine(ascending, 'buckets must ascend').nullish(),
  }),
)

export type PushedMetric = z.output<ReturnType<typeof metric>>

/** One metric or several. Inferred: the two forms of a batch; the tests queue and flush, and nobody saw the wire. */
const pushed = once(() => z.union([metric(), z.array(metric()), z.object({ metrics: z.array(metric()) })]))

const TEXT = 'text/plain; charset=utf-8'
const says = <const Text extends string>(text: Text) => ({ body: z.literal(text), contentType: TEXT })
const refusal = once(() => ({ body: z.string(), contentType: TEXT }))
const silence = once(() => ({ body: z.literal(''), contentType: '' }))

const health = once(() =>
  z.strictObject({
    status: z.literal('healthy'),
    service: z.string(),
    version: z.string(),
    timestamp: z.string(),
    lane: z.int(),
    metrics_service: z.strictObject({ status: z.enum(['healthy', 'degraded', 'unhealthy']), push_count: z.int(), error_count: z.int() }),
  }),
)

const healthOf = (summary: string) => () => ({
  summary,
  responses: { 200: health() },
  evidence: 'test' as const,
  source: 'C1 §7; inferred: its members besides status and metrics_service',
  examples: {
    healthy: {
      reply: {
        status: 200,
        body: {
          status: 'healthy',
          service: 'metrics',
          version: '1.0.0',
          timestamp: '2026-01-17T09:15:30Z',
          lane: 0,
          metrics_service: { status: 'healthy', push_count: 0, error_count: 0 },
        },
      },
    },
  },
})

const probe = (summary: string) => () => ({
  summary,
  responses: { 200: says('OK') },
  evidence: 'provider' as const,
  source: 'Pushgateway 1.11',
  examples: { up: { reply: { status: 200, body: 'OK' } } },
})

const SCRAPED = `# HELP metrics_service_push_errors_total Pushes that were refused.
# TYPE metrics_service_push_errors_total counter
metrics_service_push_errors_total 0
# HELP metrics_service_pushes_total Pushes that were accepted.
# TYPE metrics_service_pushes_total counter
metrics_service_pushes_total 1
# HELP signals_total Signals computed.
# TYPE signals_total counter
signals_total 1
`

const group = { params: { job: 'nightly', '*': 'instance/worker-1' } }
const families = '# TYPE jobs_done counter\njobs_done{queue="signals"} 3\n'
const stamped = 'pushed metrics are invalid or inconsistent with existing metrics: pushed metrics must not have timestamps\n'

/** The body is the text format, or delimited `io.prometheus.client.MetricFamily` messages if it says so; either may be compressed with gzip. */
const pushing = (summary: string) => () => ({
  summary,
  body: z.string().optional(),
  consumes: 'text' as const,
  responses: { 200: silence(), 400: refusal() },
  evidence: 'provider' as const,
  source: 'Pushgateway 1.11; the infrastructure plan asks for a push gateway',
  examples: {
    accepted: { ...group, body: families, reply: { status: 200, body: '' } },
    stamped: { ...group, body: 'jobs_done 3 1768641330000\n', reply: { status: 400, body: stamped } },
  },
})

const deleting = (summary: string) => () => ({
  summary,
  responses: { 202: silence(), 400: refusal() },
  evidence: 'provider' as const,
  source: 'Pushgateway 1.11; the infrastructure plan asks for a push gateway',
  examples: { gone: { ...group, reply: { status: 202, body: '' } } },
})

const REPLACE = 'Replaces all metrics of a group.'
const ADD = 'Replaces those metrics of a group that have the same names.'
const DELETE = 'Takes a group away.'

/** The metrics sidecar, with the paths of a Prometheus Pushgateway. No provider source exists; the pushes are what tests expect (C1 §7). */
export const metrics = defineContract({
  service: 'metrics',
  title: 'Metrics sidecar',
  port: 9090,
  host: 'metrics',
  env: { METRICS_SERVICE_URL: ({ url }) => url },
  errors: plainText({ server: 'metrics-sidecar', invalid: 'Invalid metric format' }),
  operations: {
    health: get('/health', healthOf('Tells whether the service is up, and how many pushes it took and refused.')),
    apiHealth: get('/api/v1/health', healthOf('The same under the prefix.')),
    healthy: get('/-/healthy', probe('Alive, as Prometheus and the Pushgateway say it.')),
    ready: get('/-/ready', probe('Ready for traffic, as Prometheus and the Pushgateway say it.')),

    pushMetrics: post('/metrics/push', () => ({
      summary: 'Takes one metric or several: all of them or, if one is invalid, none. Counters add, gauges set, histograms observe.',
      // Whatever does not fit comes to the handler as null, because the service counts what it refuses.
      body: pushed().nullable().catch(null),
      responses: { 200: says('Metrics accepted'), 400: says('Invalid metric format'), 500: says('Internal server error') },
      evidence: 'test',
      source: 'C1 §7 MET-1; inferred: without a type, _total makes a counter, buckets a histogram, and all else is a gauge',
      examples: {
        accepted: {
          body: {
            metric_name: 'signal_processing_duration_seconds',
            value: 0.125,
            labels: { service: 'signal_service', module: 'pandas_ta_executor', status: 'success' },
            timestamp: '2026-01-17T09:15:30.123456',
          },
          reply: { status: 200, body: 'Metrics accepted' },
        },
        several: {
          body: [
            { metric_name: 'signals_total', value: 1, metric_type: 'counter', help: 'Signals computed.' },
            { metric_name: 'latency_seconds', value: 0.2, metric_type: 'histogram', buckets: [0.1, 0.5, 1] },
          ],
          reply: { status: 200, body: 'Metrics accepted' },
        },
        nameless: { body: { value: 1 }, reply: { status: 400, body: 'Invalid metric format' } },
        wordy: { body: { metric_name: 'signals_total', value: '1' }, reply: { status: 400, body: 'Invalid metric format' } },
      },
    })),

    scrape: get('/metrics', () => ({
      summary: 'Everything that was pushed, for a Prometheus to scrape.',
      responses: { 200: { body: z.string(), contentType: 'text/plain; version=0.0.4; charset=utf-8' } },
      evidence: 'test',
      source: 'C1 §7 (exposition); the text format 0.0.4, which is all that a Pushgateway speaks',
      examples: {
        some: {
          after: [{ operation: 'pushMetrics', body: { metric_name: 'signals_total', value: 1, metric_type: 'counter', help: 'Signals computed.' } }],
          reply: { status: 200, body: SCRAPED },
        },
      },
    })),

    replaceJob: put('/metrics/job/:job', pushing(REPLACE)),
    replaceGroup: put('/metrics/job/:job/*', pushing(REPLACE)),
    replaceEncodedJob: put('/metrics/job@base64/:job', pushing(REPLACE)),
    replaceEncodedGroup: put('/metrics/job@base64/:job/*', pushing(REPLACE)),
    addToJob: post('/metrics/job/:job', pushing(ADD)),
    addToGroup: post('/metrics/job/:job/*', pushing(ADD)),
    addToEncodedJob: post('/metrics/job@base64/:job', pushing(ADD)),
    addToEncodedGroup: post('/metrics/job@base64/:job/*', pushing(ADD)),
    deleteJob: del('/metrics/job/:job', deleting(DELETE)),
    deleteGroup: del('/metrics/job/:job/*', deleting(DELETE)),
    deleteEncodedJob: del('/metrics/job@base64/:job', deleting(DELETE)),
    deleteEncodedGroup: del('/metrics/job@base64/:job/*', deleting(DELETE)),
  },
})
