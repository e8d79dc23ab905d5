import { type Family, type Metric, type MetricType, metricOf } from './family.ts'
import { toCount } from './float.ts'
import type { Parsed } from './parse.ts'
import { delimited, type Message } from './protobuf.ts'

/** The numbers of `io.prometheus.client.MetricType`. */
const TYPES: readonly MetricType[] = ['counter', 'gauge', 'summary', 'untyped', 'histogram']

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/
const LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/

/** Reads `io.prometheus.client.MetricFamily` messages, which is what the Go client pushes unless told otherwise. */
export function parseProtobuf(bytes: Buffer): Parsed | { error: string } {
  try {
    const messages = delimited(bytes)
    const families = [...new Map(messages.map((message) => [message.text(1), familyOf(message)])).values()]
    const wrong = families.find(({ name }) => !NAME.test(name)) ?? families.find(({ metrics }) => !metrics.every(wellLabelled))
    if (wrong !== undefined) return { error: `invalid metric or label name in ${JSON.stringify(wrong.name)}` }
    return { families, timestamps: messages.some((family) => family.messages(4).some((metric) => metric.has(6))) }
  } catch (error) {
    if (error instanceof RangeError) return { error: `proto: cannot parse invalid wire-format data: ${error.message}` }
    throw error
  }
}

function familyOf(message: Message): Family {
  const type = TYPES[message.number(3)] ?? 'untyped'
  return { name: message.text(1), help: message.has(2) ? message.text(2) : null, type, metrics: message.messages(4).map((metric) => metricFrom(metric, type)) }
}

function metricFrom(message: Message, type: MetricType): Metric {
  const labels = Object.fromEntries(message.messages(1).map((pair) => [pair.text(1), pair.text(2)]))
  switch (type) {
    case 'gauge':
      return metricOf(labels, { value: message.message(2).number(1) })
    case 'counter':
      return metricOf(labels, { value: message.message(3).number(1) })
    case 'untyped':
      return metricOf(labels, { value: message.message(5).number(1) })
    case 'summary':
      return compound(labels, message.message(4), (quantile) => [quantile.number(1), quantile.number(2)])
    case 'histogram':
      return compound(labels, message.message(7), (bucket) => [bucket.number(2), toCount(bucket.number(1))])
  }
}

function compound(labels: Record<string, string>, message: Message, point: (message: Message) => [number, number]): Metric {
  return metricOf(labels, { count: toCount(message.number(1)), sum: message.number(2), points: message.messages(3).map(point) })
}

const wellLabelled = ({ labels }: Metric): boolean => Object.keys(labels).every((name) => LABEL.test(name))
