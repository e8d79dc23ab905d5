import type { Contract } from '../../../contracts/kit/contract.ts'
import type { RecordedExchange } from '../../../contracts/kit/recording/exchange.ts'
import type { HarEntry } from '../../../contracts/kit/recording/har.ts'
import { harEntry } from '../../../contracts/kit/recording/write-har.ts'
import { faults } from '../../../scenarios/kit/faults/index.ts'
import { tellInjection } from '../../../scenarios/kit/injection.ts'
import type { Outcome } from '../../../scenarios/kit/outcome.ts'
import { type Happening, type KeptRequest, keptRequest } from '../happening.ts'
import type { Lane } from '../lane.ts'
import type { Life } from '../life.ts'

/** All that a lane's journal has, and what is under way, in the order in which it began: with what HAR has no word for under `_mockSuite`. */
export function harOfDay(lane: Lane, version: string) {
  const over = lane.journal.all().map(({ seq, happening }) => entryOf(lane, happening, seq))
  const underWay = [...lane.acts.underWay.values()].map((life) => entryOf(lane, unfinished(life), null))
  const entries = [...over, ...underWay].toSorted((one, other) => one._mockSuite.arrival - other._mockSuite.arrival)
  return { log: { version: '1.2' as const, creator: { name: 'mock-suite', version }, pages: [], entries } }
}

type Finished = Omit<Happening, 'outcome'> & { outcome: Outcome | undefined }

function unfinished(life: Life): Finished {
  const { startedAt, contract, operation, arrival, direction, injections, request } = life
  const started = { startedAt, endedAt: startedAt, contract, operation, arrival, direction, injections, request: keptRequest(request) }
  return { ...started, outcome: undefined, problem: life.answer?.problem?.kind, violations: [], failure: undefined, gone: request.gone }
}

function entryOf(lane: Lane, happening: Finished, seq: number | null) {
  const { contract, request, outcome, injections, problem, unreadable } = happening
  const entry: HarEntry = harEntry(exchangeOf(lane, happening))
  const own = {
    seq,
    arrival: happening.arrival,
    direction: happening.direction,
    target: request.target,
    outcome: outcome?.kind ?? null,
    garbage: outcome?.kind === 'garbage' ? outcome.bytes.toString('base64') : null,
    faults: injections.map((injection) => tellInjection(injection, faults)),
    problem: problem ?? null,
    gone: happening.gone,
    too_large: problem === 'too-large',
    unreadable: unreadable ?? null,
  }
  return { ...entry, _mockSuite: { ...entry._mockSuite, service: contract.service, ...own } }
}

function exchangeOf(lane: Lane, { startedAt, endedAt, contract, operation, request, outcome, failure }: Finished): RecordedExchange {
  const headers = request.headers === '' ? [] : request.headers.split('\n')
  const { method } = request
  return {
    at: startedAt,
    milliseconds: endedAt - startedAt,
    service: contract.service,
    operation,
    lane: lane.index,
    request: { method, url: urlOf(lane, contract, request), headers, body: Buffer.from(request.body, 'latin1') },
    ...(outcome?.kind === 'reply'
      ? { reply: { status: outcome.reply.status, headers: outcome.reply.headers, body: Buffer.from(outcome.reply.body) } }
      : { failure: outcome === undefined ? 'still under way' : TOLD[outcome.kind] }),
    ...(failure === undefined ? {} : { failure: failure.message }),
  }
}

const TOLD: Readonly<Record<Exclude<Outcome['kind'], 'reply'>, string>> = {
  hang: 'no answer came',
  close: 'the connection was closed',
  reset: 'the connection was reset',
  garbage: 'what came was no HTTP',
  refuse: 'the connection was refused',
  lost: 'it was never sent',
}

/** Readers of HAR want a whole address; what is no path stands in it as well as it can. */
function urlOf(lane: Lane, { service, host, port }: Contract, { target }: KeptRequest): string {
  const base = lane.addresses.get(service)?.url ?? `http://${host}:${port}`
  if (target.startsWith('/')) return `${base}${target}`
  return URL.canParse(target) ? target : `${base}/`
}
