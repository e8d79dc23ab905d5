import type * as z from 'zod'
import { once } from '../../contracts/kit/contract.ts'

/** What a table holds: the records' schema, the member that names one, and the members by which they are looked up. */
export interface TableSpec<Row extends object = object> {
  schema: () => z.ZodType<Row>
  key: keyof Row & string
  indexes?: readonly (keyof Row & string)[]
  /** Member → world table: a record may only name what exists there. */
  references?: Readonly<Partial<Record<keyof Row & string, string>>>
  /** Beyond so many records the oldest make room, for a soak test must not fill the machine. @default 100000 */
  capacity?: number
}

/** A table of whatever records. */
export interface AnyTableSpec {
  schema: () => z.ZodType
  key: string
  indexes?: readonly string[]
  references?: Readonly<Partial<Record<string, string>>>
  capacity?: number
}

/**
 * Declares a table of records.
 *
 * @example
 * import { table } from 'mock-suite'
 * import * as z from 'zod'
 *
 * const Note = () => z.strictObject({ note_id: z.string(), user_id: z.string(), text: z.string() })
 * export const notes = table(Note, { key: 'note_id', indexes: ['user_id'] })
 */
export function table<Schema extends z.ZodType<object>>(
  schema: () => Schema,
  options: Omit<TableSpec<z.output<Schema>>, 'schema'>,
): TableSpec<z.output<Schema>> {
  return { schema: once(schema as unknown as () => z.ZodType<z.output<Schema>>), ...options }
}
