import { MockSuiteError } from '../../contracts/kit/error.ts'
import { didYouMean } from '../../contracts/kit/nearest.ts'
import { Records } from './records.ts'
import type { AnyTableSpec, TableSpec } from './table.ts'
import type { Undo, Write } from './table-context.ts'

export type TableSpecs = Readonly<Record<string, AnyTableSpec>>
export type TablesOf<Specs> = { readonly [Name in keyof Specs]: Specs[Name] extends TableSpec<infer Row> ? Records<Row> : never }

/** All tables of one lane: the world's, and those that each service keeps for itself. */
export class Store {
  readonly #tables = new Map<string, Records<object>>()
  #undo: Undo | undefined
  #watcher: ((write: Write) => void) | undefined

  /** Opens an owner's tables, e.g. `world` or a service, under `owner.table`. */
  open<Specs extends TableSpecs>(owner: string, specs: Specs): TablesOf<Specs> {
    const opened = Object.entries(specs).map(([name, spec]) => {
      const table = new Records<object>(`${owner}.${name}`, spec as TableSpec<object>, {
        undo: () => this.#undo,
        outside: (write) => this.#watcher?.(write),
        exists: (target, key) => this.table(target.includes('.') ? target : `world.${target}`).has(key),
      })
      this.#tables.set(table.name, table)
      return [name, table]
    })
    return Object.fromEntries(opened) as TablesOf<Specs>
  }

  get names(): string[] {
    return [...this.#tables.keys()]
  }

  /** Tells what is written by others than fakes. */
  watch(watcher: (write: Write) => void): void {
    this.#watcher = watcher
  }

  /** @throws MockSuiteError `unknown-table` */
  table(name: string): Records<object> {
    const table = this.#tables.get(name)
    if (table === undefined) {
      throw new MockSuiteError(
        'unknown-table',
        `could not open the table ${name}: there is none of that name.${didYouMean(name, this.names)} The tables are ${this.names.join(', ')}.`,
      )
    }
    return table
  }

  /** Runs `work` whole or not at all: if it throws, every record is as it was. */
  transaction<Given, T>(work: (given: Given) => T, given: Given): T {
    const outer = this.#undo
    const undo: Undo = []
    this.#undo = undo
    try {
      const result = work(given)
      outer?.push(...undo)
      return result
    } catch (error) {
      this.#undo = undefined
      for (const step of undo.reverse()) step()
      throw error
    } finally {
      this.#undo = outer
    }
  }

  reset(): void {
    for (const table of this.#tables.values()) table.reset()
  }
}
