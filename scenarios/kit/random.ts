/** Chance that comes again: the same parts give the same numbers, on every machine and in every run. */
export interface Random {
  /** At least 0, less than 1. */
  next(): number
  /** A whole number, at least 0, less than `below`. */
  integer(below: number): number
  /** So many lower-case hexadecimal digits. */
  hex(digits: number): string
  pick<T>(choices: readonly T[]): T
}

/**
 * A stream of numbers for these parts: the suite's seed, the lane, and whatever else tells one use of chance from another.
 * A draw never moves because somebody else drew first.
 *
 * @example
 * import { random } from 'mock-suite'
 *
 * random(42, 'lane 0', 'alert').hex(8) === random(42, 'lane 0', 'alert').hex(8) // true
 */
export function random(...parts: readonly (string | number)[]): Random {
  const draw = sfc32(hash(parts.join('\u0000')))
  const next = () => draw() / 2 ** 32
  const integer = (below: number) => Math.floor(next() * below)
  return {
    next,
    integer,
    hex(digits) {
      let text = ''
      while (text.length < digits) text += (draw() + 2 ** 32).toString(16).slice(1)
      return text.length === digits ? text : text.slice(0, digits)
    },
    pick: (choices) => choices[integer(choices.length)] as (typeof choices)[number],
  }
}

/** Small fast counter, 32 bits (C. Doty-Humphrey): four words of state, passes PractRand. */
function sfc32([a, b, c, d]: [number, number, number, number]): () => number {
  const step = () => {
    const sum = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + sum) | 0
    return sum >>> 0
  }
  for (let warm = 0; warm < 12; warm += 1) step()
  return step
}

/** cyrb128: spreads a text over the four words that sfc32 starts from. */
function hash(text: string): [number, number, number, number] {
  let [a, b, c, d] = [1779033703, 3144134277, 1013904242, 2773480762]
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    a = b ^ Math.imul(a ^ code, 597399067)
    b = c ^ Math.imul(b ^ code, 2869860233)
    c = d ^ Math.imul(c ^ code, 951274213)
    d = a ^ Math.imul(d ^ code, 2716044179)
  }
  a = Math.imul(c ^ (a >>> 18), 597399067)
  b = Math.imul(d ^ (b >>> 22), 2869860233)
  c = Math.imul(a ^ (c >>> 17), 951274213)
  d = Math.imul(b ^ (d >>> 19), 2716044179)
  return [(a ^ b ^ c ^ d) >>> 0, (b ^ a) >>> 0, (c ^ a) >>> 0, (d ^ a) >>> 0]
}
