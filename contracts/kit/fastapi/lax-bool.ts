import { type Verdict, verdict } from './verdict.ts'

const TRUE = new Set(['1', 'on', 't', 'true', 'y', 'yes'])
const FALSE = new Set(['0', 'off', 'f', 'false', 'n', 'no'])

/** What pydantic takes for a `bool`: 0, 1 and the words that people use for them, in any case. */
export function laxBool(value: unknown): boolean | Verdict {
  if (typeof value === 'boolean') return value
  if (typeof value === 'string') return fromWord(value.toLowerCase())
  if (typeof value === 'number' || typeof value === 'bigint') return fromNumber(Number(value))
  return verdict('bool_type')
}

function fromWord(word: string): boolean | Verdict {
  if (TRUE.has(word)) return true
  return FALSE.has(word) ? false : verdict('bool_parsing')
}

function fromNumber(number: number): boolean | Verdict {
  if (number === 0 || number === 1) return number === 1
  return verdict(Number.isInteger(number) ? 'bool_parsing' : 'bool_type')
}
