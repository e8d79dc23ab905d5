import { pointerOf } from '../../contracts/kit/conform.ts'
import { MockSuiteError } from '../../contracts/kit/error.ts'
import { taken } from '../../contracts/kit/quick.ts'
import { Indexes } from './indexes.ts'
import type { TableSpec } from './table.ts'
import type { TableContext } from './table-context.ts'

export interface ListOptions<Row> {
  where?: (row: Row) => boolean
  sort?: keyof Row & string
  descending?: boolean
  offset?: number
  limit?: number
}

const CAPACITY = 100_000

/** Records in the order of their insertion, found by key in constant time. Records are replaced, never changed in place. */
export class Records<Row extends object = object> {
  readonly name: string
  /** Records that made room for newer ones since the last reset. */
  evicted = 0
  readonly #spec: TableSpec<Row>
  readonly #context: TableContext
  #rows = new Map<unknown, Row>()
  #oldest = this.#rows.keys()
  #seed: ReadonlyMap<unknown, Row> = new Map()
  readonly #indexes: Indexes<Row>
  readonly #references: [keyof Row & string, string][]

  constructor(name: string, spec: TableSpec<Row>, context: TableContext) {
    this.name = name
    this.#spec = spec
    this.#context = context
    this.#indexes = new Indexes(spec.indexes ?? [])
    this.#references = Object.entries(spec.references ?? {}) as [keyof Row & string, string][]
  }

  /** The member that names a record. */
  get key(): keyof Row & string {
    return this.#spec.key
  }

  get size(): number {
    return this.#rows.size
  }

  get(key: unknown): Row | undefined {
    return this.#rows.get(key)
  }

  has(key: unknown): boolean {
    return this.#rows.has(key)
  }

  all(): Row[] {
    return [...this.#rows.values()]
  }

  /** @throws MockSuiteError `duplicate-key`, `invalid-record` or `dangling-reference`. */
  insert(row: Row): Row {
    const key = row[this.#spec.key]
    if (this.#rows.has(key)) {
      throw new MockSuiteError(
        'duplicate-key',
        `could not insert into ${this.name}: ${this.#spec.key} ${JSON.stringify(key)} is there already. Use put() to replace it.`,
      )
    }
    return this.put(row)
  }

  /** Inserts the record, or replaces the one of the same key. */
  put(row: Row): Row {
    const checked = this.#check(row)
    const key = checked[this.#spec.key]
    const before = this.#rows.get(key)
    this.#place(key, checked)
    const undo = this.#context.undo()
    undo?.push(() => (before === undefined ? this.#drop(key) : this.#place(key, before)))
    if (undo === undefined) this.#context.outside?.({ kind: 'put', table: this.name, row: checked })
    if (this.#rows.size > (this.#spec.capacity ?? CAPACITY)) this.#evictOldest()
    return checked
  }

  /** Replaces some members of a record; nothing when it is not there. */
  update(key: unknown, patch: Partial<Row>): Row | undefined {
    const before = this.#rows.get(key)
    return before === undefined ? undefined : this.put({ ...before, ...patch })
  }

  delete(key: unknown): boolean {
    const before = this.#rows.get(key)
    if (before === undefined) return false
    this.#drop(key)
    const undo = this.#context.undo()
    undo?.push(() => this.#place(key, before))
    if (undo === undefined) this.#context.outside?.({ kind: 'delete', table: this.name, key: key as string | number })
    return true
  }

  /** The records whose member has this value, through an index if the table declares one. */
  where<Member extends keyof Row & string>(member: Member, value: Row[Member]): Row[] {
    return this.#indexes.rowsOf(member, value, this.#rows) ?? this.all().filter((row) => row[member] === value)
  }

  /** Filters first, then sorts (stably), then takes a page; the total counts what the filter left. */
  list({ where, sort, descending = false, offset = 0, limit = Number.POSITIVE_INFINITY }: ListOptions<Row> = {}): { rows: Row[]; total: number } {
    let rows = this.all()
    if (where) rows = rows.filter(where)
    if (sort) rows.sort((a, b) => compare(a[sort], b[sort]) * (descending ? -1 : 1))
    return { rows: rows.slice(offset, offset + limit), total: rows.length }
  }

  /** Replaces everything by seed records; trusted, so that a start costs nothing, and checked by {@link check}. */
  load(rows: readonly Row[]): void {
    this.#seed = new Map(rows.map((row) => [row[this.#spec.key], row]))
    this.reset()
  }

  /** Back to the seed records. */
  reset(): void {
    this.#rows = new Map(this.#seed)
    this.#oldest = this.#rows.keys()
    this.#indexes.clear()
    this.evicted = 0
  }

  /** Judges every record as an insert would. */
  check(): void {
    for (const row of this.#rows.values()) this.#check(row)
  }

  #check(row: Row): Row {
    const checked = this.#parse(row)
    for (const [member, target] of this.#references) {
      const value = checked[member]
      if (value === undefined || value === null || this.#context.exists(target, value)) continue
      const why = `names ${JSON.stringify(value)}, which ${target} does not have`
      throw new MockSuiteError('dangling-reference', `could not keep a record in ${this.name}: ${member} ${why}. Add it there first.`, {
        issues: [{ path: [member], message: why }],
      })
    }
    return checked
  }

  #parse(row: Row): Row {
    const schema = this.#spec.schema()
    const short = taken(schema, row)
    if (short !== undefined) return short.value
    const parsed = schema.safeParse(row)
    if (!parsed.success) {
      const [issue] = parsed.error.issues
      throw new MockSuiteError(
        'invalid-record',
        `could not keep a record in ${this.name}: ${pointerOf(issue?.path ?? []) || '/'} – ${issue?.message}. Give it the shape that the table declares.`,
        { issues: parsed.error.issues },
      )
    }
    return parsed.data
  }

  #place(key: unknown, row: Row): void {
    this.#indexes.replace(key, this.#rows.get(key), row)
    this.#rows.set(key, row)
  }

  #drop(key: unknown): void {
    this.#indexes.replace(key, this.#rows.get(key), undefined)
    this.#rows.delete(key)
  }

  /** One iterator for all evictions: each look from the start would step over all that went before. */
  #evictOldest(): void {
    for (let next = this.#oldest.next(); !next.done; next = this.#oldest.next()) {
      if (this.#seed.has(next.value)) continue
      this.delete(next.value)
      this.evicted += 1
      this.#context.undo()?.push(() => {
        this.evicted -= 1
      })
      return
    }
    this.#oldest = this.#rows.keys()
  }
}

function compare(a: unknown, b: unknown): number {
  if (a === b) return 0
  return (a as string | number) < (b as string | number) ? -1 : 1
}
