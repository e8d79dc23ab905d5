/** What was looked at and what came of it, in words that every format of CI has. */
export interface Outcome {
  /** What looked: `drift`. */
  name: string
  /** Every kind of result there can be. */
  rules: readonly Rule[]
  /** Most severe first. */
  results: readonly Result[]
  /** Everything that was looked at, also where nothing was found. */
  cases: readonly Case[]
}

/** A kind of result. */
export interface Rule {
  id: string
  summary: string
  /** What to do about it. */
  help: string
}

/** One thing that was found. */
export interface Result {
  /** The same from run to run. */
  id: string
  rule: string
  level: 'error' | 'warning' | 'note'
  /** Whether it is what makes the run fail. */
  fails: boolean
  title: string
  message: string
  /** Relative to where the repository begins. */
  where?: { file: string; line: number }
  suite: string
  case: string
  /** Why somebody lives with it. */
  accepted?: string
  /** For a program. */
  properties: Readonly<Record<string, unknown>>
}

export interface Case {
  suite: string
  name: string
  /** Why nothing can be said about it. */
  skipped?: string
}
