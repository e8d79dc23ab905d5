import type { Kind } from './pseudonym.ts'

/** A stretch of text that must not be kept. */
export interface Found {
  kind: Kind
  start: number
  end: number
}

export type Finder = (text: string, name: string | undefined) => Iterable<Found>

/** Everything that a pattern takes; its group `it`, where it has one, is what counts. Needs the flag `d` for that. */
export function matching(kind: Kind, pattern: RegExp, accept?: (text: string) => boolean): Finder {
  return function* (text) {
    for (const match of matchesOf(pattern, text)) {
      const [start, end] = match.indices?.groups?.it ?? [match.index, match.index + match[0].length]
      if (accept === undefined || accept(text.slice(start, end))) yield { kind, start, end }
    }
  }
}

/** All matches of a pattern with the flag `g`. `matchAll` would copy the pattern each time, which costs more than looking. */
export function matchesOf(pattern: RegExp, text: string): RegExpExecArray[] {
  pattern.lastIndex = 0
  const first = pattern.exec(text)
  if (first === null) return NONE
  const matches = [first]
  for (let next = pattern.exec(text); next !== null; next = pattern.exec(text)) matches.push(next)
  return matches
}

const NONE: RegExpExecArray[] = []
