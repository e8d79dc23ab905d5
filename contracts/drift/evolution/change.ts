import type { Severity } from '../finding.ts'
import type { EvolutionRule } from './rules.ts'

/** One way in which two versions of a contract differ. */
export interface EvolutionChange {
  /** The same from run to run: what annotations name. */
  id: string
  severity: Severity
  rule: EvolutionRule
  /** `GET /alerts/{alert_id}`, as the newer version writes it. */
  operation: string
  operationId: string | null
  /** The first tag of the operation, or else the title of the document. */
  tag: string
  /** `request` for what may be sent, `reply` for what comes. */
  direction: 'request' | 'reply'
  /** `query limit`, `body /items/*` or `200 /status`: a parameter's name, a status, a JSON pointer with `*` for all of a list or map. Empty for all of the operation. */
  place: string
  before: string
  after: string
  /** Clients known to read this. */
  readBy: readonly string[]
  sentence: string
}

/** What became of a contract. */
export interface Evolution {
  /** Most severe first. */
  changes: readonly EvolutionChange[]
  /** Every operation of either version. */
  operations: readonly { operation: string; tag: string }[]
  /** What could not be compared. */
  notes: readonly string[]
}
