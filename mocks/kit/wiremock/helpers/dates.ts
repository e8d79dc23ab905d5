import { formatDate, parseDate } from '../java-date.ts'
import { type Moment, momentOf, shifted, truncated } from '../moment.ts'
import type { Helper } from '../render.ts'
import { print } from '../value.ts'

/** A moment that knows how it wants to be written. */
class Dated {
  readonly moment: Moment
  readonly #format: string | undefined

  constructor(moment: Moment, format?: string) {
    this.moment = moment
    this.#format = format
  }

  toString(): string {
    return formatDate(this.moment, this.#format)
  }
}

/** A moment moved, truncated, put into a zone and written as a helper's options say. */
function told(moment: Moment, { offset, timezone, format }: Readonly<Record<string, unknown>>): Dated | string {
  const moved = offset === undefined ? moment : shifted(moment, print(offset))
  if (moved === undefined) return `[ERROR: there is no offset ${print(offset)}]`
  return new Dated(timezone === undefined ? moved : { ...moved, zone: print(timezone) }, format === undefined ? undefined : print(format))
}

export const dateHelpers: Readonly<Record<string, Helper>> = {
  now: (_args, { request, hash }) => told(momentOf(request.clock.now()), hash),
  date: ([value], { request, hash }) => {
    const given = value instanceof Dated ? value.moment : value === undefined ? undefined : parseDate(print(value))
    return told(given ?? momentOf(request.clock.now()), hash)
  },
  parseDate: ([value], { hash }) => {
    const format = hash.format === undefined ? undefined : print(hash.format)
    const read = parseDate(print(value), format)
    if (read === undefined) return `[ERROR: ${print(value)} is no date${format === undefined ? '' : ` of the form ${format}`}]`
    return told(hash.timezone === undefined ? read : { ...read, zone: print(hash.timezone) }, {})
  },
  truncateDate: ([value, to]) => (value instanceof Dated ? new Dated(truncated(value.moment, print(to))) : '[ERROR: truncateDate takes what parseDate gives]'),
}
