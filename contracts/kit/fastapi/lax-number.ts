import type { Dialect } from './dialect.ts'
import { type Verdict, verdict } from './verdict.ts'

/** What pydantic takes for an `int`: whole numbers, booleans, and text that spells a whole number. */
export function laxInt(value: unknown, dialect: Dialect): number | bigint | Verdict {
  switch (typeof value) {
    case 'number':
      return intFromNumber(value)
    case 'bigint':
      return value
    case 'boolean':
      return value ? 1 : 0
    case 'string':
      return intFromText(value, dialect)
    default:
      return verdict('int_type')
  }
}

/** What pydantic takes for a `float`: numbers, booleans, and text that spells a number, `nan` and `inf` among them. */
export function laxFloat(value: unknown, dialect: Dialect): number | Verdict {
  switch (typeof value) {
    case 'number':
      return value
    case 'bigint':
      return Number(value)
    case 'boolean':
      return value ? 1 : 0
    case 'string':
      return floatFromText(value, dialect)
    default:
      return verdict('float_type')
  }
}

function intFromNumber(value: number): number | Verdict {
  if (Number.isInteger(value)) return value
  return verdict(Number.isFinite(value) ? 'int_from_float' : 'finite_number')
}

/** 2.5 trims nothing, and lets `_` follow a sign but not a point stand behind one; 2.9 has it the other way round. */
const INT: Readonly<Record<Dialect, RegExp>> = {
  '2.5': /^(?:[+-]?(?:_?\d)+|[+-]?\d+\.0*)$/,
  '2.9': /^[+-]?\d+(?:_\d+)*(?:\.0+)?$/,
}

function intFromText(text: string, dialect: Dialect): number | Verdict {
  const spelt = trimmed(text, dialect)
  if (!INT[dialect].test(spelt) || spelt.startsWith('_')) return verdict('int_parsing')
  return Number(spelt.replaceAll('_', '')) + 0
}

const FLOAT = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i
const SPECIAL = /^([+-]?)(?:(nan)|inf(?:inity)?)$/i

/** 2.9 trims or takes out the `_`, not both. */
function floatFromText(text: string, dialect: Dialect): number | Verdict {
  return number(trimmed(text, dialect)) ?? (/^_|__|_$/.test(text) ? undefined : number(text.replaceAll('_', ''))) ?? verdict('float_parsing')
}

function number(text: string): number | undefined {
  const special = SPECIAL.exec(text)
  if (special !== null) return special[2] === undefined ? (special[1] === '-' ? -Infinity : Infinity) : NaN
  return FLOAT.test(text) ? Number(text) : undefined
}

const trimmed = (text: string, dialect: Dialect): string => (dialect === '2.9' ? text.trim() : text)
