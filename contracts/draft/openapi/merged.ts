import { type Document, isJson, type Json, jsonOf, listOf } from './document.ts'

/** One schema that says what all parts of an `allOf` say, and what stands beside them. */
export function merged(schema: Json, document: Document, where: string): Json {
  const { allOf: _, ...beside } = schema
  return partsOf(schema, document, new Set())
    .concat(beside)
    .reduce((sum, part) => joined(sum, part, document, where), {})
}

/** A part may be a reference, or have parts itself; one that is part of itself adds nothing. */
function partsOf(schema: Json, document: Document, seen: Set<unknown>): Json[] {
  return listOf(schema.allOf).flatMap((part) => {
    const found = document.resolve(part)
    if (found === undefined || seen.has(found)) return []
    seen.add(found)
    const { allOf: _, ...beside } = found
    return [...partsOf(found, document, seen), beside]
  })
}

function joined(one: Json, other: Json, document: Document, where: string): Json {
  const choices = ['oneOf', 'anyOf'].filter((keyword) => one[keyword] !== undefined && other[keyword] !== undefined)
  if (choices.length > 0) document.note(`${where}: of several choices that must all be met, the last alone is told`)
  return {
    ...one,
    ...other,
    ...(isJson(one.properties) || isJson(other.properties) ? { properties: { ...jsonOf(one.properties), ...jsonOf(other.properties) } } : {}),
    ...(one.required !== undefined || other.required !== undefined ? { required: [...listOf(one.required), ...listOf(other.required)] } : {}),
    // Closed parts of one whole would refuse one another's members.
    ...(one.additionalProperties === false ? { additionalProperties: false } : {}),
  }
}
