import type * as z from 'zod'
import { keyOf } from '../../draft/literal.ts'
import type { Contract } from '../../kit/contract.ts'
import { unwrapped } from '../../kit/schema-step.ts'
import type { Finding } from '../finding.ts'
import { placeOf } from '../place.ts'
import { stepsOf } from '../pointer.ts'
import type { Proposal } from '../propose.ts'
import { changedSchema } from './changed-schema.ts'
import type { WrittenContract } from './written-contract.ts'

const NOTE = 'whoever leaves it out is refused: look at every client that sends this'
const BY_HAND = 'the contract is to insist on it; where it is written could not be found'

/** Whether a service asks for a member of a body; what else it asks for, a schema does not say of itself. */
export const asksForMember = ({ change, part, pointer, realSays }: Finding): boolean =>
  change === 'insists' && part === 'body' && /\/[^/*]+$/.test(pointer) && /\brequired\b/i.test(realSays)

/** The member of a request that the real service insists on, as it would be if the contract did too. */
export function requiredMember(finding: Finding, contract: Contract | undefined, file: WrittenContract | undefined): Proposal {
  const steps = stepsOf(finding.pointer)
  const name = steps.at(-1) as string
  const shape = placeOf(contract?.operations[finding.operation]?.details().body, steps.slice(0, -1)).schema
  const members = shape === undefined ? [] : namesOf(unwrapped(shape))
  const spot = members.length === 0 ? undefined : file?.objectWith(members)
  const written = spot === undefined ? '' : (file?.valueAt(spot, name) ?? '')
  const common = { finding, before: written === '' ? null : `${keyOf(name)}: ${written}`, notes: [NOTE] }
  if (spot !== undefined && !members.includes(name)) {
    const after = `${keyOf(name)}: z.unknown()`
    return { ...common, after, diff: file?.insert(spot, after) ?? null, notes: [NOTE, 'what it has to be is not known'] }
  }
  const required = changedSchema.required(written)
  if (spot === undefined || required === undefined) return { ...common, after: null, diff: null, notes: [NOTE, BY_HAND] }
  return { ...common, after: `${keyOf(name)}: ${required}`, diff: file?.replace(spot, name, required) ?? null }
}

const namesOf = (schema: z.core.$ZodType): string[] => (schema._zod.def.type === 'object' ? Object.keys((schema as z.core.$ZodObject)._zod.def.shape) : [])
