import type { Ask, Helper } from '../render.ts'
import { isFalsy, memberOf, plain, print, Told } from '../value.ts'

/** A block is entered or not; without one, the answer itself is written. */
const decided = (yes: boolean, { body, otherwise, hash }: Ask): unknown => {
  if (body !== undefined) return yes ? body() : otherwise()
  return yes ? (hash.yes ?? true) : (hash.no ?? false)
}

const compared =
  (holds: (one: never, other: never) => boolean): Helper =>
  ([one, other], ask) =>
    decided(holds(one as never, other as never), ask)

/** Two values are one only if they are of one kind: `request.query.x` has several values, and is no text. */
const equal = (one: unknown, other: unknown): boolean => plain(one) === plain(other)
const number = (value: unknown): number => Number(print(value))

export const logicHelpers: Readonly<Record<string, Helper>> = {
  if: ([value], { body, otherwise }) => (isFalsy(value) ? otherwise() : (body?.() ?? '')),
  unless: ([value], { body, otherwise }) => (isFalsy(value) ? (body?.() ?? '') : otherwise()),
  with: ([value], { body, otherwise }) => (isFalsy(value) ? otherwise() : (body?.({ this: value, names: [value] }) ?? '')),
  each: ([value], { body, otherwise }) => {
    const items = entriesOf(value)
    if (items.length === 0 || body === undefined) return otherwise()
    return items
      .map(([key, one], index) => body({ this: one, names: [one, key], data: { index, key, first: index === 0, last: index === items.length - 1 } }))
      .join('')
  },
  lookup: ([value, name]) => found(value, print(name)),
  eq: compared(equal),
  neq: compared((one, other) => !equal(one, other)),
  gt: compared((one, other) => number(one) > number(other)),
  gte: compared((one, other) => number(one) >= number(other)),
  lt: compared((one, other) => number(one) < number(other)),
  lte: compared((one, other) => number(one) <= number(other)),
  and: (values, ask) => decided(!values.some(isFalsy), ask),
  or: (values, ask) =>
    decided(
      values.some((value) => !isFalsy(value)),
      ask,
    ),
  not: ([value], ask) => decided(isFalsy(value), ask),
  isOdd: ([value, word = 'odd']) => (number(value) % 2 === 0 ? '' : word),
  isEven: ([value, word = 'even']) => (number(value) % 2 === 0 ? word : ''),
  stripes: ([value, even = 'even', odd = 'odd']) => (number(value) % 2 === 0 ? even : odd),
  assign: ([name, value], { assign, body }) => {
    assign(print(name), body?.() ?? value)
    return ''
  },
  val: ([value], { assign, hash }) => {
    const chosen = value ?? hash.or ?? hash.default
    if (hash.assign === undefined) return chosen
    assign(print(hash.assign), chosen)
    return ''
  },
  defaultIfEmpty: ([value, fallback]) => (isFalsy(value) ? fallback : value),
}

/** The whole of it as a name first, then its last part as a place in the list: `ids[].1`. */
function found(value: unknown, name: string): unknown {
  const whole = memberOf(value, name)
  const [, head, at] = /^(.+)\.([^.]+)$/.exec(name) ?? []
  return whole !== undefined || head === undefined || at === undefined ? whole : memberOf(memberOf(value, head), at)
}

function entriesOf(value: unknown): (readonly [key: string | number, value: unknown])[] {
  const inner = plain(value)
  if (inner instanceof Told) return [...inner.items.entries()]
  if (inner instanceof Map) return [...inner]
  if (Array.isArray(inner)) return [...inner.entries()]
  return typeof inner === 'object' && inner !== null ? Object.entries(inner) : []
}
