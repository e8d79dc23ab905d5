import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { startSuite } from '../../mocks/index.ts'

const start = () => startSuite({ services: ['metrics'], ports: 'none', clock: '2026-01-17T09:15:30Z' })
type Suite = Awaited<ReturnType<typeof start>>

async function push(suite: Suite, body: unknown) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const reply = await suite.fetch('metrics', '/metrics/push', { method: 'POST', headers: { 'content-type': 'application/json' }, body: text })
  return `${reply.status} ${await reply.text()}`
}

async function gateway(suite: Suite, method: string, path: string, body?: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) {
  const reply = await suite.fetch('metrics', path, { method, headers, ...(body === undefined ? {} : { body }) })
  return `${reply.status} ${await reply.text()}`.trim()
}

/** What a Prometheus would see, without what the service says of itself. */
async function scrape(suite: Suite) {
  const text = await (await suite.fetch('metrics', '/metrics')).text()
  return text.split('\n').filter((line) => line !== '' && !line.includes('metrics_service_push'))
}

const samples = async (suite: Suite) => (await scrape(suite)).filter((line) => !line.startsWith('#') && !/^push_(failure_)?time/.test(line))

/** What `push.New(url, "j")` of client_golang 1.22 sent for a counter, a gauge, a histogram and a summary. */
const GO_PUSH =
  'GAoFZGVwdGgSABgBIgsSCQkAAAAAAAD4v0MKCmRvbmVfdG90YWwSCkpvYnMKZG9uZS4YACInCgwKBXF1ZXVlEgNhImIaFwkAAAAAAAAIQBoMCPyqidgGEIaXrbwBVAoPbGF0ZW5jeV9z' +
  'ZWNvbmRzEghMYXRlbmN5LhgEIjU6MwgCETMzMzMzMxRAGgsIARGamZmZmZm5PxoLCAERAAAAAAAA8D96DAj8qonYBhCvsK28AUYKCnNpemVfYnl0ZXMSBVNpemUuGAIiLyItCAERAAAA' +
  'AAAAHEAaEgkAAAAAAADgPxEAAAAAAAAcQCIMCPyqidgGEICprrwB'

const accepted = '200 Metrics accepted'
const refused = '400 Invalid metric format'

test('the push that the tests of the signal service send is accepted and can be scraped', async () => {
  await using suite = await start()
  const labels = { service: 'signal_service', module: 'pandas_ta_executor', status: 'success' }
  expect(await push(suite, { metric_name: 'signal_processing_duration_seconds', value: 0.125, labels, timestamp: '2026-01-17T09:15:30.123456' })).toBe(accepted)
  const reply = await suite.fetch('metrics', '/metrics')
  expect(reply.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  expect(await reply.text()).toContain(
    '# TYPE signal_processing_duration_seconds gauge\nsignal_processing_duration_seconds{module="pandas_ta_executor",service="signal_service",status="success"} 0.125\n',
  )
})

test('counters add, gauges set, and each set of labels is a series of its own', async () => {
  await using suite = await start()
  const counter = (value: number, labels?: object) => push(suite, { metric_name: 'signals_total', value, metric_type: 'counter', help: 'Signals.', labels })
  await counter(1)
  await counter(2.5)
  await counter(4, { symbol: 'NIFTY' })
  await push(suite, { metric_name: 'queue_depth', value: 7, metric_type: 'gauge' })
  await push(suite, { metric_name: 'queue_depth', value: 3 })
  expect(await scrape(suite)).toEqual([
    '# TYPE queue_depth gauge',
    'queue_depth 3',
    '# HELP signals_total Signals.',
    '# TYPE signals_total counter',
    'signals_total 3.5',
    'signals_total{symbol="NIFTY"} 4',
  ])
})

test('a histogram counts each value in every bucket that holds it', async () => {
  await using suite = await start()
  for (const value of [0.25, 0.5, 3])
    await push(suite, { metric_name: 'latency_seconds', value, metric_type: 'histogram', buckets: [0.5, 1], labels: { route: '/x' } })
  expect(await scrape(suite)).toEqual([
    '# TYPE latency_seconds histogram',
    'latency_seconds_bucket{route="/x",le="0.5"} 2',
    'latency_seconds_bucket{route="/x",le="1"} 2',
    'latency_seconds_bucket{route="/x",le="+Inf"} 3',
    'latency_seconds_sum{route="/x"} 3.75',
    'latency_seconds_count{route="/x"} 3',
  ])
})

test('a histogram without buckets has those of the official clients', async () => {
  await using suite = await start()
  await push(suite, { metric_name: 'latency_seconds', value: 0.3, metric_type: 'histogram' })
  const bounds = (await samples(suite)).flatMap((line) => /le="([^"]+)"/.exec(line)?.[1] ?? [])
  expect(bounds).toEqual(['0.005', '0.01', '0.025', '0.05', '0.1', '0.25', '0.5', '1', '2.5', '5', '10', '+Inf'])
})

test('without a type, _total makes a counter and buckets a histogram', async () => {
  await using suite = await start()
  await push(suite, { metric_name: 'errors_total', value: 1 })
  await push(suite, { metric_name: 'wait_seconds', value: 1, buckets: [1] })
  expect(await scrape(suite)).toEqual(expect.arrayContaining(['# TYPE errors_total counter', '# TYPE wait_seconds histogram']))
})

test.each([
  ['no name', { value: 1 }],
  ['an empty name', { metric_name: '', value: 1 }],
  ['a name with a space', { metric_name: 'a b', value: 1 }],
  ['no value', { metric_name: 'a' }],
  ['text for a value', { metric_name: 'a', value: '1' }],
  ['a boolean for a value', { metric_name: 'a', value: true }],
  ['null for a value', { metric_name: 'a', value: null }],
  ['a label without a name', { metric_name: 'a', value: 1, labels: { '': 'x' } }],
  ['a label name with a space', { metric_name: 'a', value: 1, labels: { 'b c': 'x' } }],
  ['a label name that is Prometheus’s own', { metric_name: 'a', value: 1, labels: { __name__: 'x' } }],
  ['a label value of two lines', { metric_name: 'a', value: 1, labels: { b: 'x\ny' } }],
  ['a label value that is no text', { metric_name: 'a', value: 1, labels: { b: 1 } }],
  ['an unknown type', { metric_name: 'a', value: 1, metric_type: 'summary' }],
  ['buckets that do not ascend', { metric_name: 'a', value: 1, metric_type: 'histogram', buckets: [1, 1] }],
  ['a histogram with its own le', { metric_name: 'a', value: 1, metric_type: 'histogram', labels: { le: '1' } }],
  ['a counter that goes down', { metric_name: 'a', value: -1, metric_type: 'counter' }],
  ['a timestamp that is none', { metric_name: 'a', value: 1, timestamp: 'noon' }],
  ['the name of a push time', { metric_name: 'push_time_seconds', value: 1 }],
  ['no JSON', '{"metric_name": '],
  ['nothing', ''],
])('%s is an invalid metric format', async (_, body) => {
  await using suite = await start()
  expect(await push(suite, body)).toBe(refused)
  expect(await scrape(suite)).toEqual([])
})

test('a batch may be a list or stand under metrics, and is taken whole or not at all', async () => {
  await using suite = await start()
  const [good, bad] = [{ metric_name: 'a_total', value: 1 }, { metric_name: 'b_total' }]
  expect(await push(suite, [good, good])).toBe(accepted)
  expect(await push(suite, { metrics: [good] })).toBe(accepted)
  expect(await push(suite, [good, bad])).toBe(refused)
  expect(await push(suite, [good, { metric_name: 'a_total', value: 1, metric_type: 'gauge' }])).toBe(refused)
  expect(await samples(suite)).toEqual(['a_total 3'])
})

test('a metric keeps its type and its buckets, and no other may take the names that a histogram exposes', async () => {
  await using suite = await start()
  await push(suite, { metric_name: 'h', value: 1, buckets: [1, 2] })
  expect(await push(suite, { metric_name: 'h', value: 1, metric_type: 'gauge' })).toBe(refused)
  expect(await push(suite, { metric_name: 'h', value: 1, buckets: [1, 3] })).toBe(refused)
  expect(await push(suite, { metric_name: 'h_count', value: 1 })).toBe(refused)
  expect(await push(suite, { metric_name: 'h', value: 1 })).toBe(accepted)
  await push(suite, { metric_name: 'g_sum', value: 1 })
  expect(await push(suite, { metric_name: 'g', value: 1, metric_type: 'histogram' })).toBe(refused)
})

test('help and label values are escaped, and numbers written as Go writes them', async () => {
  await using suite = await start()
  await push(suite, { metric_name: 'odd', value: 1234567, help: 'a\\b\nc', labels: { path: 'C:\\"x"' } })
  await push(suite, { metric_name: 'small', value: 0.00001 })
  expect(await scrape(suite)).toEqual([
    '# HELP odd a\\\\b\\nc',
    '# TYPE odd gauge',
    'odd{path="C:\\\\\\"x\\""} 1.234567e+06',
    '# TYPE small gauge',
    'small 1e-05',
  ])
})

test('health counts what was accepted and what was refused', async () => {
  await using suite = await start()
  await push(suite, { metric_name: 'a', value: 1 })
  await push(suite, { value: 1 })
  await push(suite, 'no JSON')
  for (const path of ['/health', '/api/v1/health']) {
    expect(await (await suite.fetch('metrics', path)).json()).toEqual({
      status: 'healthy',
      service: 'metrics',
      version: '1.0.0',
      timestamp: '2026-01-17T09:15:30Z',
      lane: 0,
      metrics_service: { status: 'healthy', push_count: 1, error_count: 2 },
    })
  }
  expect(await gateway(suite, 'GET', '/-/healthy')).toBe('200 OK')
  expect(await gateway(suite, 'GET', '/-/ready')).toBe('200 OK')
})

test('a job pushes the text format, and its metrics carry the labels of its group', async () => {
  await using suite = await start()
  const text = '# HELP done Jobs\\ndone.\n# TYPE done counter\ndone{queue="a\\"b"} 3\n\n# any comment\nstray{job="mine"} 1e3\n'
  expect(await gateway(suite, 'PUT', '/metrics/job/nightly/zone/eu', text)).toBe('200')
  expect(await scrape(suite)).toEqual([
    '# HELP done Jobs\\ndone.',
    '# TYPE done counter',
    'done{instance="",job="nightly",queue="a\\"b",zone="eu"} 3',
    '# HELP push_failure_time_seconds Last Unix time when changing this group in the Pushgateway failed.',
    '# TYPE push_failure_time_seconds gauge',
    'push_failure_time_seconds{instance="",job="nightly",zone="eu"} 0',
    '# HELP push_time_seconds Last Unix time when changing this group in the Pushgateway succeeded.',
    '# TYPE push_time_seconds gauge',
    'push_time_seconds{instance="",job="nightly",zone="eu"} 1.76864133e+09',
    '# TYPE stray untyped',
    'stray{instance="",job="nightly",zone="eu"} 1000',
  ])
})

test('PUT replaces a group, POST only what has the same names, DELETE takes it away', async () => {
  await using suite = await start()
  const jobs = '/metrics/job/nightly'
  await gateway(suite, 'PUT', jobs, 'a 1\nb 1\n')
  await gateway(suite, 'PUT', '/metrics/job/other', 'a 9\n')
  await gateway(suite, 'POST', jobs, 'b 2\nc 2\n')
  expect(await samples(suite)).toEqual([
    'a{instance="",job="nightly"} 1',
    'a{instance="",job="other"} 9',
    'b{instance="",job="nightly"} 2',
    'c{instance="",job="nightly"} 2',
  ])
  await gateway(suite, 'PUT', jobs, 'd 3\n')
  expect(await samples(suite)).toEqual(['a{instance="",job="other"} 9', 'd{instance="",job="nightly"} 3'])
  expect(await gateway(suite, 'DELETE', jobs)).toBe('202')
  expect(await gateway(suite, 'DELETE', jobs)).toBe('202')
  expect(await samples(suite)).toEqual(['a{instance="",job="other"} 9'])
})

test('values with slashes go in base64, and the order of labels in the path does not matter', async () => {
  await using suite = await start()
  await gateway(suite, 'PUT', '/metrics/job@base64/L3Zhci90bXA/path@base64/YS9i/zone/eu', 'x 1\n')
  await gateway(suite, 'PUT', '/metrics/job@base64/L3Zhci90bXA=/zone/eu/path@base64/YS9i', 'x 2\n')
  expect(await samples(suite)).toEqual(['x{instance="",job="/var/tmp",path="a/b",zone="eu"} 2'])
})

test('histograms and summaries are taken apart and put together again', async () => {
  await using suite = await start()
  const text = [
    '# TYPE h histogram',
    'h_bucket{le="0.5"} 1',
    'h_bucket{le="+Inf"} 3',
    'h_sum 4',
    'h_count 3',
    '# TYPE s summary',
    's{quantile="0.5"} NaN',
    's_sum 4',
    's_count 3',
    '',
  ]
  expect(await gateway(suite, 'PUT', '/metrics/job/j', text.join('\n'))).toBe('200')
  expect(await samples(suite)).toEqual([
    'h_bucket{instance="",job="j",le="0.5"} 1',
    'h_bucket{instance="",job="j",le="+Inf"} 3',
    'h_sum{instance="",job="j"} 4',
    'h_count{instance="",job="j"} 3',
    's{instance="",job="j",quantile="0.5"} NaN',
    's_sum{instance="",job="j"} 4',
    's_count{instance="",job="j"} 3',
  ])
})

test('a push compressed with gzip is unpacked', async () => {
  await using suite = await start()
  const gzip = { 'content-encoding': 'gzip' }
  expect(await gateway(suite, 'PUT', '/metrics/job/j', new Uint8Array(gzipSync('x 1\n')), gzip)).toBe('200')
  expect(await gateway(suite, 'PUT', '/metrics/job/j', 'x 1\n', gzip)).toBe('400 gzip: invalid header')
  expect(await samples(suite)).toEqual(['x{instance="",job="j"} 1'])
})

test('a push in protobuf, the Go client’s own way, is read like one in text', async () => {
  await using suite = await start()
  const protobuf = { 'content-type': 'application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited' }
  const body = new Uint8Array(Buffer.from(GO_PUSH, 'base64'))
  expect(await gateway(suite, 'PUT', '/metrics/job/j', body, protobuf)).toBe('200')
  expect((await scrape(suite)).filter((line) => !/push_(failure_)?time/.test(line))).toEqual([
    '# HELP depth ',
    '# TYPE depth gauge',
    'depth{instance="",job="j"} -1.5',
    '# HELP done_total Jobs\\ndone.',
    '# TYPE done_total counter',
    'done_total{instance="",job="j",queue="a\\"b"} 3',
    '# HELP latency_seconds Latency.',
    '# TYPE latency_seconds histogram',
    'latency_seconds_bucket{instance="",job="j",le="0.1"} 1',
    'latency_seconds_bucket{instance="",job="j",le="1"} 1',
    'latency_seconds_bucket{instance="",job="j",le="+Inf"} 2',
    'latency_seconds_sum{instance="",job="j"} 5.05',
    'latency_seconds_count{instance="",job="j"} 2',
    '# HELP size_bytes Size.',
    '# TYPE size_bytes summary',
    'size_bytes{instance="",job="j",quantile="0.5"} 7',
    'size_bytes_sum{instance="",job="j"} 7',
    'size_bytes_count{instance="",job="j"} 1',
  ])
  expect(await gateway(suite, 'PUT', '/metrics/job/j', body.slice(0, -1), protobuf)).toMatch(/^400 proto: .*unexpected EOF/)
})

// Every answer below is the one that Pushgateway 1.11.1 gave.
test.each([
  ['x 3', 'line 1: unexpected end of input stream'],
  ['1x 2', 'line 1: invalid metric name'],
  ['x{a="1', 'line 1: unexpected end of input stream'],
  ['x 1e400\n', 'line 1: expected float as value, got "1e400"'],
  ['a 1\nx abc\n', 'line 2: expected float as value, got "abc"'],
  ['x 0x10\n', 'line 1: expected float as value, got "0x10"'],
  ['1x 2\n', 'line 1: invalid metric name'],
  ['x{a="1",a="2"} 2\n', 'line 1: duplicate label names for metric "x"'],
  ['x{a=1} 3\n', "line 1: expected '\"' at start of label value, found '1'"],
  ['x{a="1\\q"} 3\n', "line 1: invalid escape sequence '\\q'"],
  ['# TYPE x foo\n', 'line 1: unknown metric type "foo"'],
  ['x 1\n# TYPE x gauge\n', 'line 2: second TYPE line for metric name "x", or TYPE reported after samples'],
  ['# HELP x a\n# HELP x b\n', 'line 2: second HELP line for metric name "x"'],
  ['x{a="1" 3\n', 'line 1: unexpected end of label value "1"'],
  ['x{a="1\n', 'line 1: label value "1" contains unescaped new-line'],
  ['x{a} 3\n', "line 1: expected '=' after label name, found '}'"],
  ['x{,} 3\n', 'line 1: invalid label name for metric "x"'],
  ['x{__name__="y"} 3\n', 'line 1: label name "__name__" is reserved'],
  ['x 3 soon\n', 'line 1: expected integer as timestamp, got "soon"'],
  ['x 3 1 1\n', 'line 1: spurious string after timestamp: " 1"'],
  ['# TYPE h histogram\nh_bucket{le="x"} 1\n', 'line 2: expected float as value for \'le\' label, got "x"'],
])('%j is refused as a Pushgateway refuses it', async (text, words) => {
  await using suite = await start()
  expect(await gateway(suite, 'POST', '/metrics/job/j', text)).toBe(`400 text format parsing error in ${words}`)
  expect(await scrape(suite)).toEqual([])
})

test.each([
  ['/metrics/job/b/instance', 'odd number of components in label string "/instance"'],
  ['/metrics/job/b/1nst/x', 'improper label name "1nst"'],
  ['/metrics/job/b/__x/x', 'improper label name "__x"'],
  ['/metrics/job@base64/=', 'job name is required'],
  ['/metrics/job@base64/YWJjZA!', 'invalid base64 encoding in job name "abc": illegal base64 data at input byte 6'],
  ['/metrics/job/b/zone@base64/A', 'invalid base64 encoding for label zone="A": illegal base64 data at input byte 0'],
])('%s is no path of a group', async (path, words) => {
  await using suite = await start()
  for (const method of ['PUT', 'POST', 'DELETE']) expect(await gateway(suite, method, path)).toBe(`400 ${words}`)
})

test('a push that does not go together with the rest changes nothing but the time of the last failure', async () => {
  await using suite = await start()
  const inconsistent = '400 pushed metrics are invalid or inconsistent with existing metrics:'
  await gateway(suite, 'PUT', '/metrics/job/a', '# TYPE x counter\nx 3\n')
  suite.clock.advance('10s')
  expect(await gateway(suite, 'PUT', '/metrics/job/a', 'y 1 1234\n')).toBe(`${inconsistent} pushed metrics must not have timestamps`)
  expect(await gateway(suite, 'PUT', '/metrics/job/b', '# TYPE x gauge\nx 3\n')).toContain('is not a COUNTER')
  expect(await gateway(suite, 'PUT', '/metrics/job/b', 'y{a="1"} 2\ny{a="1"} 3\n')).toContain('was collected before with the same name and label values')
  expect(await samples(suite)).toEqual(['x{instance="",job="a"} 3'])
  expect((await scrape(suite)).filter((line) => line.startsWith('push_'))).toEqual([
    'push_failure_time_seconds{instance="",job="a"} 1.76864134e+09',
    'push_failure_time_seconds{instance="",job="b"} 1.76864134e+09',
    'push_time_seconds{instance="",job="a"} 1.76864133e+09',
    'push_time_seconds{instance="",job="b"} 0',
  ])
})

test('both ways of pushing share one page: they may add to a metric, but not contradict each other', async () => {
  await using suite = await start()
  await push(suite, { metric_name: 'x', value: 1, metric_type: 'gauge' })
  expect(await gateway(suite, 'PUT', '/metrics/job/j', '# TYPE x gauge\nx 2\n')).toBe('200')
  expect(await gateway(suite, 'PUT', '/metrics/job/k', '# TYPE x counter\nx 2\n')).toContain('is not a GAUGE')
  expect(await push(suite, { metric_name: 'x', value: 2, labels: { job: 'j' } })).toBe(refused)
  await gateway(suite, 'PUT', '/metrics/job/h', '# TYPE h histogram\nh_sum 1\nh_count 1\n')
  expect(await push(suite, { metric_name: 'h_sum', value: 2 })).toBe(refused)
  expect(await push(suite, { metric_name: 'h', value: 2, metric_type: 'gauge' })).toBe(refused)
  expect((await samples(suite)).filter((line) => line.startsWith('x'))).toEqual(['x 1', 'x{instance="",job="j"} 2'])
})

test('unknown paths and methods are refused in plain text', async () => {
  await using suite = await start()
  expect(await gateway(suite, 'GET', '/nothing')).toBe('404 404 page not found')
  const reply = await suite.fetch('metrics', '/metrics/job/j')
  expect([reply.status, reply.headers.get('allow'), reply.headers.get('content-type')]).toEqual([405, 'DELETE, POST, PUT', 'text/plain; charset=utf-8'])
})

test('a reset forgets everything that was pushed', async () => {
  await using suite = await start()
  await push(suite, { metric_name: 'a', value: 1 })
  await gateway(suite, 'PUT', '/metrics/job/j', 'x 1\n')
  suite.reset()
  expect(await scrape(suite)).toEqual([])
  expect(await (await suite.fetch('metrics', '/health')).json()).toMatchObject({ metrics_service: { push_count: 0, error_count: 0 } })
})

test('nothing that this fake says breaks its contract', async () => {
  await using suite = await start()
  await push(suite, [
    { metric_name: 'a', value: 1e308 },
    { metric_name: 'a_total', value: 1e308 },
    { metric_name: 'a_total', value: 1e308 },
  ])
  await push(suite, '[1, {"labels": null}]')
  await gateway(suite, 'PUT', '/metrics/job/j/__proto__/x', '__proto__{__proto__="x"} -Inf\n')
  await gateway(suite, 'PUT', '/metrics/job/j', '__proto__{__proto__="x"} -Inf\n# TYPE h histogram\nh_count -7.5\nh_bucket{le="NaN"} 1e300\n')
  await gateway(suite, 'DELETE', '/metrics/job@base64/%25')
  await scrape(suite)
  expect(suite.journal.entries().filter(({ violations, failure }) => violations.length > 0 || failure !== null)).toEqual([])
})
