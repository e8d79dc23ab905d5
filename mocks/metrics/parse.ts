import { type Family, isMetricType, type Metric, metricOf, signature } from './family.ts'
import { readFloat, toCount } from './float.ts'
import { fault, LineReader, ParseFault } from './line-reader.ts'

export interface Parsed {
  families: Family[]
  /** Some sample said when it was taken, which a push must not. */
  timestamps: boolean
}

/** Reads the Prometheus text format as its Go parser does, and refuses in the same words. */
export function parseExposition(text: string): Parsed | { error: string } {
  const lines = text.split('\n')
  const unended = lines.pop() ?? ''
  const parser = new ExpositionParser()
  let at = 0
  try {
    for (const line of lines) {
      at += 1
      parser.line(line)
    }
    at += 1
    return parser.end(unended)
  } catch (error) {
    if (error instanceof ParseFault) return { error: `text format parsing error in line ${at}: ${error.message}` }
    throw error
  }
}

type Part = '' | '_sum' | '_count' | '_bucket'
type Draft = Omit<Family, 'type'> & { type: Family['type'] | undefined; bySignature: Map<string, Metric> }

class ExpositionParser {
  readonly #drafts = new Map<string, Draft>()
  #timestamps = false

  line(line: string, reader = new LineReader(line)): void {
    reader.skipBlanks()
    if (reader.done) return
    if (reader.peek === '#') this.#comment(reader)
    else this.#sample(reader)
  }

  /** What follows the last line feed may be blank and nothing else; a fault before its last word speaks first. */
  end(unended: string): Parsed {
    const reader = new LineReader(unended)
    try {
      this.line(unended, reader)
    } catch (error) {
      if (!reader.done) throw error
    }
    if (unended.trim() !== '') throw fault('unexpected end of input stream')
    return this.#parsed()
  }

  #parsed(): Parsed {
    const families = [...this.#drafts.values()].filter(({ metrics }) => metrics.length > 0)
    return { families: families.map(({ name, type, help, metrics }) => ({ name, type: type ?? 'untyped', help, metrics })), timestamps: this.#timestamps }
  }

  #comment(reader: LineReader): void {
    reader.skip(1)
    reader.skipBlanks()
    const keyword = reader.word()
    if (reader.done || (keyword !== 'HELP' && keyword !== 'TYPE')) return
    reader.skipBlanks()
    const name = reader.metricName()
    if (reader.done) return
    if (!reader.atBlank) throw fault('invalid metric name in comment')
    const { draft } = this.#draftOf(name)
    reader.skipBlanks()
    if (reader.done) return
    if (keyword === 'HELP') help(draft, reader)
    else type(draft, reader)
  }

  #sample(reader: LineReader): void {
    const name = reader.metricName()
    if (name === '') throw fault('invalid metric name')
    const { draft, part } = this.#draftOf(name)
    draft.type ??= 'untyped'
    reader.skipBlanks()
    const pairs = reader.peek === '{' ? reader.labels(draft.name, pointLabelOf(draft)) : { labels: {}, point: undefined }
    const metric = metricIn(draft, pairs.labels)
    reader.skipBlanks()
    const said = reader.word()
    const value = readFloat(said)
    if (value === undefined) throw fault(`expected float as value, got ${JSON.stringify(said)}`)
    place(metric, part, draft, pairs.point, value)
    if (!reader.done) this.#timestamp(reader)
  }

  #timestamp(reader: LineReader): void {
    reader.skipBlanks()
    const said = reader.word()
    if (!/^[+-]?\d+$/.test(said)) throw fault(`expected integer as timestamp, got ${JSON.stringify(said)}`)
    this.#timestamps = true
    if (!reader.done) throw fault(`spurious string after timestamp: ${JSON.stringify(reader.rest())}`)
  }

  /** A histogram's or summary's own lines are called after it, with something appended. */
  #draftOf(name: string): { draft: Draft; part: Part } {
    const exact = this.#drafts.get(name)
    if (exact !== undefined) return { draft: exact, part: '' }
    const split = /^(.+?)(_sum|_count|_bucket)$/s.exec(name)
    const owner = split === null ? undefined : this.#drafts.get(split[1] as string)
    const part = (split?.[2] ?? '') as Part
    if (owner?.type === 'histogram' || (owner?.type === 'summary' && part !== '_bucket')) return { draft: owner, part }
    const draft: Draft = { name, type: undefined, help: null, metrics: [], bySignature: new Map() }
    this.#drafts.set(name, draft)
    return { draft, part: '' }
  }
}

function help(draft: Draft, reader: LineReader): void {
  if (draft.help !== null) throw fault(`second HELP line for metric name ${JSON.stringify(draft.name)}`)
  draft.help = reader.unescapedRest()
}

function type(draft: Draft, reader: LineReader): void {
  if (draft.type !== undefined) throw fault(`second TYPE line for metric name ${JSON.stringify(draft.name)}, or TYPE reported after samples`)
  // The Go parser drops backslashes here, and so do we.
  const said = reader.rest().replaceAll('\\', '')
  const known = said.toLowerCase()
  if (!isMetricType(known)) throw fault(`unknown metric type ${JSON.stringify(said)}`)
  draft.type = known
}

/** The label that tells the points of one metric apart. */
function pointLabelOf({ type }: Draft): 'le' | 'quantile' | undefined {
  if (type === 'histogram') return 'le'
  return type === 'summary' ? 'quantile' : undefined
}

/** Lines of one histogram or summary are about one metric; any other line is a metric of its own. */
function metricIn(draft: Draft, labels: Record<string, string>): Metric {
  const key = signature(labels)
  const before = pointLabelOf(draft) === undefined ? undefined : draft.bySignature.get(key)
  if (before !== undefined) return before
  const metric = metricOf(labels)
  draft.metrics.push(metric)
  draft.bySignature.set(key, metric)
  return metric
}

function place(metric: Metric, part: Part, draft: Draft, point: number | undefined, value: number): void {
  if (part === '_count') metric.count = toCount(value)
  else if (part === '_sum') metric.sum = value
  else if (pointLabelOf(draft) === undefined) metric.value = value
  else if (point !== undefined && !Number.isNaN(point)) metric.points.push([point, draft.type === 'histogram' ? toCount(value) : value])
}
