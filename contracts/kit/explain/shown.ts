import { visible } from '../visible.ts'
import { unmasked } from './look-alikes.ts'
import { withoutSecrets } from './without-secrets.ts'

/** Longer than this, a text is shown by its beginning and its end. */
const LONG = 120
/** So much is looked at around what is shown of it. */
const AROUND = 2000

/** Text with all in it that the eye would miss, and nothing that it must not see. */
export const shownText = (text: string): string => unmasked(visible(shortened(text)))

/** A JSON value on one line; texts stand in quotes, so that a space at their end is seen. */
export function shownValue(value: unknown): string {
  if (typeof value === 'string') return `"${shownText(value.replaceAll('\\', '\\\\').replaceAll('"', '\\"'))}"`
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`
  if (typeof value === 'object' && value !== null) return shownObject(Object.keys(value))
  return String(value)
}

function shownObject(names: readonly string[]): string {
  return names.length === 0 ? 'an empty object' : `an object with ${listed(names.map(shownText))}`
}

/** A few of several, and how many more there are. */
export function listed(names: readonly string[], most = 8): string {
  return names.length <= most ? names.join(', ') : `${names.slice(0, most - 1).join(', ')} and ${names.length - most + 1} more`
}

function shortened(text: string): string {
  if (text.length <= LONG) return withoutSecrets(text)
  const [head, tail] = [text.slice(0, AROUND), text.slice(-AROUND)].map((part) => withoutSecrets(part)) as [string, string]
  return `${head.slice(0, LONG - 30)}… (${text.length - LONG + 10} more) …${tail.slice(-20)}`
}

/**
 * What came, told so that it can be told from what was expected: where both would print the same, every character outside of plain letters
 * and digits is written by its number.
 */
export function apart(got: string, expected: string): string {
  if (got !== expected) return got
  const spelt = [...got].map((letter) => (/[\w/.:-]/.test(letter) ? letter : `\\u${(letter.codePointAt(0) as number).toString(16).padStart(4, '0')}`)).join('')
  return spelt === expected ? `${spelt}, and yet not taken` : spelt
}
