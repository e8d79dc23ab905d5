import { readFileSync } from 'node:fs'
import type { Entry, Inbox, InboxMessage, JournalPage, LaneReset, PlayingInfo, RecordInfo, ResetReport } from '../../../contracts/control.ts'
import { MockSuiteError } from '../../../contracts/kit/error.ts'
import { didYouMean } from '../../../contracts/kit/nearest.ts'
import type { Verification } from '../../../contracts/verification.ts'
import { isScenarioFile } from '../../../scenarios/kit/library.ts'
import type { JournalFilter } from '../journal.ts'
import type { ScenarioSource } from '../load-scenario.ts'
import type { VerifyOptions } from '../verify.ts'
import type { ControlClient } from './control-client.ts'
import { JoinedClock } from './joined-clock.ts'
import { RemoteError } from './remote-error.ts'
import { VerificationError } from './verification-error.ts'

interface Joined<Name extends string> {
  index: number
  client: ControlClient
  env: Readonly<Record<string, string>>
  urls: ReadonlyMap<Name, string>
}

/** A scenario at play in a lane; ends with its block, by `await using`. */
export interface JoinedPlayed extends AsyncDisposable {
  readonly name: string
  /** Ends it; again does nothing. */
  stop(): Promise<void>
}

export interface FinishOptions {
  /** Whether it is judged how the fakes were used. @default true */
  verify?: boolean
  /** What is no reason to fail, besides what {@link JoinedLane.allow} was told. @default nothing */
  allow?: readonly string[]
}

/** One lane of a suite that runs in another process. */
export class JoinedLane<Name extends string = string> {
  /** Counted from 0. */
  readonly index: number
  /** What the service under test must read to find the fakes of this lane. */
  readonly env: Readonly<Record<string, string>>
  readonly clock: JoinedClock
  readonly #client: ControlClient
  readonly #urls: ReadonlyMap<Name, string>
  /** What was played here since the last reset, by name. */
  readonly #played = new Set<string>()

  constructor({ index, client, env, urls }: Joined<Name>) {
    this.index = index
    this.env = env
    this.clock = new JoinedClock(client, index)
    this.#client = client
    this.#urls = urls
  }

  /** The fakes that run. */
  get services(): Name[] {
    return [...this.#urls.keys()]
  }

  /** Where a fake of this lane listens, and a path there. @throws MockSuiteError `unknown-service` */
  url(service: Name, path = ''): string {
    const url = this.#urls.get(service)
    if (url !== undefined) return `${url}${path}`
    const names = this.services
    throw new MockSuiteError(
      'unknown-service',
      `could not tell the address of ${service}: it is not running.${didYouMean(service, names)} Running are ${names.join(', ')}.`,
    )
  }

  /** Asks a fake of this lane. */
  fetch(service: Name, path: string, init?: RequestInit): Promise<Response> {
    return fetch(this.url(service, path), init)
  }

  /** Records, journal, clock and ids as at the start; what plays begins anew, and what was allowed no longer is. */
  async reset(): Promise<LaneReset> {
    const { lanes } = await this.#client.post<ResetReport>('/v1/reset', { lane: this.index })
    return lanes[0] as LaneReset
  }

  /** Plays a scenario from now on: a name of the library, a file, or one written here. @throws MockSuiteError, RemoteError `bad-scenario`, `unknown-scenario` */
  async play(scenario: ScenarioSource, { seed }: { seed?: number } = {}): Promise<JoinedPlayed> {
    const body = { ...sourceOf(scenario), ...(seed === undefined ? {} : { seed }) }
    const { playing } = await this.#client.post<{ playing: PlayingInfo[] }>('/v1/playing', { lane: this.index }, body)
    const { scenario: name } = playing[0] as PlayingInfo
    this.#played.add(name)
    const stop = () => this.#stop(name)
    return { name, stop, [Symbol.asyncDispose]: stop }
  }

  /** What happened since the last reset, oldest first; with a limit, the newest of it. */
  async journal(filter: JournalFilter & { service?: Name; explain?: boolean } = {}): Promise<Entry[]> {
    const { entries } = await this.#client.get<JournalPage>('/v1/journal', { ...filter, lane: this.index })
    return entries
  }

  /** Mail, SMS and the like that the fakes have sent by now, oldest first. */
  async inbox(filter: { channel?: string; to?: string; user_id?: string } = {}): Promise<InboxMessage[]> {
    const { messages } = await this.#client.get<Inbox>('/v1/inbox', { ...filter, lane: this.index })
    return messages
  }

  /** One record of a table: `record('world.settings', 'CACHE_TTL_SECONDS')`. */
  async record(table: string, key: string): Promise<RecordInfo['record']> {
    const { record } = await this.#client.get<RecordInfo>(pathOf(table, key), { lane: this.index })
    return record
  }

  /** Replaces a record, or creates it; the next request sees it. */
  async put(table: string, key: string, record: RecordInfo['record']): Promise<void> {
    await this.#client.ask('PUT', pathOf(table, key), { lane: this.index }, { body: JSON.stringify(record) })
  }

  /**
   * Findings that are meant, since the last reset and until the next: `violation`, `violation:alert`, `violation:alert.createAlert`. It is said to the suite:
   * whoever judges the whole run knows of it.
   *
   * @throws RemoteError `bad-option`, `unknown-service`, `unknown-operation`
   */
  async allow(...findings: readonly string[]): Promise<void> {
    await this.#client.post('/v1/allowances', { lane: this.index }, { allow: findings })
  }

  /** Whether the fakes were used as agreed, since the last reset if nothing else is asked. */
  verify({ since = 'reset', allow = [], failOn }: Omit<VerifyOptions, 'lane'> = {}): Promise<Verification> {
    return this.#client.get('/v1/verification', { lane: this.index, since, allow, fail_on: failOn })
  }

  /**
   * A test is over: ends what it played, and judges how it used the fakes since the reset.
   *
   * @throws VerificationError where something was found that nobody allowed; a rule that was never met counts if this lane's user has played it.
   */
  async finish({ verify = true, allow = [] }: FinishOptions = {}): Promise<void> {
    if (allow.length > 0) await this.allow(...allow)
    const verification = verify ? await this.verify() : undefined
    const played = [...this.#played]
    this.#played.clear()
    for (const name of played) await this.#stop(name)
    const findings = verification?.findings.filter(({ fails, rule }) => fails && (rule === null || played.includes(rule.scenario))) ?? []
    if (verification !== undefined && findings.length > 0) throw new VerificationError(findings, verification)
  }

  async #stop(name: string): Promise<void> {
    try {
      await this.#client.ask('DELETE', `/v1/playing/${encodeURIComponent(name)}`, { lane: this.index })
    } catch (error) {
      // It has ended already.
      if (!(error instanceof RemoteError) || error.code !== 'unknown-scenario') throw error
    }
  }
}

/** A file is read here: the suite may run in another folder. */
function sourceOf(scenario: ScenarioSource): { name: string } | { text: string; file: string } | { scenario: object } {
  if (typeof scenario === 'object') return { scenario }
  return isScenarioFile(scenario) ? { text: readFileSync(scenario, 'utf8'), file: scenario } : { name: scenario }
}

const pathOf = (table: string, key: string): string => `/v1/tables/${encodeURIComponent(table)}/${encodeURIComponent(key)}`
