import type { Change, Finding } from '../finding.ts'

/** One way in which one recorded exchange breaks the contract, before anything is known of the others. */
export interface Break extends Pick<Finding, 'direction' | 'part' | 'pointer' | 'contractSays' | 'realSays' | 'readBy'> {
  change: Change
  /** Into this very body. */
  at: string
  /** What must have been there for the break to show: a pointer with `*`, as bodies are visited. */
  within: string
  /** Somebody is known to read this, or nobody has written down who reads what in this reply. */
  read: boolean
}
