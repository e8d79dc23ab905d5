import type { Kind } from './pseudonym.ts'

/** A stretch of text and what is to stand there. */
export interface Edit {
  start: number
  end: number
  kind?: Kind
  value: string
  made: string
}

/** Where two overlap, the first speaks for both: rather too much goes than a tail stays. */
export function merged(all: Edit[]): Edit[] {
  const kept: Edit[] = []
  for (const edit of all.sort((one, other) => one.start - other.start || other.end - one.end)) {
    const last = kept.at(-1)
    if (last !== undefined && edit.start < last.end) last.end = Math.max(last.end, edit.end)
    else kept.push(edit)
  }
  return kept
}
