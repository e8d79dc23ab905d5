import type * as z from 'zod'
import type { Contract } from '../kit/contract.ts'
import { partsOf, unwrapped } from './place.ts'

/** The operations in whose replies a shape is found, itself and not one like it: whoever changes it changes them all. */
export function operationsWith(contract: Contract, shape: z.core.$ZodType): string[] {
  return Object.entries(contract.operations)
    .filter(([, { details }]) => Object.values(details().responses).some((spec) => contains('_zod' in spec ? spec : spec.body, shape, new Set())))
    .map(([name]) => name)
}

function contains(schema: z.core.$ZodType, shape: z.core.$ZodType, known: Set<z.core.$ZodType>): boolean {
  const bare = unwrapped(schema)
  if (bare === shape) return true
  if (known.has(bare)) return false
  known.add(bare)
  return partsOf(bare).some((part) => contains(part, shape, known))
}
