import type { Contract } from '../kit/contract.ts'
import type { Match } from '../kit/match.ts'
import type { RecordedExchange } from '../kit/recording/exchange.ts'
import type { Reading } from '../kit/recording/read-har.ts'
import type { FakeAnswer } from './breaks/fake-answer.ts'
import type { Session } from './evidence/sightings.ts'
import { Evidence, type Recorded } from './evidence.ts'
import type { Finding } from './finding.ts'
import { freshness } from './findings/freshness.ts'
import { findingsOf } from './findings-of.ts'
import type { DriftReport, RecordingInfo } from './report.ts'
import { atLeast } from './severity.ts'

export interface CompareOptions {
  contracts: readonly Contract[]
  /** Milliseconds since 1970. */
  now: number
  /** What was recorded longer ago than so many milliseconds proves nothing. @default nothing is too old */
  maxAge?: number | undefined
}

/** One recorded exchange, and to whom it was. */
export interface Given {
  recording: string
  /** Counted from 0. */
  entry: number
  exchange: RecordedExchange
  /** Whose it was, if any of the contracts'. */
  contract?: Contract | undefined
  match?: Match | undefined
  fake?: FakeAnswer | undefined
}

/** How many requests that no operation takes are told apart. */
const UNMATCHED = 200
/** How many versions of one recording are told apart: a service that calls itself otherwise in every reply names no version. */
const VERSIONS = 50

/** Contract, fake and reality, held against one another exchange by exchange. It keeps counts alone, so that recordings can be read as streams. */
export class Comparison {
  readonly #options: CompareOptions
  readonly #evidence = new Map<string, Evidence>()
  readonly #sessions = new Map<string, Session>()
  readonly #recordings = new Map<string, Info>()
  readonly #unmatched = new Map<string, DriftReport['unmatched'][number] & { times: number }>()
  readonly #counts = { exchanges: 0, compared: 0, unmatched: 0, unanswered: 0, incomparable: 0 }

  constructor(options: CompareOptions) {
    this.#options = options
  }

  add(given: Given): void {
    const { exchange, contract, match, fake } = given
    this.#counts.exchanges += 1
    this.#enter(given)
    if (contract === undefined || match === undefined) return this.#noteUnmatched(given)
    const { reply } = exchange
    if (reply === undefined || exchange.failure !== undefined) {
      this.#counts.unanswered += 1
      return
    }
    this.#counts.compared += 1
    if (fake?.incomparable !== undefined) this.#counts.incomparable += 1
    this.#evidenceOf(contract, match).learn({ ...this.#recorded(given), exchange: { ...exchange, reply } }, fake)
  }

  /** A recording has been read, and it may end before it should, or hold what could not be read. One of which all could be read has been told by its exchanges. */
  read(recording: string, { broken, skipped }: Reading): void {
    if (broken || skipped.length > 0) Object.assign(this.#recording(recording), { broken, skipped })
  }

  report(): DriftReport {
    const { contracts, now, maxAge } = this.#options
    const { coverage, stale } = freshness(contracts, this.#evidence, { now, maxAge })
    const findings = [...[...this.#evidence.values()].flatMap(findingsOf), ...stale]
    return {
      at: new Date(now).toISOString(),
      findings: findings.sort(bySeverity),
      coverage,
      recordings: [...this.#recordings].map(([file, info]) => told(file, info)).sort((one, other) => one.firstAt.localeCompare(other.firstAt)),
      counts: { ...this.#counts },
      unmatched: [...this.#unmatched.values()],
    }
  }

  #evidenceOf(contract: Contract, { name, operation }: Match): Evidence {
    const key = `${contract.service}.${name}`
    const known = this.#evidence.get(key)
    if (known !== undefined) return known
    const evidence = new Evidence(contract, name, operation)
    this.#evidence.set(key, evidence)
    return evidence
  }

  #recorded({ exchange, recording, entry }: Given): Recorded {
    const version = exchange.version !== undefined && this.#recording(recording).versions.has(exchange.version) ? exchange.version : null
    const key = `${recording}\n${version}`
    const session = this.#sessions.get(key) ?? { recording, version }
    this.#sessions.set(key, session)
    return { exchange, session, recording, entry }
  }

  #enter({ recording, exchange, contract }: Given): void {
    const info = this.#recording(recording)
    info.exchanges += 1
    info.firstAt = Math.min(info.firstAt, exchange.at)
    info.lastAt = Math.max(info.lastAt, exchange.at)
    if (contract !== undefined) info.services.add(contract.service)
    if (exchange.version !== undefined && info.versions.size < VERSIONS) info.versions.add(exchange.version)
  }

  #recording(file: string): Info {
    const known = this.#recordings.get(file)
    if (known !== undefined) return known
    const info: Info = { services: new Set(), versions: new Set(), exchanges: 0, firstAt: Number.POSITIVE_INFINITY, lastAt: 0, broken: false, skipped: [] }
    this.#recordings.set(file, info)
    return info
  }

  #noteUnmatched({ exchange, contract, recording, entry }: Given): void {
    this.#counts.unmatched += 1
    const service = contract?.service ?? exchange.service ?? '?'
    const { method, url } = exchange.request
    const path = new URL(url, 'http://recorded.invalid').pathname
    const key = `${service} ${method} ${path}`
    const known = this.#unmatched.get(key)
    if (known !== undefined) known.times += 1
    else if (this.#unmatched.size < UNMATCHED) this.#unmatched.set(key, { service, method, path, times: 1, recording, entry })
  }
}

type Info = Omit<RecordingInfo, 'file' | 'services' | 'versions' | 'firstAt' | 'lastAt'> & {
  services: Set<string>
  versions: Set<string>
  firstAt: number
  lastAt: number
}

function told(file: string, { services, versions, exchanges, firstAt, lastAt, broken, skipped }: Info): RecordingInfo {
  const at = (instant: number) => (exchanges === 0 ? '' : new Date(instant).toISOString())
  return { file, services: [...services].sort(), exchanges, firstAt: at(firstAt), lastAt: at(lastAt), versions: [...versions].sort(), broken, skipped }
}

/** What hurts most first; then by name, so that two reports can be laid side by side. */
function bySeverity(one: Finding, other: Finding): number {
  if (one.severity !== other.severity) return atLeast(one.severity, other.severity) ? -1 : 1
  return one.id < other.id ? -1 : one.id > other.id ? 1 : 0
}
