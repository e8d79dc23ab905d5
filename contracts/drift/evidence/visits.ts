import type * as z from 'zod'
import { stepInto } from '../../kit/schema-step.ts'

/** Deeper than this, and past so many places of one kind of reply, nothing more is told apart. */
const DEPTH = 64
const PLACES = 5000

/**
 * The places of a body where a member could be missing or wrong: every object and every list that is not empty, as JSON pointers with `*`
 * for elements and keys of maps, each once.
 */
export function visitsOf(schema: z.core.$ZodType | undefined, body: unknown): Set<string> {
  const places = new Set<string>([''])
  visit(schema, body, '', 0, places)
  return places
}

function visit(schema: z.core.$ZodType | undefined, value: unknown, pointer: string, depth: number, places: Set<string>): void {
  if (typeof value !== 'object' || value === null || depth > DEPTH || places.size > PLACES) return
  if (!Array.isArray(value) || value.length > 0) places.add(pointer)
  if (Array.isArray(value)) {
    const { schema: element } = stepInto(schema, 0)
    if (isSilent(element)) return
    for (const item of value) visit(element, item, `${pointer}/*`, depth + 1, places)
    return
  }
  for (const [key, member] of Object.entries(value)) {
    if (typeof member !== 'object' || member === null) continue
    const { name, schema: inner } = stepInto(schema, key)
    if (isSilent(inner)) continue
    visit(inner, member, `${pointer}/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`, depth + 1, places)
  }
}

/** Nobody agreed on anything there, so nothing can break; and there may be more names than can be kept. */
function isSilent(schema: z.core.$ZodType | undefined): boolean {
  const type = schema?._zod.def.type
  return type === undefined || type === 'unknown' || type === 'any'
}
