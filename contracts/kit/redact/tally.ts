import type { Kind, Pseudonyms } from './pseudonym.ts'

/** What was taken out of a recording, in words that give none of it away. */
export interface RedactionStatement {
  /** The fingerprint of the key: the same key gives the same pseudonyms. */
  keyed: string
  removed: readonly RemovedKind[]
}

export interface RemovedKind {
  kind: Kind
  /** `request header authorization`, `reply body /users/0/email` with a star for the 0, `request query token`. */
  places: readonly string[]
  /** How many different ones. */
  values: number
  times: number
}

export interface Tally {
  note(kind: Kind, value: string, place: string): void
  /** The places of one exchange, since the last time somebody asked. */
  turn(): string[]
  statement(): RedactionStatement
}

export function createTally(pseudonyms: Pseudonyms): Tally {
  const removed = new Map<Kind, { places: Set<string>; values: Set<string>; times: number }>()
  let page = new Set<string>()
  return {
    note(kind, value, place) {
      const entry = removed.get(kind) ?? { places: new Set(), values: new Set(), times: 0 }
      removed.set(kind, entry)
      entry.places.add(place)
      entry.values.add(pseudonyms.digest(kind, value))
      entry.times += 1
      page.add(place)
    },
    turn() {
      const places = [...page]
      page = new Set()
      return places
    },
    statement() {
      const kinds = [...removed].sort(([one], [other]) => (one < other ? -1 : 1))
      return {
        keyed: pseudonyms.keyed,
        removed: kinds.map(([kind, { places, values, times }]) => ({ kind, places: [...places].sort(), values: values.size, times })),
      }
    },
  }
}

/** A step of a place: names that people chose stand as they are, keys that are data become `*`. */
export function step(name: string): string {
  const plain = /^[A-Za-z_$@][\w.$@-]{0,63}$/.test(name) && !/\d{3}|@.*\./.test(name) && !/[0-9a-f]{12}/i.test(name)
  return plain ? name : '*'
}
