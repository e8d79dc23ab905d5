import type { Contract } from '../kit/contract.ts'
import { writeJson } from '../kit/json.ts'
import { createRouter } from '../kit/match.ts'
import type { RecordedExchange } from '../kit/recording/exchange.ts'
import type { DraftContract, DraftOperation } from './draft.ts'
import { identifier, namer } from './identifier.ts'
import { errorsOf } from './recorded/errors.ts'
import { recordedOperation, type Sighting } from './recorded/operation.ts'
import { operationName } from './recorded/operation-name.ts'
import { type PathTemplate, pathTemplates } from './recorded/path-templates.ts'
import { type Sample, sampleOf } from './recorded/sample.ts'

export interface FromRecordings {
  service: string
  title?: string
  port?: number
  host?: string
  /** How the draft names where it comes from. @default 'a recording' */
  file?: string
  /** What is agreed so far: its paths and names are kept where they fit. */
  contract?: Contract
}

/** A draft of the contract that recorded exchanges keep. */
export async function draftOf(exchanges: AsyncIterable<RecordedExchange>, options: FromRecordings): Promise<DraftContract> {
  const { service, contract, file = 'a recording' } = options
  const { samples, passed, origin } = await samplesIn(exchanges)
  const errors = errorsOf(samples)
  const found = sighted(samples, pathTemplates(samples, contract))
  const known = found.filter(({ sightings }) => !isUnknown(sightings))
  const name = namer()
  const operations = known
    .sort((one, other) => (one.template.path < other.template.path ? -1 : one.template.path > other.template.path ? 1 : 0))
    .map(({ template, sightings }) => {
      const wanted =
        template.name ??
        operationName(
          template,
          sightings.map(({ sample }) => sample),
        )
      return recordedOperation({ name: name(identifier(wanted, 'operation')), template, sightings, errors, file })
    })
  return {
    service,
    title: options.title ?? contract?.title ?? `${service.slice(0, 1).toUpperCase()}${service.slice(1)} service`,
    port: options.port ?? contract?.port ?? portOf(origin),
    host: options.host ?? contract?.host ?? origin?.hostname ?? service,
    errors,
    shapes: {},
    operations: operations.map(({ operation }) => operation),
    notes: [
      ...passedOver(passed),
      ...unknownPaths(found),
      ...operations.flatMap(({ notes }) => notes),
      ...seenOnce(
        operations.map(({ operation }) => operation),
        known,
      ),
    ],
  }
}

interface Found {
  template: PathTemplate
  sightings: Sighting[]
}

async function samplesIn(exchanges: AsyncIterable<RecordedExchange>): Promise<{ samples: Sample[]; passed: Map<string, number>; origin: URL | undefined }> {
  const samples: Sample[] = []
  const passed = new Map<string, number>()
  let origin: URL | undefined
  for await (const exchange of exchanges) {
    const sample = sampleOf(exchange)
    if (typeof sample === 'string') passed.set(sample, (passed.get(sample) ?? 0) + 1)
    else {
      origin ??= new URL(exchange.request.url)
      samples.push(sample)
    }
  }
  return { samples, passed, origin }
}

/** Asked of the router that will serve the draft: what is learned from a request is what it will be held against. */
function sighted(samples: readonly Sample[], templates: readonly PathTemplate[]): Found[] {
  const found = templates.map((template) => ({ template, sightings: [] as Sighting[] }))
  const router = createRouter({ operations: Object.fromEntries(templates.map(({ method, path }, at) => [String(at), { method, path, details: unasked }])) })
  for (const sample of samples) {
    const match = router.match(sample.method, sample.path)
    if (!('kind' in match)) found[Number(match.name)]?.sightings.push({ sample, params: match.params })
  }
  return found.filter(({ sightings }) => sightings.length > 0)
}

function unasked(): never {
  throw new Error('a draft that is being made has no details yet')
}

/** FastAPI's words for a path that it does not have; of one that it has, some reply says something else. */
const isUnknown = (sightings: readonly Sighting[]): boolean =>
  sightings.every(({ sample: { reply } }) => reply.status === 404 && writeJson(reply.value, true) === '{"detail":"Not Found"}')

function portOf(origin: URL | undefined): number {
  const port = Number(origin?.port)
  return port > 0 ? port : 8100
}

const passedOver = (passed: ReadonlyMap<string, number>): string[] => [...passed].map(([reason, times]) => `${exchangesIn(times)} passed over: ${reason}.`)

function unknownPaths(found: readonly Found[]): string[] {
  return found
    .filter(({ sightings }) => isUnknown(sightings))
    .map(({ template: { method, path } }) => `${method} ${path} was never known to the service: no operation was made of it.`)
}

function seenOnce(operations: readonly DraftOperation[], found: readonly Found[]): string[] {
  const once = operations.filter((_, at) => found[at]?.sightings.length === 1).map(({ name }) => name)
  return once.length === 0 ? [] : [`Seen once only, so that nothing tells what varies: ${once.join(', ')}.`]
}

const exchangesIn = (times: number): string => (times === 1 ? '1 exchange was' : `${times} exchanges were`)
