import type { Random } from '../../../../scenarios/kit/random.ts'
import type { Helper } from '../render.ts'
import { plain, print, Told } from '../value.ts'

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'
const DIGITS = '0123456789'
const ALPHABETS: Readonly<Record<string, string>> = {
  ALPHANUMERIC: LETTERS + DIGITS,
  ALPHABETIC: LETTERS,
  NUMERIC: DIGITS,
  HEXADECIMAL: `${DIGITS}abcdef`,
}
const SYMBOLS = `${LETTERS}${DIGITS}!"#$%&'()*+,-./:;<=>?@[]^_\`{|}~`

/** Longer ones are no test data any more. */
const LONGEST = 65_536

/** Chance is the suite's: the same seed gives the same values. */
export const randomHelpers: Readonly<Record<string, Helper>> = {
  randomValue: (_args, { request: { ids }, hash }) => {
    const type = print(hash.type ?? 'ALPHANUMERIC')
    const text = type === 'UUID' ? ids.uuid() : drawn(ids.random, ALPHABETS[type] ?? SYMBOLS, Number(hash.length ?? 36))
    return hash.uppercase === true ? text.toUpperCase() : text
  },
  randomInt: (_args, { request: { ids }, hash }) => {
    const lower = Number(hash.lower ?? (hash.upper === undefined ? -(2 ** 31) : Math.min(-(2 ** 31), Number(hash.upper))))
    const upper = Number(hash.upper ?? 2 ** 31)
    return lower + ids.random.integer(Math.max(1, upper - lower))
  },
  randomDecimal: (_args, { request: { ids }, hash }) => {
    const [lower, upper] = [Number(hash.lower ?? 0), Number(hash.upper ?? Math.max(1, Number(hash.lower ?? 0) + 1))]
    return lower + ids.random.next() * (upper - lower)
  },
  pickRandom: (args, { request: { ids }, hash }) => {
    const choices = args.flatMap((one) => listed(one))
    if (hash.count === undefined) return choices.length === 0 ? '' : ids.random.pick(choices)
    const left = [...choices]
    return Array.from({ length: Math.min(left.length, Number(hash.count)) }, () => left.splice(ids.random.integer(left.length), 1)[0])
  },
}

function drawn(random: Random, alphabet: string, length: number): string {
  return Array.from({ length: Math.max(0, Math.min(LONGEST, length)) || 0 }, () => random.pick([...alphabet])).join('')
}

function listed(value: unknown): readonly unknown[] {
  const inner = plain(value)
  if (inner instanceof Told && inner.items.length > 0) return inner.items
  return Array.isArray(inner) ? inner : [inner]
}
