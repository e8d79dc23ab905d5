import type * as z from 'zod'
import type { Contract } from '../../kit/contract.ts'
import { partsOf, unwrapped } from '../../kit/schema-step.ts'

/** The operations in whose replies a shape is found, itself and not one like it: whoever changes it changes them all. */
export function operationsWith(contract: Contract, shape: z.core.$ZodType): string[] {
  return Object.entries(contract.operations)
    .filter(([, { details }]) => Object.values(details().responses).some((spec) => contains('_zod' in spec ? spec : spec.body, shape, new Set())))
    .map(([name]) => name)
}

function contains(schema: z.core.$ZodType, shape: z.core.$ZodType, known: Set<z.core.$ZodType>): boolean {
  // A lazy schema is made anew whenever it is asked for; what stays the same is the question.
  if (known.has(schema)) return false
  known.add(schema)
  const bare = unwrapped(schema)
  if (bare === shape) return true
  return partsOf(bare).some((part) => contains(part, shape, known))
}
