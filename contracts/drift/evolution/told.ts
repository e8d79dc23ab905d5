import type { EvolutionRule } from './rules.ts'
import type { Difference } from './schemas.ts'

/** A difference with its place in an operation. */
export interface Told {
  rule: EvolutionRule
  direction: 'request' | 'reply'
  place: string
  /** Of the reply, where there is one. */
  status: string | null
  before: string
  after: string
  readBy: readonly string[]
  /** Whether anybody is known, or must be taken, to read it. */
  read: boolean
}

/** What is sent; nobody's reading matters. */
export function sent(place: string, { pointer, ...difference }: Difference): Told {
  return { ...difference, direction: 'request', place: placed(place, pointer), status: null, read: true }
}

/** What comes with a status. Where a reply says of nothing who reads it, all of it is taken to be read. */
export function came(status: string, name: string, { pointer, ...difference }: Difference, silent: boolean): Told {
  return {
    ...difference,
    direction: 'reply',
    place: placed(name === '' ? status : `${status} ${name}`, pointer),
    status,
    read: silent || difference.readBy.length > 0,
  }
}

const placed = (place: string, pointer: string): string => (pointer === '' ? place : `${place} ${pointer}`)
