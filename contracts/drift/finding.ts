/** Who must act. */
export type Verdict =
  /** The real service kept the contract in an earlier recording and breaks it now. */
  | 'provider-changed'
  /** No recording has ever kept it. */
  | 'contract-wrong'
  /** Our own fake breaks the contract. */
  | 'fake-wrong'
  /** Both keep the contract, and differ within its freedom. */
  | 'fake-unfaithful'
  /** What is known was learned too long ago. */
  | 'recording-stale'

/** `breaking`: a client that trusts the contract fails. `warning`: it may. `information`: it will not. */
export type Severity = 'breaking' | 'warning' | 'information'

export const SEVERITIES = ['information', 'warning', 'breaking'] as const satisfies readonly Severity[]

/** What is different, seen from the contract. */
export type Change =
  /** A member or header that must be there is not. */
  | 'removed'
  /** One is there that nobody agreed on. */
  | 'added'
  | 'type'
  | 'null'
  /** A value outside of those agreed on. */
  | 'value'
  /** A text, number or list of another form. */
  | 'format'
  | 'status'
  | 'content-type'
  /** The real service refuses a request that the contract lets through. */
  | 'insists'
  /** It takes one that the contract refuses. */
  | 'accepts'
  | 'stale'

/** One way in which reality, contract and fake have come apart; however often it was seen, it is told once. */
export interface Finding {
  /** The same from run to run: what acceptances and annotations name. */
  id: string
  verdict: Verdict
  severity: Severity
  service: string
  operation: string
  /** `request` for what may be sent, `reply` for what comes. */
  direction: 'request' | 'reply'
  part: 'status' | 'content-type' | 'header' | 'body' | 'path' | 'query' | 'recording'
  change: Change
  /** The status of the replies in which it was seen. */
  status: number | null
  /** A JSON pointer into the body with `*` for every element of a list and every key of a map; the name, for a header. */
  pointer: string
  /** A real JSON pointer at which it can be seen in the example. */
  example: Example
  contractSays: string
  realSays: string
  /** What our fake answers there, where that is known. */
  fakeSays: string | null
  /** In so many of so many exchanges that could have shown it. */
  seen: { times: number; of: number }
  /** ISO instants. */
  firstSeen: string
  lastSeen: string
  /** The last time before that the real service kept the contract here. */
  lastAgreed: string | null
  /** When a later recording was found to keep it again; then it is only information. */
  mended: string | null
  /** What the real service called itself before and after. */
  versions: { before: string | null; after: string | null }
  /** Clients known to read this. */
  readBy: readonly string[]
  /** Who must act, and what to do, in one sentence. */
  advice: string
  accepted: Acceptance | null
}

/** Where a finding can be looked at. */
export interface Example {
  /** The recording's file. */
  recording: string
  /** Counted from 0. */
  entry: number
  pointer: string
}

/** A finding that somebody lives with, for a reason and for a time. */
export interface Acceptance {
  reason: string
  /** The last day on which it holds, `2026-12-31`. */
  until: string
}
