import type { Skipped } from '../kit/recording/read-har.ts'
import type { Finding } from './finding.ts'

/** What recordings say of contracts and fakes. */
export interface DriftReport {
  /** The instant at which it was made, ISO. */
  at: string
  /** Most severe first. */
  findings: readonly Finding[]
  /** A line for every operation of every contract that was looked at. */
  coverage: readonly CoveredOperation[]
  recordings: readonly RecordingInfo[]
  counts: {
    exchanges: number
    /** Held against contract and fake. */
    compared: number
    /** Asked for what no operation of the contract takes. */
    unmatched: number
    /** Had no whole reply to judge. */
    unanswered: number
    /** The fake could not be brought into the state in which the real service was, so that nothing follows from its answer. */
    incomparable: number
  }
  /** Requests for which no contract has an operation, each once: `alert GET /alerts/history`. */
  unmatched: readonly { service: string; method: string; path: string; times: number; recording: string; entry: number }[]
}

export interface CoveredOperation {
  service: string
  operation: string
  /**
   * `proven`: it was recorded, not too long ago, answering as it promises: with a status that its contract declares for success, or with any
   * that it declares where that is none of success. That it turns strangers away, or is out of order, proves nothing.
   */
  state: 'proven' | 'stale' | 'unproven'
  /** All that were recorded, whatever they prove. */
  exchanges: number
  /** Statuses that were recorded, and how often. */
  statuses: Readonly<Record<number, number>>
  /** The last time that it answered as it promises, ISO. */
  lastRecorded: string | null
}

export interface RecordingInfo {
  file: string
  services: readonly string[]
  exchanges: number
  firstAt: string
  lastAt: string
  /** What the real service called itself. */
  versions: readonly string[]
  /** It ends before it should: what is whole was read. */
  broken: boolean
  /** Entries of which nothing could be made, by reason. */
  skipped: readonly Skipped[]
}
