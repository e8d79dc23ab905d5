/** The secondary indexes of one table: built when first asked for, kept up from then on. */
export class Indexes<Row extends object> {
  readonly #declared: ReadonlySet<string>
  readonly #built = new Map<string, Index<Row>>()

  constructor(declared: readonly string[]) {
    this.#declared = new Set(declared)
  }

  /** The records whose member has this value; nothing when no index is declared for the member. */
  rowsOf(member: string, value: unknown, rows: ReadonlyMap<unknown, Row>): Row[] | undefined {
    if (!this.#declared.has(member)) return undefined
    let index = this.#built.get(member)
    if (index === undefined) {
      index = new Map()
      for (const [key, row] of rows) enter(index, row[member as keyof Row], key, row)
      this.#built.set(member, index)
    }
    const found = index.get(value)
    return found === undefined ? [] : [...found.values()]
  }

  /** A record came, changed or went. */
  replace(key: unknown, before: Row | undefined, after: Row | undefined): void {
    for (const [member, index] of this.#built) {
      const was = before?.[member as keyof Row]
      const is = after?.[member as keyof Row]
      if (before !== undefined && (after === undefined || was !== is)) leave(index, was, key)
      if (after === undefined) continue
      // Among others it would stand last, wherever it stands in the table: such an index is built anew when next asked for.
      if (before !== undefined && was !== is && index.has(is)) this.#built.delete(member)
      else enter(index, is, key, after)
    }
  }

  clear(): void {
    this.#built.clear()
  }
}

/** Value of the member → key → record. */
type Index<Row> = Map<unknown, Map<unknown, Row>>

function enter<Row>(index: Index<Row>, value: unknown, key: unknown, row: Row): void {
  const rows = index.get(value)
  if (rows === undefined) index.set(value, new Map([[key, row]]))
  else rows.set(key, row)
}

/** A value that no record has any more is forgotten, or a table that is always full would grow by its index. */
function leave<Row>(index: Index<Row>, value: unknown, key: unknown): void {
  const rows = index.get(value)
  rows?.delete(key)
  if (rows?.size === 0) index.delete(value)
}
