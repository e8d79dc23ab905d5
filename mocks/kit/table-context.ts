/** Where a table notes how to undo what it just did, while a handler runs. */
export type Undo = (() => void)[]

/** A record that was written by somebody who is no fake. */
export type Write = { kind: 'put'; table: string; row: object } | { kind: 'delete'; table: string; key: string | number }

/** What a table needs to know of the others. */
export interface TableContext {
  undo(): Undo | undefined
  /** Told of what is written while no handler runs. */
  outside?(write: Write): void
  exists(table: string, key: unknown): boolean
}
