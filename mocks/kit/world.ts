import type { TableSpecs } from './store.ts'
import type { TableSpec } from './table.ts'

/** The records of every world table. */
export type WorldRows<Specs> = { [Name in keyof Specs]: Specs[Name] extends TableSpec<infer Row> ? readonly Row[] : never }

/** The tables that all fakes share, the records that they begin with, and where the suite's own needs are met. */
export interface WorldSpec<Specs extends TableSpecs = TableSpecs> {
  tables: Specs
  /** The records to begin with; `now` is the instant on the lane's clock, so that what must expire can. */
  seed: (now: number) => WorldRows<Specs>
  /** The table of secrets, whose records have `key` and `value`: credentials are compared with these. */
  secrets: keyof Specs & string
}

export function defineWorld<const Specs extends TableSpecs>(world: WorldSpec<Specs>): WorldSpec<Specs> {
  return world
}
