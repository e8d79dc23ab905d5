/** The secondary indexes of one table: built when first asked for, kept up from then on. */
export class Indexes<Row extends object> {
  readonly #declared: ReadonlySet<string>
  readonly #built = new Map<string, Map<unknown, Set<unknown>>>()

  constructor(declared: readonly string[]) {
    this.#declared = new Set(declared)
  }

  /** The keys of the records whose member has this value; nothing when no index is declared for the member. */
  keysOf(member: string, value: unknown, rows: ReadonlyMap<unknown, Row>): Iterable<unknown> | undefined {
    if (!this.#declared.has(member)) return undefined
    let index = this.#built.get(member)
    if (index === undefined) {
      index = new Map()
      for (const [key, row] of rows) enter(index, row[member as keyof Row], key)
      this.#built.set(member, index)
    }
    return index.get(value) ?? []
  }

  /** A record came, changed or went. */
  replace(key: unknown, before: Row | undefined, after: Row | undefined): void {
    for (const [member, index] of this.#built) {
      const was = before?.[member as keyof Row]
      const is = after?.[member as keyof Row]
      if (before !== undefined && after !== undefined && was === is) continue
      if (before !== undefined) index.get(was)?.delete(key)
      if (after !== undefined) enter(index, is, key)
    }
  }

  clear(): void {
    this.#built.clear()
  }
}

function enter(index: Map<unknown, Set<unknown>>, value: unknown, key: unknown): void {
  const keys = index.get(value)
  if (keys === undefined) index.set(value, new Set([key]))
  else keys.add(key)
}
