import { meant, oddities } from './look-alikes.ts'
import { shownValue } from './shown.ts'

/** So much around the right secret is no other secret. */
const SHORT = 12

/** In which way a secret is the right one and yet is not, in words that do not tell it; nothing where it is another one. */
export function slipInSecret(came: string, right: string): string | undefined {
  if (/^(["']).*\1$/.test(came) && came.slice(1, -1) === right) return 'it stands in quotes'
  if (meant(came) === right) return `it looks right, but ${oddities(came) ?? 'is spelt otherwise'}`
  if (came.toLowerCase() === right.toLowerCase()) return 'upper and lower case are not the same'
  const at = right === '' ? -1 : came.indexOf(right)
  if (at === -1) return undefined
  const around = [came.slice(0, at), came.slice(at + right.length)].map((text) => (text.length > SHORT ? `${text.length} characters` : shownValue(text)))
  return `the right one is in it, with ${around[0]} before and ${around[1]} behind it`
}
