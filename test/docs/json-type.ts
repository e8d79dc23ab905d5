import { DURATION } from '../../scenarios/kit/duration.ts'

/** As much of a JSON Schema as a table tells. */
export interface JsonSchema {
  type?: string | string[]
  const?: unknown
  enum?: unknown[]
  pattern?: string
  description?: string
  properties?: Record<string, JsonSchema>
  required?: string[]
  items?: JsonSchema
  additionalProperties?: JsonSchema
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
}

/** A type in a word or two: `duration`, `(before, after)`, `list of text`. */
export function typeOf({ type, const: value, enum: words, pattern, items, anyOf, oneOf = anyOf }: JsonSchema): string {
  if (value !== undefined) return `\`${String(value)}\``
  if (words !== undefined) return [...new Set(words.map((word) => `\`${String(word)}\``))].join(', ')
  if (pattern === DURATION.source) return 'duration'
  if (oneOf !== undefined) return [...new Set(oneOf.map(typeOf))].join(' or ')
  if (type === undefined) return 'any JSON'
  if (type === 'array') return `list of ${items === undefined ? 'any JSON' : typeOf(items)}`
  return [type]
    .flat()
    .map((one) => WORDS[one] ?? one)
    .join(' or ')
}

const WORDS: Readonly<Record<string, string>> = { string: 'text', integer: 'whole number', boolean: '`true`, `false`' }
