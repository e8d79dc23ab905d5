import * as z from 'zod'
import { pointerOf } from '../kit/conform.ts'
import { innerOf, partsOf, stepInto, unwrapped } from '../kit/schema-step.ts'

/** One place in a body, as its schema knows it. */
export interface Place {
  /** With `*` for every element of a list and every key of a map. */
  pointer: string
  /** What is agreed there; nothing where nothing is. */
  schema: z.core.$ZodType | undefined
  /** Who is known to read it, or what holds it. */
  readBy: readonly string[]
}

/** Follows a path down a schema. */
export function placeOf(schema: z.core.$ZodType | undefined, path: readonly PropertyKey[]): Place {
  const readers = new Set<string>()
  const steps: PropertyKey[] = []
  let here = schema
  for (const step of path) {
    for (const reader of readersOf(here)) readers.add(reader)
    const next = stepInto(here, step)
    steps.push(next.name)
    here = next.schema
  }
  for (const reader of readersBelow(here)) readers.add(reader)
  return { pointer: pointerOf(steps), schema: here, readBy: [...readers] }
}

/** The readers of a schema that are written on it, on any of its wrappings. */
function readersOf(schema: z.core.$ZodType | undefined): readonly string[] {
  if (schema === undefined) return []
  const own = (z.globalRegistry.get(schema) as { readBy?: readonly string[] } | undefined)?.readBy ?? []
  return [...own, ...readersOf(innerOf(schema))]
}

const below = new WeakMap<z.core.$ZodType, readonly string[]>()

/** Who reads anything at all of what a schema describes: whoever reads a member misses it when all of it is gone. */
export function readersBelow(schema: z.core.$ZodType | undefined): readonly string[] {
  if (schema === undefined) return []
  const known = below.get(schema)
  if (known !== undefined) return known
  // A recursive schema finds itself here, with nothing to add.
  below.set(schema, [])
  const bare = unwrapped(schema)
  const readers = [...new Set([...readersOf(schema), ...partsOf(bare).flatMap(readersBelow)])]
  below.set(schema, readers)
  return readers
}
