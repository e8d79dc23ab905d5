import type { Address } from './address.ts'
import type { Names } from './names.ts'

/** All that the files of a new service are made of. */
export interface Draft extends Names, Address {}

/** Where a file is written, and from where it imports: a team's own repository, or ours. */
export type Place = 'team' | 'house'

/** What is to be written. */
export interface Change {
  /** From the working folder. */
  path: string
  text: string
  /** A file that is there is changed only where this says so; else it is refused. */
  what: 'created' | 'changed'
}

/** Lines that somebody must add, and why it was not done. */
export interface ByHand {
  path: string
  lines: string[]
  why: string
}

/** What a new service comes to. */
export interface Planned {
  changes: readonly Change[]
  /** What cannot be changed at all. */
  byHand: ByHand | null
  /** The one change that is taken back if the file turns out not to say what was meant. */
  proven?: { path: string; byHand: ByHand; holds: () => Promise<boolean> }
  next: string[]
}
